import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { measureQuery } from '../records/queries';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useMeasureWords } from './measure_text';

export default function MeasureHistory() {
  const { t } = useTranslation('measures');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useMeasureWords();
  const step = useStepWords('measure');
  const record = useQuery(measureQuery(id));
  const { data, error } = useQuery({ queryKey: ['measures', id, 'history'], queryFn: () => ask(api.GET('/api/measures/{id}/history', { params: { path: { id } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/measures', label: t('title') },
        { to: `/measures/${id}`, label: record.data.text.title },
      ]}
      items={data.items.map((item) => ({ ...item, step: step(item.kind) }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
