import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { evaluationQuery } from '../records/queries';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useEvaluationWords } from './indicator_text';

export default function EvaluationHistory() {
  const { t } = useTranslation('indicators');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useEvaluationWords();
  const step = useStepWords('evaluation');
  const record = useQuery(evaluationQuery(id));
  const { data, error } = useQuery({ queryKey: ['evaluations', id, 'history'], queryFn: () => ask(api.GET('/api/evaluations/{id}/history', { params: { path: { id } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/evaluations', label: t('evaluation.title') },
        { to: `/evaluations/${id}`, label: record.data.subject_title },
      ]}
      items={data.items.map((item) => ({ ...item, step: step(item.kind) }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
