import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageProblem } from '../records/page_problem';
import { differencesOf, Versions } from '../records/versions';
import { Skeleton } from '../ui/skeleton';
import { useDischargeWords } from './discharge_words';
import { dischargeHistoryQuery, dischargeQuery } from './queries';

/** Every saved state of a coordination, two of them side by side. */
export default function DischargeHistory() {
  const { t } = useTranslation('discharges');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useDischargeWords();
  const record = useQuery(dischargeQuery(id));
  const { data, error } = useQuery(dischargeHistoryQuery(id));
  if (error) return <PageProblem error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/discharges', label: t('title') },
        { to: `/discharges/${id}`, label: record.data.text.subject },
      ]}
      items={data.items.map((item) => ({ ...item, step: t(`version_kind.${item.kind}`) }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
