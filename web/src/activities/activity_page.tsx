import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { consultationQuery } from '../consultations/queries';
import { AttachmentsSection } from '../documents/attachments';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { ActivityForm } from './activity_form';
import { ActivityVersions } from './activity_versions';
import { useActivityWords } from './activity_words';
import { activityQuery } from './queries';
import { WithdrawDialog } from './timeline';

/** One line of a register with everything that was written about it. */
export default function ActivityPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(activityQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} activity={data} /> : <Skeleton lines={10} />;
}

function Page({ activity }: { activity: Activity }) {
  const { t } = useTranslation(['activities', 'common']);
  const language = useDateLanguage();
  const may = useMay();
  const names = useNames();
  const codes = useCodes();
  const words = useActivityWords();
  const [open, setOpen] = useState<'correct' | 'withdraw' | 'versions' | null>(null);
  const { data: consultation } = useQuery({ ...consultationQuery(activity.consultation_id ?? ''), enabled: !!activity.consultation_id });
  const { text } = activity;
  const writes = may('consultations.write') && !activity.withdrawn && (!activity.consultation_id || !!consultation);
  const correct = () => setOpen('correct');
  useKeys(writes && open === null ? [{ key: 'e', label: t('activities:correct'), run: correct }] : []);
  const kind = words.kind(text.kind);
  const close = () => setOpen(null);
  const registered = words.registered(text.kind);
  const rows: [string, string | null][] = [
    [t(registered ? 'activities:field.asked_on' : 'activities:field.done_on'), longDate(text.done_on, language)],
    [words.withLabel(text.kind), words.who(text)],
    [words.partnerLabel(text.kind), text.partner],
    [t('activities:field.advice_field'), codes.label('advice_field', text.advice_field)],
    [t('activities:field.startup_supports'), text.startup_supports.map((one) => codes.label('startup_support', one)).join(t('activities:and'))],
    [t(registered ? 'activities:field.said_of_request' : 'activities:field.said'), text.said],
    [t('activities:field.conditions'), text.conditions],
    [t('activities:field.candidates'), text.candidates],
    [t('activities:field.agreement'), text.agreement],
    [t('activities:field.agreed_on'), longDate(text.agreed_on, language)],
    [words.begunLabel(text.kind), longDate(text.begun_on, language)],
    [t('activities:field.outcome'), text.outcome],
    [t('activities:field.follow_up_on'), longDate(text.follow_up_on, language)],
    [t('activities:field.settled_on'), longDate(text.settled_on, language)],
    [t('activities:field.minutes'), text.minutes === null ? '' : words.spent(text.minutes)],
    [t('activities:field.desk'), names.desk(activity.desk_id) ?? ''],
  ];
  return (
    <>
      <PageTitle
        title={t('activities:register.page_title', { kind })}
        crumbs={[{ to: '/consultations/activities', label: t('activities:register.title') }]}
        state={text.state && !activity.withdrawn ? <StateChip kind="activity" state={text.state} /> : undefined}
        actions={
          <>
            <PrintButton />
            {writes && open !== 'correct' && <Button onPress={() => setOpen('withdraw')}>{t('activities:withdraw')}</Button>}
            {writes && open !== 'correct' && (
              <Button kind="primary" keys={['e']} onPress={correct}>
                {t('activities:correct')}
              </Button>
            )}
          </>
        }
      />
      {activity.withdrawn && (
        <p className="notice" role="status">
          <Icon name="stopped" /> {t('activities:withdrawn')} {activity.reason}
        </p>
      )}
      {open === 'correct' ? (
        <ActivityForm consultation={consultation} activity={activity} kinds={(one) => words.formOf(one) === words.formOf(text.kind)} onDone={close} onCancel={close} />
      ) : (
        <Section id="what" title={kind}>
          <dl className="kv large">
            {rows
              .filter(([, value]) => value)
              .map(([label, value]) => (
                <div key={label} className="contents">
                  <dt>{label}</dt>
                  <dd className="prose">{value}</dd>
                </div>
              ))}
            {activity.consultation_id && (
              <div className="contents">
                <dt>{t('activities:field.consultation')}</dt>
                <dd>
                  <Link to="/consultations/$id" params={{ id: activity.consultation_id }}>
                    {consultation ? `${consultation.number} ${consultation.sheet.subject}` : t('activities:register.read_case')}
                  </Link>
                </dd>
              </div>
            )}
          </dl>
          {activity.masked && (
            <p className="note">
              <Icon name="lock" /> {t('activities:masked')}
            </p>
          )}
          <p className="sub">
            {t(activity.created_by_name ? 'activities:written_by' : 'activities:written_at', { name: activity.created_by_name, day: shortDate(inJapan(activity.created_at).date, language), time: inJapan(activity.created_at).time })}
            {activity.version > 1 && (
              <Button small kind="plain" onPress={() => setOpen('versions')}>
                {t('activities:versions', { count: activity.version })}
              </Button>
            )}
          </p>
        </Section>
      )}
      {open !== 'correct' && <AttachmentsSection activity={activity.id} consultation={activity.consultation_id} writes={writes} finalised={consultation?.finalised} />}
      {open === 'withdraw' && <WithdrawDialog activity={activity} name={kind} onClose={close} />}
      {open === 'versions' && <ActivityVersions activity={activity} name={kind} onClose={close} />}
    </>
  );
}
