import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Activity, Consultation } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { EntryFiles } from '../documents/attachments';
import { TermText } from '../knowledge/term_text';
import { useCodes } from '../packs/codes';
import { useKeptText } from '../records/kept_text';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, minutesBetween, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { ActivityForm } from './activity_form';
import { useActivityWords } from './activity_words';
import { timelineQuery, useEntered } from './queries';
import { ActivityVersions } from './activity_versions';
import './activities.css';

/** What was done about the case after the call, newest first, with the form to write the next entry. */
export function TimelineSection({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('activities');
  const may = useMay();
  const words = useActivityWords();
  const { data, error } = useQuery(timelineQuery(consultation.id));
  const [writing, setWriting] = useState(false);
  const section = useRef<HTMLDivElement>(null);
  const writes = may('consultations.write') && consultation.state !== 'draft';
  const write = () => setWriting(true);
  useKeys(writes && !writing ? [{ key: 'a', label: t('write'), run: write }] : []);
  useEffect(() => {
    if (!writing) return;
    const first = section.current?.querySelector<HTMLElement>('.activity-form input:checked, .activity-form textarea');
    first?.focus();
    section.current?.scrollIntoView({ block: 'start' });
  }, [writing]);
  const { sheet } = consultation;
  const call = sheet.started_at && sheet.ended_at ? minutesBetween(sheet.started_at, sheet.ended_at) : 0;
  const note = data && [data.total > 0 ? t('entries', { count: data.total }) : '', data.minutes + call > 0 ? t('spent', { spent: words.spent(data.minutes + call), call: words.spent(call) }) : ''].filter(Boolean).join(t('and'));
  return (
    <div ref={section}>
      <Section
        id="activities"
        title={t('timeline')}
        note={note}
        more={
          writes &&
          !writing && (
            <Button small icon="plus" keys={['a']} onPress={write}>
              {t('write')}
            </Button>
          )
        }
      >
        {writing && <ActivityForm consultation={consultation} onDone={() => setWriting(false)} onCancel={() => setWriting(false)} />}
        <ProblemNotice error={error} />
        {data && data.items.length === 0 && !writing && <p className="note">{t(writes ? 'none_yet' : 'none_to_read')}</p>}
        {data && data.items.length > 0 && (
          <ol className="timeline">
            {data.items.map((activity) => (
              <Entry key={activity.id} activity={activity} consultation={consultation} writes={writes} />
            ))}
          </ol>
        )}
      </Section>
    </div>
  );
}

function Entry({ activity, consultation, writes }: { activity: Activity; consultation: Consultation; writes: boolean }) {
  const { t } = useTranslation(['activities', 'common']);
  const language = useDateLanguage();
  const words = useActivityWords();
  const codes = useCodes();
  const [open, setOpen] = useState<'correct' | 'withdraw' | 'versions' | null>(null);
  const { text } = activity;
  const close = () => setOpen(null);
  const kind = words.kind(text.kind);
  const name = t('activities:entry', { kind, day: shortDate(text.done_on, language) });
  if (open === 'correct') {
    return (
      <li>
        <ActivityForm consultation={consultation} activity={activity} kinds={(one) => words.formOf(one) === words.formOf(text.kind)} onDone={close} onCancel={close} />
      </li>
    );
  }
  return (
    <li className={activity.withdrawn ? 'withdrawn' : undefined}>
      <p className="head">
        <span className="when n">
          {longDate(text.done_on, language)} {text.started_at}
        </span>
        <b>{kind}</b>
        {text.state && !activity.withdrawn && <StateChip kind="activity" state={text.state} />}
        {activity.withdrawn && (
          <span className="st chip">
            <Icon name="stopped" />
            {t('activities:withdrawn')}
          </span>
        )}
        {text.minutes !== null && <span className="sub n">{words.spent(text.minutes)}</span>}
      </p>
      {words.who(text) && <p>{words.who(text)}</p>}
      {text.said && (
        <p className="prose">
          <TermText>{text.said}</TermText>
        </p>
      )}
      {text.outcome && (
        <p className="prose">
          <span className="sub">{t('activities:field.outcome')}</span> <TermText>{text.outcome}</TermText>
        </p>
      )}
      {text.advice_field && <p className="sub">{codes.label('advice_field', text.advice_field)}</p>}
      {text.partner && (
        <p className="sub">
          {words.partnerLabel(text.kind)}: {text.partner}
        </p>
      )}
      {text.startup_supports.length > 0 && <p className="sub">{text.startup_supports.map((one) => codes.label('startup_support', one)).join(t('activities:and'))}</p>}
      {activity.masked && (
        <p className="note">
          <Icon name="lock" /> {t('activities:masked')}
        </p>
      )}
      <p className="sub signed">
        <span>
          {t(activity.created_by_name ? 'activities:written_by' : 'activities:written_at', { name: activity.created_by_name, day: shortDate(inJapan(activity.created_at).date, language), time: inJapan(activity.created_at).time })}
          {activity.version > 1 && (
            <>
              {' '}
              <button type="button" className="btn small plain" onClick={() => setOpen('versions')}>
                {t('activities:versions', { count: activity.version })}
                <span className="vh"> {name}</span>
              </button>
            </>
          )}
        </span>
        {writes && !activity.withdrawn && (
          <span className="no-print">
            <Button small kind="plain" onPress={() => setOpen('correct')}>
              {t('activities:correct')}
              <span className="vh"> {name}</span>
            </Button>
            <Button small kind="plain" onPress={() => setOpen('withdraw')}>
              {t('activities:withdraw')}
              <span className="vh"> {name}</span>
            </Button>
          </span>
        )}
      </p>
      {!activity.withdrawn && <EntryFiles consultation={consultation.id} activity={activity.id} name={name} writes={writes} finalised={consultation.finalised} />}
      {activity.reason && <p className="sub">{t('activities:reason', { reason: activity.reason })}</p>}
      {open === 'withdraw' && <WithdrawDialog activity={activity} name={name} onClose={close} />}
      {open === 'versions' && <ActivityVersions activity={activity} name={name} onClose={close} />}
    </li>
  );
}

export function WithdrawDialog({ activity, name, onClose }: { activity: Activity; name: string; onClose: () => void }) {
  const { t } = useTranslation(['activities', 'common', 'problems']);
  const toast = useToast();
  const entered = useEntered();
  const [reason, write, forget] = useKeptText(`withdraw:${activity.id}`);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const save = async () => {
    setTried(true);
    if (!reason.trim()) {
      document.getElementById('f-withdraw-reason')?.focus();
      return;
    }
    try {
      await ask(api.PUT('/api/activities/{id}/withdrawal', { params: { path: { id: activity.id } }, body: { reason: reason.trim() }, ...ifMatch(activity.version) } as never));
      forget();
      entered(activity.consultation_id);
      toast(t('activities:was_withdrawn'));
      onClose();
    } catch (error) {
      setProblem(error);
      entered(activity.consultation_id);
    }
  };
  return (
    <Dialog
      title={t('activities:withdraw_title', { name })}
      onClose={reason.trim() ? undefined : onClose}
      actions={
        <>
          <Button
            onPress={() => {
              forget();
              onClose();
            }}
          >
            {t('common:cancel')}
          </Button>
          <Button kind="danger" onPress={() => void save()}>
            {t('activities:withdraw')}
          </Button>
        </>
      }
    >
      <p>{t('activities:withdraw_what')}</p>
      <TextArea id="f-withdraw-reason" label={t('activities:field.reason')} required rows={2} maxLength={400} value={reason} onChange={write} error={tried && !reason.trim() ? t('problems:field.required') : undefined} />
      {problem !== null && <ProblemNotice error={problem} />}
    </Dialog>
  );
}
