import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Versions } from '../records/versions';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { historyQuery, useConsultation } from './queries';
import { completeSheet, differences } from './sheet';
import { useSheetWords } from './sheet_words';

/** Two versions side by side: only the fields that differ, with the changed words marked. */
export default function HistoryPage() {
  const { t } = useTranslation(['consultations', 'common']);
  const { id } = useParams({ strict: false }) as { id: string };
  const { value, label } = useSheetWords();
  const record = useConsultation(id);
  const { data, error } = useQuery(historyQuery(id));
  if (error) return <ProblemNotice error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/consultations', label: t('consultations:title') },
        { to: `/consultations/${id}`, label: record.data.number || t('common:state.consultation.draft') },
      ]}
      items={data.items.map((item) => ({ ...item, step: t(`consultations:history.kind.${item.kind}`), text: completeSheet(item.sheet) }))}
      compare={(older, newer) => differences(older, newer).map((field) => ({ field, label: label(field), before: value(field, older), after: value(field, newer) }))}
    />
  );
}
