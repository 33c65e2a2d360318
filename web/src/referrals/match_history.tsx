import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MatchText } from '../api/types';
import { PageProblem } from '../records/page_problem';
import { differencesOf, Versions } from '../records/versions';
import { Skeleton } from '../ui/skeleton';
import { matchHistoryQuery } from './queries';
import { useMatchWords } from './words';

export default function MatchHistory() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation(['referrals', 'common']);
  const { say, label } = useMatchWords();
  const { data, error } = useQuery(matchHistoryQuery(id));
  if (error) return <PageProblem error={error} />;
  if (!data) return <Skeleton lines={14} />;
  const step = (kind: string) => t(`step.${kind}`, { defaultValue: t(`common:state.match.${kind}`, { defaultValue: kind }) });
  return (
    <Versions<MatchText>
      crumbs={[
        { to: '/referrals', label: t('title') },
        { to: `/matches/${id}`, label: t('match.this') },
      ]}
      items={data.map((one) => ({ ...one, step: step(one.kind) })) as never}
      compare={(older, newer) => differencesOf(older, newer, say as never, label)}
    />
  );
}
