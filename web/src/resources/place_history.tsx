import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { PageProblem } from '../records/page_problem';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { Skeleton } from '../ui/skeleton';
import { placeQuery, useLocalMunicipality, useLocalWords } from './queries';

export default function PlaceHistory() {
  const { t } = useTranslation('resources');
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useLocalWords();
  const step = useStepWords('place');
  const municipality = useLocalMunicipality();
  const place = useQuery(placeQuery(id, municipality));
  const { data, error } = useQuery({
    queryKey: ['places', id, municipality ?? '', 'history'],
    queryFn: () => ask(api.GET('/api/places/{id}/history', { params: { path: { id }, query: { municipality_id: municipality } } })),
  });
  const missing = error ?? place.error;
  if (missing) return <PageProblem error={missing} />;
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
