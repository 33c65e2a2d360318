import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../packs/codes';
import { PageTitle } from '../ui/page';
import { Skeleton } from '../ui/skeleton';
import { ActivityForm } from './activity_form';
import { useActivityWords } from './activity_words';

/** A line of a register that belongs to no consultation: a clinic that begins home visits, a visit asked for by the city. */
export default function ActivityNew() {
  const { t } = useTranslation('activities');
  const navigate = useNavigate();
  const codes = useCodes();
  const words = useActivityWords();
  const kinds = codes.choices('activity_kind').filter((kind) => words.registered(kind.code));
  const back = () => void navigate({ to: '/consultations/activities' });
  if (!codes.ready) return <Skeleton lines={8} />;
  return (
    <>
      <PageTitle title={t('register.new_title')} crumbs={[{ to: '/consultations/activities', label: t('register.title') }]} />
      <ActivityForm kind={kinds[0]?.code} kinds={words.registered} onDone={(activity) => void navigate({ to: '/consultations/activities/$id', params: { id: activity.id } })} onCancel={back} />
    </>
  );
}
