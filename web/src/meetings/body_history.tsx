import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { bodiesQuery } from '../records/queries';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useBodyWords } from './meeting_text';

export default function BodyHistory() {
  const { t } = useTranslation('meetings');
  const { id } = useParams({ strict: false }) as { id: string };
  const bodies = useQuery(bodiesQuery());
  const { say, label } = useBodyWords(bodies.data ?? []);
  const step = useStepWords('body');
  const { data, error } = useQuery({ queryKey: ['bodies', id, 'history'], queryFn: () => ask(api.GET('/api/bodies/{id}/history', { params: { path: { id } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data || !bodies.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/meetings', label: t('title') },
        { to: `/bodies/${id}/edit`, label: bodies.data.find((body) => body.id === id)?.text.name ?? '' },
      ]}
      items={data.items.map((item) => ({ ...item, step: step(item.kind) }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
