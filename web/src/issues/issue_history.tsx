import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { issueHistoryQuery, issueQuery } from '../records/queries';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { PageProblem } from '../records/page_problem';
import { useNumber } from '../records/words';
import { Skeleton } from '../ui/skeleton';
import { useIssueWords } from './issue_text';

export default function IssueHistory() {
  const { t } = useTranslation('issues');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useIssueWords();
  const step = useStepWords('issue');
  const number = useNumber();
  const record = useQuery(issueQuery(id));
  const { data, error } = useQuery(issueHistoryQuery(id));
  if (error) return <PageProblem error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/issues', label: t('title') },
        { to: `/issues/${id}`, label: number('issue', record.data.number) },
      ]}
      items={data.flatMap((one) => (one.written ? [{ ...one, step: step(one.kind), reason: '', text: one.written }] : []))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
