import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { PageProblem } from '../records/page_problem';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { Skeleton } from '../ui/skeleton';
import { placeQuery, useLocalWords } from './queries';

export default function PlaceHistory() {
  const { t } = useTranslation('resources');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useLocalWords();
  const step = useStepWords('place');
  const place = useQuery(placeQuery(id));
  const { data, error } = useQuery({ queryKey: ['places', id, 'history'], queryFn: () => ask(api.GET('/api/places/{id}/history', { params: { path: { id } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data || !place.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/resources', label: t('title') },
        { to: `/resources/${id}`, label: place.data.name },
      ]}
      items={data.items.map((item) => ({ ...item, step: step(item.kind) }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
