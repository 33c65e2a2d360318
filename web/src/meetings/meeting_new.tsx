import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import { bodiesQuery } from '../records/queries';
import { ButtonLink } from '../ui/button_link';
import { Empty } from '../ui/empty';
import { PageTitle } from '../ui/page';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { emptyMeeting, MeetingForm, type FirstItem } from './meeting_form';

/** ?body=<id> · ?subject=issue|consultation|measure&subject_id=&item=<title> */
export default function MeetingNew() {
  const { t } = useTranslation('meetings');
  const search = useSearch({ strict: false }) as Search;
  const { data, error } = useQuery(bodiesQuery());
  if (error) return <PageProblem error={error} />;
  if (!data) return <Skeleton lines={10} />;
  if (data.length === 0) {
    return (
      <>
        <PageTitle title={t('new')} crumbs={[{ to: '/meetings', label: t('title') }]} />
        <Empty
          action={
            <ButtonLink kind="primary" icon="plus" to="/bodies/new">
              {t('body.new')}
            </ButtonLink>
          }
        >
          {t('none_no_body')}
        </Empty>
      </>
    );
  }
  const known = ['issue', 'consultation', 'measure'].includes(search.subject ?? '') && search.subject_id;
  const first = known ? ({ title: search.item ?? '', subject: search.subject, subject_id: search.subject_id } as FirstItem) : undefined;
  return <MeetingForm key={JSON.stringify(search)} bodies={data} initial={emptyMeeting(search.body?.split(',')[0] ?? '', first)} />;
}
