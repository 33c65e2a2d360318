import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { bodiesQuery, meetingQuery } from '../records/queries';
import { differencesOf, useStepWords, Versions } from '../records/versions';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { useMeetingWords } from './meeting_text';

export default function MeetingHistory() {
  const { t } = useTranslation('meetings');
  const { id } = useParams({ strict: false }) as { id: string };
  const bodies = useQuery(bodiesQuery());
  const { say, label } = useMeetingWords(bodies.data ?? []);
  const step = useStepWords('meeting');
  const record = useQuery(meetingQuery(id));
  const { data, error } = useQuery({ queryKey: ['meetings', id, 'history'], queryFn: () => ask(api.GET('/api/meetings/{id}/history', { params: { path: { id } } })) });
  if (error) return <PageProblem error={error} />;
  if (!data || !record.data) return <Skeleton />;
  return (
    <Versions
      crumbs={[
        { to: '/meetings', label: t('title') },
        { to: `/meetings/${id}`, label: record.data.text.title || record.data.body_name },
      ]}
      items={data.items.map((item) => ({ ...item, step: step(item.kind) }))}
      compare={(older, newer) => differencesOf(older, newer, say, label)}
    />
  );
}
