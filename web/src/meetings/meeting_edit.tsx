import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { bodiesQuery, meetingQuery } from '../records/queries';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { MeetingForm } from './meeting_form';

export default function MeetingEdit() {
  const { id } = useParams({ strict: false }) as { id: string };
  const meeting = useQuery({ ...meetingQuery(id), refetchOnMount: 'always' });
  const bodies = useQuery(bodiesQuery());
  const error = meeting.error ?? bodies.error;
  if (error) return <PageProblem error={error} />;
  if (!meeting.data || !bodies.data) return <Skeleton lines={14} />;
  return <MeetingForm key={id} meeting={meeting.data} bodies={bodies.data} initial={meeting.data.text} />;
}
