import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { ConferenceCase } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useSheetWords } from '../consultations/sheet_words';
import { useCodes } from '../packs/codes';
import { useKeptFields } from '../records/kept_text';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { SelectField, TextArea } from '../ui/field';
import { daysBetween, longDate, shortDate, today } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { useEntered } from './queries';
import { ConsultationTabs } from './tabs';
import './conference.css';

/** The cases that wait for a physician's early view, as they are laid before the weekly conference. */
export default function Conference() {
  const { t } = useTranslation(['activities', 'common']);
  const navigate = useNavigate();
  const language = useDateLanguage();
  const place = usePlace();
  const search = useSearch({ strict: false }) as Search;
  const desk = search.desk ?? place.desk?.id ?? 'all';
  const query = desk === 'all' ? {} : { desk };
  const { data, error } = useQuery({ queryKey: ['conference', query], queryFn: () => ask(api.GET('/api/consultations/conference', { params: { query } } as never)) });
  const list = data as { items: ConferenceCase[]; total: number } | undefined;
  const [answering, setAnswering] = useState<ConferenceCase | null>(null);
  return (
    <div className="conference">
      <PageTitle title={t('activities:conference.title')} actions={<PrintButton />} />
      <ConsultationTabs current="conference" />
      <p className="print-only">
        {t('activities:conference.blank_head', { day: longDate(today(), language) })}
      </p>
      <div className="conference-head">
        <p className="note">{t('activities:conference.what')}</p>
        {place.desks.length > 1 && (
          <div className="no-print">
            <SelectField
              label={t('common:desk')}
              value={desk}
              onChange={(value) => void navigate({ to: '/consultations/conference', search: { desk: value }, replace: true })}
              options={[{ value: 'all', label: t('activities:conference.every_desk') }, ...place.desks.map((one) => ({ value: one.id, label: one.name }))]}
            />
          </div>
        )}
      </div>
      <ProblemNotice error={error} />
      {!list && !error && <Skeleton lines={12} />}
      {list && list.items.length === 0 && <Empty>{t('activities:conference.none')}</Empty>}
      {list && list.items.length > 0 && (
        <>
          <p role="status">
            <b className="n">{t('activities:conference.count', { count: list.total })}</b>
          </p>
          {list.total > list.items.length && <p className="notice">{t('activities:conference.more', { shown: list.items.length, total: list.total })}</p>}
          {list.items.map((one) => (
            <Case key={one.id} one={one} onAnswer={() => setAnswering(one)} />
          ))}
        </>
      )}
      {answering && <AnswerDialog one={answering} onClose={() => setAnswering(null)} />}
    </div>
  );
}

function Case({ one, onAnswer }: { one: ConferenceCase; onAnswer: () => void }) {
  const { t } = useTranslation(['activities', 'consultations', 'common']);
  const language = useDateLanguage();
  const may = useMay();
  const names = useNames();
  const codes = useCodes();
  const { element } = useSheetWords();
  const { about } = one;
  const days = one.asked_on ? daysBetween(one.asked_on, today()) : 0;
  const day = shortDate(one.asked_on, language);
  const facts = [
    codes.label('age_band', about.age_band),
    codes.label('household', about.household),
    codes.label('care_level', about.care_level),
    names.region(about.district_id),
    one.illness,
    ...one.treatments.map((code) => codes.label('treatment', code)),
  ].filter(Boolean);
  return (
    <article className="conference-case" aria-labelledby={`case-${one.id}`}>
      <header>
        <h2 id={`case-${one.id}`}>
          <Link to="/consultations/$id" params={{ id: one.id }}>
            <span className="n">{about.number}</span> {about.subject || t('consultations:no_subject')}
          </Link>
        </h2>
        <p className="sub">
          {[
            days > 0 ? t('activities:conference.asked', { day, count: days }) : t('activities:conference.asked_today', { day }),
            codes.label('urgency', one.urgency),
            codes.label('difficulty', one.difficulty),
            names.desk(one.desk_id),
            one.receiver_name && `${t('activities:conference.teller')}: ${one.receiver_name}`,
          ]
            .filter(Boolean)
            .join(t('activities:conference.dot'))}
        </p>
      </header>
      <dl>
        <dt>{t('activities:conference.background')}</dt>
        <dd>
          {facts.length > 0 && <p className="sub">{facts.join(t('activities:conference.listed'))}</p>}
          <p className="prose">{about.background || '—'}</p>
          {about.elements.length > 0 && <p className="sub">{about.elements.map(element).join(t('activities:conference.listed'))}</p>}
        </dd>
        <dt>{t('activities:conference.question')}</dt>
        <dd className="prose">{one.question || <span className="note">{t('activities:conference.no_question')}</span>}</dd>
        {about.support_text && (
          <>
            <dt>{t('activities:conference.so_far')}</dt>
            <dd className="prose">{about.support_text}</dd>
          </>
        )}
      </dl>
      <div className="answer-boxes" aria-hidden="true">
        <p>{t('activities:conference.assessment')}</p>
        <p>{t('activities:conference.direction')}</p>
      </div>
      {may('consultations.write') && (
        <div className="acts no-print">
          <Button onPress={onAnswer}>
            {t('activities:conference.answer')}
            <span className="vh"> {about.number}</span>
          </Button>
        </div>
      )}
    </article>
  );
}

function AnswerDialog({ one, onClose }: { one: ConferenceCase; onClose: () => void }) {
  const { t } = useTranslation(['activities', 'consultations', 'common', 'problems']);
  const toast = useToast();
  const entered = useEntered();
  const kept = useKeptFields(`conference:${one.id}`, () => ({ on: today() as string | null, assessment: '', direction: '' }));
  const { fields, set } = kept;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [written, setWritten] = useState(false);
  const missing = (text: string) => (tried && !text.trim() ? t('problems:field.required') : undefined);
  const leave = () => {
    kept.forget();
    onClose();
  };
  const save = async () => {
    setTried(true);
    if (stopsAtUnreadable() || busy) return;
    const empty = !fields.on ? 'f-advised-on' : !fields.assessment.trim() ? 'f-assessment' : !fields.direction.trim() ? 'f-direction' : null;
    if (empty) {
      document.getElementById(empty)?.focus();
      return;
    }
    setBusy(true);
    try {
      const path = { path: { id: one.id } };
      // Written into the sheet as it is now: what others wrote in the meantime stays.
      const now = await ask(api.GET('/api/consultations/{id}', { params: path }));
      if (now.sheet.physician_advised_on || now.sheet.physician_assessment || now.sheet.physician_direction) {
        entered(one.id);
        setWritten(true);
        setBusy(false);
        return;
      }
      const sheet = { ...now.sheet, physician_advised_on: fields.on, physician_assessment: fields.assessment.trim(), physician_direction: fields.direction.trim() };
      await ask(api.PUT('/api/consultations/{id}', { params: path, body: sheet, ...ifMatch(now.version) } as never));
      entered(one.id);
      toast(t('activities:conference.answered'));
      leave();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      large
      title={t('activities:conference.answer_title', { number: one.about.number })}
      onClose={fields.assessment.trim() || fields.direction.trim() ? undefined : leave}
      actions={
        <>
          <Button onPress={leave}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <p className="prose">{one.question}</p>
      <DateField id="f-advised-on" label={t('activities:conference.on')} required value={fields.on} onChange={(on) => set({ on })} error={tried && !fields.on ? t('problems:field.required') : undefined} />
      <TextArea id="f-assessment" label={t('activities:conference.assessment')} required rows={4} maxLength={2000} value={fields.assessment} onChange={(assessment) => set({ assessment })} error={missing(fields.assessment)} />
      <TextArea id="f-direction" label={t('activities:conference.direction')} required rows={4} maxLength={2000} value={fields.direction} onChange={(direction) => set({ direction })} error={missing(fields.direction)} />
      {problem !== null && <ProblemNotice error={problem} />}
      {written && (
        <p className="notice" role="alert">
          {t('activities:conference.written')}{' '}
          <Link to="/consultations/$id" params={{ id: one.id }}>
            {one.about.number}
          </Link>
        </p>
      )}
    </Dialog>
  );
}
