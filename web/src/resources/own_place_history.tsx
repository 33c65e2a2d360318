import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { PageProblem } from '../records/page_problem';
import { differencesOf, Versions } from '../records/versions';
import { Skeleton } from '../ui/skeleton';
import { useOwnPlaceWords } from './own_place_text';
import { ownPlaceQuery } from './queries';

/** A place of the municipality's own as it was once saved, with the reasons of closing and opening it. */
export default function OwnPlaceHistory() {
  const { t } = useTranslation(['resources', 'records']);
  const { id } = useParams({ strict: false }) as { id: string };
  const { say, label } = useOwnPlaceWords();
  const place = useQuery(ownPlaceQuery(id));
  const { data, error } = useQuery({ queryKey: ['own-places', id, 'history'], queryFn: () => ask(api.GET('/api/own-places/{id}/history', { params: { path: { id } } })) });
  const missing = error ?? place.error;
  if (missing) return <PageProblem error={missing} />;
  if (!data || !place.data) return <Skeleton />;
  const steps: Record<string, string> = { created: t('resources:own.step.created'), edited: t('resources:own.step.edited'), closed: t('resources:own.step.closed'), reopened: t('resources:own.step.reopened') };
  return (
    <Versions
      crumbs={[
        { to: '/resources', label: t('resources:title') },
        { to: `/resources/${id}`, label: place.data.text.name },
      ]}
      items={data.items.map((item) => ({ ...item, step: steps[item.kind] ?? item.kind }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
