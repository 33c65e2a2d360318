import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { problemOf } from '../api/problem';
import type { Discharge, DischargeStep, DischargeText, Paper } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { useRefresh } from '../records/queries';
import { Written } from '../records/written';
import { useOwnDesk } from '../records/words';
import { useNames } from '../regions/regions';
import { ThreadRail } from '../threads/thread_rail';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/field';
import { Icon } from '../ui/icon';
import { daysBetween, inJapan, longDate, shortDate, today } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { daysToDecision, standingOf, useDischargeWords } from './discharge_words';
import { FormsSection } from './forms_section';
import { dischargeQuery, isClosed } from './queries';
import '../records/records.css';
import './discharges.css';

/** One coordination: days, papers, parties, wishes, forms, and what it hangs together with. */
export default function DischargePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(dischargeQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} discharge={data} /> : <Skeleton lines={14} />;
}

function Page({ discharge }: { discharge: Discharge }) {
  const { t } = useTranslation(['discharges', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const { choices } = useOwnDesk();
  const { label } = useDischargeWords();
  const [step, setStep] = useState<DischargeStep | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { text, state } = discharge;
  const writes = may('discharges.write') && choices.some((desk) => desk.id === discharge.desk_id);
  const closed = isClosed(state);
  const take = (next: Discharge) => {
    queries.setQueryData(['discharges', discharge.id], next);
    refresh('discharges', 'consultation');
  };
  useKeys([{ key: 'p', label: t('common:print'), run: () => window.print() }]);

  /** One paper is ticked off, or taken back, without opening the whole form. */
  const tick = async (at: number, part: Partial<Paper>) => {
    setProblem(null);
    const papers = text.papers.map((one, row) => (row === at ? { ...one, ...part } : one));
    try {
      take((await ask(api.PUT('/api/discharges/{id}', { params: { path: { id: discharge.id } }, body: { text: { ...text, papers } satisfies DischargeText, reason: '' }, ...ifMatch(discharge.version) } as never))) as Discharge);
      toast(t('records:saved'));
    } catch (error) {
      setProblem(error);
      void queries.invalidateQueries({ queryKey: ['discharges', discharge.id] });
    }
  };
  const decision = daysToDecision(text);
  return (
    <div className="wide">
      <PageTitle
        title={text.subject}
        crumbs={[{ to: '/discharges', label: t('title') }]}
        state={<StateChip kind="discharge" state={state} />}
        actions={
          writes && (
            <>
              {(state === 'discharged' || state === 'ended') && !discharge.later_id && (
                <ButtonLink to="/discharges/new" search={{ earlier: discharge.id }}>
                  {t('again')}
                </ButtonLink>
              )}
              <ButtonLink kind="primary" to="/discharges/$id/edit" params={{ id: discharge.id }}>
                {t('common:edit')}
              </ButtonLink>
            </>
          )
        }
      />
      <div className="page-acts no-print">
        {writes && state === 'discharged' && (
          <Button small onPress={() => setStep('end')}>
            {t('step.end')}
          </Button>
        )}
        {writes && (state === 'planning' || state === 'decided') && (
          <Button small onPress={() => setStep('cancel')}>
            {t('step.cancel')}
          </Button>
        )}
        {writes && (state === 'ended' || state === 'cancelled') && (
          <Button small onPress={() => setStep('take_up')}>
            {t('step.take_up')}
          </Button>
        )}
        <ButtonLink small kind="plain" to="/discharges/$id/history" params={{ id: discharge.id }}>
          {t('records:versions.link')}
        </ButtonLink>
        <PrintButton />
      </div>
      <ProblemNotice error={problem} />
      {discharge.earlier_id && (
        <p className="notice info">
          {t('follows')}{' '}
          <Link to="/discharges/$id" params={{ id: discharge.earlier_id }}>
            {t('earlier')}
          </Link>
        </p>
      )}
      {discharge.later_id && (
        <p className="notice info">
          {t('was_readmitted')}{' '}
          <Link to="/discharges/$id" params={{ id: discharge.later_id }}>
            {t('later')}
          </Link>
        </p>
      )}
      {closed && discharge.reason && <p className="notice">{t('reason', { reason: discharge.reason })}</p>}
      <Facts
        facts={[
          { label: label('hospital'), value: text.hospital_place_id && may('resources.read') ? <Link to="/resources/$id" params={{ id: text.hospital_place_id }}>{text.hospital}</Link> : text.hospital, sub: text.ward },
          { label: label('admitted_on'), value: longDate(text.admitted_on, language), sub: decision === null ? '' : t('to_decision', { days: t('days', { count: decision }) }) },
          { label: t(text.left_on ? 'field.left_on' : 'field.planned_on'), value: longDate(text.left_on ?? text.planned_on, language), sub: text.decided_on ? t('decided', { day: shortDate(text.decided_on, language) }) : t('not_decided') },
          { label: label('destination'), value: codes.label('discharge_destination', text.destination), sub: text.destination_name },
          { label: label('owner_id'), value: discharge.owner_name, sub: names.desk(discharge.desk_id) },
        ]}
      />
      <div className="with-rail">
        <div className="min-w-0">
          <Section id="papers" title={label('papers')} note={t('form.papers_note')}>
            <Papers discharge={discharge} writes={writes && !closed} onTick={(at, part) => void tick(at, part)} />
          </Section>
          <Section id="parties" title={label('parties')}>
            {text.parties.length === 0 && <p className="note">{t('party.none')}</p>}
            <ul className="line-list">
              {text.parties.map((one, at) => (
                <li key={at}>
                  <b>{codes.label('discharge_role', one.role)}</b>
                  {one.place_id && may('resources.read') ? (
                    <Link to="/resources/$id" params={{ id: one.place_id }}>
                      {one.affiliation}
                    </Link>
                  ) : (
                    <span>{one.affiliation}</span>
                  )}
                  <span>{one.name}</span>
                  <span className="end">{one.contact}</span>
                </li>
              ))}
            </ul>
            {discharge.masked && (
              <p className="note">
                <Icon name="lock" /> {t('masked')}
              </p>
            )}
          </Section>
          <Section id="wishes" title={t('form.wishes')}>
            <Written
              rows={[
                [label('wishes'), text.wishes],
                [label('family_wishes'), text.family_wishes],
                [label('difficulties'), text.difficulties],
                [label('course'), text.course],
              ]}
            />
          </Section>
          <FormsSection discharge={discharge.id} consultation={discharge.consultation_id ?? undefined} writes={writes} />
          <p className="sub">
            {t('records:updated', { day: `${shortDate(inJapan(discharge.updated_at).date, language)} ${inJapan(discharge.updated_at).time}`, name: discharge.updated_by_name })}
          </p>
        </div>
        <div className="rail">
          {discharge.consultation_id && (
            <Section id="case" title={t('field.consultation')}>
              <p>
                <Link to="/consultations/$id" params={{ id: discharge.consultation_id }}>
                  {discharge.number} {discharge.case_subject}
                </Link>
              </p>
            </Section>
          )}
          <ThreadRail kind="discharge" id={discharge.id} />
        </div>
      </div>
      {step && <StepDialog discharge={discharge} step={step} onDone={take} onClose={() => setStep(null)} />}
    </div>
  );
}

function Papers({ discharge, writes, onTick }: { discharge: Discharge; writes: boolean; onTick: (at: number, part: Partial<Paper>) => void }) {
  const { t } = useTranslation('discharges');
  const codes = useCodes();
  const language = useDateLanguage();
  const { papers } = discharge.text;
  if (papers.length === 0) return <p className="note">{t('paper.none_yet')}</p>;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('field.papers')}>
      <table className="plain-t papers-t">
        <thead>
          <tr>
            <th scope="col">{t('paper.kind')}</th>
            <th scope="col">{t('paper.asked_on')}</th>
            <th scope="col">{t('paper.due_on')}</th>
            <th scope="col">{t('paper.received_on')}</th>
            <th scope="col">{t('paper.note')}</th>
            {writes && <th scope="col" className="no-print">{t('paper.tick')}</th>}
          </tr>
        </thead>
        <tbody>
          {papers.map((paper, at) => {
            const standing = standingOf(paper, today());
            const name = codes.label('discharge_paper', paper.kind);
            return (
              <tr key={at}>
                <th scope="row">{name}</th>
                <td>{shortDate(paper.asked_on, language) || '—'}</td>
                <td>
                  <span className={standing === 'late' ? 'late' : undefined}>
                    {standing === 'late' && <Icon name="late" />} {shortDate(paper.due_on, language) || '—'}
                  </span>{' '}
                  {standing === 'late' && <span className="late">{t('paper.late', { count: daysBetween(paper.due_on!, today()) })}</span>} {paper.due_by_hand && <span className="sub">{t('paper.set_by_hand')}</span>}
                </td>
                <td>
                  {paper.not_needed ? t('paper.not_needed') : shortDate(paper.received_on, language) || '—'} {standing === 'late_came' && <span className="sub">{t('paper.came_late')}</span>}
                </td>
                <td className="prose">{[paper.with_whom, paper.note].filter(Boolean).join(' ') || '—'}</td>
                {writes && (
                  <td className="no-print">
                    {!paper.not_needed && !paper.received_on && (
                      <Button small aria-label={t('paper.came_today_of', { what: name })} onPress={() => onTick(at, { received_on: today() })}>
                        {t('paper.came_today')}
                      </Button>
                    )}
                    {paper.received_on && (
                      <Button small kind="plain" aria-label={t('paper.not_come_of', { what: name })} onPress={() => onTick(at, { received_on: null })}>
                        {t('paper.not_come')}
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function StepDialog({ discharge, step, onDone, onClose }: { discharge: Discharge; step: DischargeStep; onDone: (next: Discharge) => void; onClose: () => void }) {
  const { t } = useTranslation(['discharges', 'problems', 'common']);
  const toast = useToast();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const needs = step !== 'end';
  const waiting = discharge.text.papers.filter((paper) => !paper.not_needed && !paper.received_on).length;
  const go = async () => {
    setTried(true);
    if (busy) return;
    if (needs && !reason.trim()) {
      document.getElementById('step-reason')?.focus();
      return;
    }
    setBusy(true);
    try {
      onDone((await ask(api.PUT('/api/discharges/{id}/state', { params: { path: { id: discharge.id } }, body: { step, reason: reason.trim() }, ...ifMatch(discharge.version) } as never))) as Discharge);
      toast(t(`discharges:step.done_${step}`));
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t(`discharges:step.${step}`)}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void go()}>
            {t(`discharges:step.${step}`)}
          </Button>
        </>
      }
    >
      <p>{t(`discharges:step.what_${step}`)}</p>
      {step === 'end' && waiting > 0 && <p className="notice">{t('discharges:step.papers_waiting', { count: waiting })}</p>}
      <TextArea id="step-reason" label={t('discharges:step.reason')} required={needs} maxLength={400} value={reason} onChange={setReason} error={tried && needs && !reason.trim() ? t('problems:field.required') : undefined} />
      {error !== null && problemOf(error) && <ProblemNotice error={error} />}
    </Dialog>
  );
}
