import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Consultation, FollowUp } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { FollowUp as DueDay } from '../consultations/follow_up';
import { brought, useKeptFields } from '../records/kept_text';
import { PersonField } from '../records/pickers';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { DateField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { Icon } from '../ui/icon';
import { inJapan, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { messagesByField, ProblemNotice } from '../ui/problem_notice';
import { stopsAtUnreadable } from '../ui/read_field';
import { useToast } from '../ui/toast';
import { followUpsQuery, useEntered } from './queries';
import './activities.css';

/** The next thing to be done about a case; what the sheet says until the list has arrived. */
export function useNextFollowUp(consultation: Consultation): { on: string | null; note: string } {
  const { data } = useQuery({ ...followUpsQuery(consultation.id) });
  if (!data) return { on: consultation.sheet.follow_up_on, note: consultation.sheet.follow_up_note };
  const next = data.find((one) => !one.done_at);
  return next ? { on: next.due_on, note: next.note } : { on: null, note: '' };
}

/** What is still to be done about the case, by day, and what was done of it. */
export function FollowUpsSection({ consultation }: { consultation: Consultation }) {
  const { t } = useTranslation('activities');
  const may = useMay();
  const { data, error } = useQuery(followUpsQuery(consultation.id));
  const [open, setOpen] = useState<FollowUp | 'new' | null>(null);
  const writes = may('consultations.write');
  useKeys(writes ? [{ key: 'f', label: t('follow_up.add'), run: () => setOpen('new') }] : []);
  const todo = data?.filter((one) => !one.done_at) ?? [];
  const done = data?.filter((one) => one.done_at) ?? [];
  return (
    <Section
      id="follow-ups"
      title={t('follow_up.title')}
      note={data && todo.length > 0 ? t('follow_up.open', { count: todo.length }) : undefined}
      more={
        writes && (
          <Button small icon="plus" keys={['f']} onPress={() => setOpen('new')}>
            {t('follow_up.add')}
          </Button>
        )
      }
    >
      <ProblemNotice error={error} />
      {data && todo.length === 0 && <p className="note">{t('follow_up.none')}</p>}
      {todo.length > 0 && (
        <ul className="follow-ups">
          {todo.map((one) => (
            <Line key={one.id} followUp={one} consultation={consultation} writes={writes} onOpen={() => setOpen(one)} />
          ))}
        </ul>
      )}
      {done.length > 0 && (
        <details className="sub">
          <summary>{t('follow_up.done_ones', { count: done.length })}</summary>
          <ul className="follow-ups">
            {done.map((one) => (
              <Line key={one.id} followUp={one} consultation={consultation} writes={writes} onOpen={() => setOpen(one)} />
            ))}
          </ul>
        </details>
      )}
      {open && <FollowUpDialog key={open === 'new' ? 'new' : open.id} followUp={open === 'new' ? undefined : open} consultation={consultation} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function Line({ followUp, consultation, writes, onOpen }: { followUp: FollowUp; consultation: Consultation; writes: boolean; onOpen: () => void }) {
  const { t } = useTranslation(['activities', 'common']);
  const language = useDateLanguage();
  const names = useNames();
  const toast = useToast();
  const queries = useQueryClient();
  const entered = useEntered();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const settle = async (done: boolean) => {
    if (busy) return;
    setBusy(true);
    try {
      const { items } = await ask(api.PUT('/api/follow-ups/{id}/done', { params: { path: { id: followUp.id } }, body: { done }, ...ifMatch(followUp.version) } as never) as ReturnType<typeof api.PUT<'/api/follow-ups/{id}/done', never>>) as { items: FollowUp[] };
      queries.setQueryData(followUpsQuery(consultation.id).queryKey, items);
      entered(consultation.id);
      toast(t(done ? 'activities:follow_up.was_done' : 'activities:follow_up.was_reopened'));
    } catch (error) {
      setProblem(error);
      entered(consultation.id);
    }
    setBusy(false);
  };
  const owner = followUp.owner_name || names.person(consultation.sheet.receiver_id);
  const note = followUp.note || t('activities:follow_up.without_note');
  return (
    <li>
      <span className="when">{followUp.done_at ? <s className="n">{shortDate(followUp.due_on, language)}</s> : <DueDay on={followUp.due_on} closed={consultation.state === 'closed'} />}</span>
      <span className="what">
        {note}
        <span className="sub block">
          {owner}
          {followUp.done_at && ` ${t('activities:follow_up.done_by', { day: shortDate(inJapan(followUp.done_at).date, language), name: followUp.done_by_name })}`}
        </span>
      </span>
      {writes && (
        <span className="no-print acts">
          {followUp.done_at ? (
            <Button small kind="plain" onPress={() => void settle(false)}>
              {t('activities:follow_up.reopen')}
              <span className="vh"> {note}</span>
            </Button>
          ) : (
            <>
              <Button small onPress={() => void settle(true)}>
                <Icon name="check" />
                {t('activities:follow_up.done')}
                <span className="vh"> {note}</span>
              </Button>
              <Button small kind="plain" onPress={onOpen}>
                {t('activities:follow_up.change')}
                <span className="vh"> {note}</span>
              </Button>
            </>
          )}
        </span>
      )}
      {problem !== null && <ProblemNotice error={problem} />}
    </li>
  );
}

interface Fields {
  due_on: string | null;
  note: string;
  owner_id: string | null;
}

const fieldsOf = (one: FollowUp | undefined): Fields => ({ due_on: one?.due_on ?? null, note: one?.note ?? '', owner_id: one?.owner_id ?? null });

function FollowUpDialog({ followUp, consultation, onClose }: { followUp: FollowUp | undefined; consultation: Consultation; onClose: () => void }) {
  const { t } = useTranslation(['activities', 'common']);
  const { t: problems } = useTranslation('problems');
  const toast = useToast();
  const queries = useQueryClient();
  const entered = useEntered();
  const [once] = useState(() => crypto.randomUUID());
  const [before, setBefore] = useState(followUp);
  const [overtaken, setOvertaken] = useState(false);
  const kept = useKeptFields(`follow-up:${followUp?.id ?? consultation.id}`, () => fieldsOf(followUp));
  const { fields, set } = kept;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const required = problems('field.required');
  const messages = problem instanceof ProblemError ? messagesByField(problems, problem.fields) : {};
  const leave = () => {
    kept.forget();
    onClose();
  };
  /** Somebody else was first: fields that were not touched here say what they say by now, the others stay. */
  const catchUp = async (seen: FollowUp) => {
    const all = await queries.fetchQuery({ ...followUpsQuery(consultation.id), staleTime: 0 });
    const now = all.find((one) => one.id === seen.id);
    if (!now) return;
    set(brought(fieldsOf(now), fields, fieldsOf(seen)));
    setBefore(now);
    setOvertaken(true);
  };
  const save = async () => {
    setTried(true);
    if (stopsAtUnreadable() || busy) return;
    setOvertaken(false);
    setProblem(null);
    if (!fields.due_on || !fields.note.trim()) {
      document.getElementById(fields.due_on ? 'f-follow-note' : 'f-follow-on')?.focus();
      return;
    }
    setBusy(true);
    const body = { due_on: fields.due_on, note: fields.note.trim(), owner_id: fields.owner_id };
    try {
      const answer = (await ask(
        (before
          ? api.PUT('/api/follow-ups/{id}', { params: { path: { id: before.id } }, body, ...ifMatch(before.version) } as never)
          : api.POST('/api/consultations/{id}/follow-ups', { params: { path: { id: consultation.id } }, body, ...onceOnly(once) } as never)) as never,
      )) as { items: FollowUp[] };
      queries.setQueryData(followUpsQuery(consultation.id).queryKey, answer.items);
      entered(consultation.id);
      toast(t('activities:follow_up.saved'));
      leave();
    } catch (error) {
      if (before && error instanceof ProblemError && error.reason === 'stale') await catchUp(before).catch(setProblem);
      else setProblem(error);
      setBusy(false);
    }
  };
  useKeys([{ key: 'Ctrl+Enter', label: t('common:save'), run: () => void save() }]);
  return (
    <Dialog
      title={t(followUp ? 'activities:follow_up.change_title' : 'activities:follow_up.add')}
      onClose={fields.note.trim() ? undefined : leave}
      actions={
        <>
          <Button onPress={leave}>{t('common:cancel')}</Button>
          <Button kind="primary" keys={['Ctrl', 'Enter']} onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <DateField id="f-follow-on" label={t('activities:follow_up.due_on')} required lean="future" value={fields.due_on} onChange={(due_on) => set({ due_on })} error={messages.due_on ?? (tried && !fields.due_on ? required : undefined)} />
      <TextField id="f-follow-note" label={t('activities:follow_up.note')} required maxLength={200} value={fields.note} onChange={(note) => set({ note })} error={messages.note ?? (tried && !fields.note.trim() ? required : undefined)} />
      <PersonField id="f-follow-owner" label={t('activities:follow_up.owner')} help={t('activities:follow_up.owner_help')} value={fields.owner_id} onChange={(owner_id) => set({ owner_id })} error={messages.owner_id} />
      {problem !== null && Object.keys(messages).length === 0 && <ProblemNotice error={problem} />}
      {overtaken && (
        <p className="notice" role="alert">
          {t('activities:overtaken')}
        </p>
      )}
    </Dialog>
  );
}
