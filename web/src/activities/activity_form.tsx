import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Activity, ActivityState, ActivityText, Consultation, FieldProblem } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { CallerField } from '../consultations/caller_field';
import { useCodes } from '../packs/codes';
import { brought, useKeptFields } from '../records/kept_text';
import { NumberField } from '../records/number_field';
import { DeskField, PersonField } from '../records/pickers';
import { RestoredNotice } from '../records/restored_notice';
import { useOptions, useOwnDesk } from '../records/words';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField, TimeField } from '../ui/date_field';
import { ErrorSummary } from '../ui/error_summary';
import { SelectField, TextArea, TextField } from '../ui/field';
import { fieldMessage, formErrors, ProblemNotice } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';
import { useToast } from '../ui/toast';
import { activityStates, useActivityWords } from './activity_words';
import { emptyActivity, useEntered } from './queries';
import './activities.css';

interface Draft extends ActivityText {
  desk_id: string | null;
  reason: string;
  next_on: string | null;
  next_note: string;
  next_owner: string | null;
}

interface Props {
  /** Absent: it belongs to no case. */
  consultation?: Consultation;
  /** Present: it is corrected. */
  activity?: Activity;
  /** The first kind; the kinds that can be chosen are those of `kinds`, or all of them. */
  kind?: string;
  kinds?: (kind: string) => boolean;
  onDone: (activity: Activity) => void;
  onCancel: () => void;
}

/** One entry, written in seconds: a number chooses the kind, Tab goes to the words, Ctrl+Enter saves. */
export function ActivityForm({ consultation, activity, kind = 'call', kinds = () => true, onDone, onCancel }: Props) {
  const { t } = useTranslation(['activities', 'common']);
  const { t: problems } = useTranslation('problems');
  const codes = useCodes();
  const options = useOptions();
  const words = useActivityWords();
  const may = useMay();
  const toast = useToast();
  const entered = useEntered();
  const { first } = useOwnDesk();
  const kept = useKeptFields<Draft>(`activity:${activity?.id ?? consultation?.id ?? 'new'}`, () => ({ ...(activity ? activity.text : emptyActivity(kind)), desk_id: first, reason: '', next_on: null, next_note: '', next_owner: null }));
  const { fields: draft, set } = kept;
  const [once] = useState(() => crypto.randomUUID());
  // What is corrected: the state that was seen, not whatever the list behind the form has read since.
  const [before, setBefore] = useState(activity);
  const [overtaken, setOvertaken] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const [unread, setUnread] = useState<ReturnType<typeof unreadable>>([]);
  const [attempt, setAttempt] = useState(0);
  const finalised = consultation?.finalised ?? false;
  const registered = words.registered(draft.kind);
  const form = words.formOf(draft.kind);
  const pair = form === 'two_physicians';
  const settled = draft.state === 'done' || draft.state === 'declined';

  const id = (field: string) => `f-activity-${field}`;
  const field = (name: string) => {
    const fault = faults.find((one) => one.pointer.split('/').at(-1) === name || one.pointer.split('/').includes(name));
    return { id: id(name), label: t(`activities:field.${name}`), error: fault && fieldMessage(problems, fault) };
  };

  /** Somebody else was first: fields that were not touched here say what they say by now, the others stay. */
  const catchUp = async (seen: Activity) => {
    try {
      const now = await ask(api.GET('/api/activities/{id}', { params: { path: { id: seen.id } } }));
      set(brought<Draft>({ ...draft, ...now.text }, draft, { ...draft, ...seen.text }));
      setBefore(now);
      setOvertaken(true);
    } catch (error) {
      setProblem(error);
    }
  };
  const save = async () => {
    if (busy) return;
    const unclear = unreadable().filter((one) => one.id.startsWith('f-activity-'));
    const { desk_id, reason, next_on, next_note, next_owner, ...rest } = draft;
    // Only what the kind has is sent: a field of another kind that was filled in before is left behind.
    const text: ActivityText = {
      ...rest,
      state: registered ? (rest.state ?? 'asked') : null,
      settled_on: registered && settled ? rest.settled_on : null,
      advice_field: form === 'oral_nutrition' ? rest.advice_field : null,
      partner: words.hasPartner(rest.kind) ? rest.partner : '',
      startup_supports: form === 'startup' ? rest.startup_supports : [],
      conditions: pair ? rest.conditions : '',
      candidates: pair ? rest.candidates : '',
      agreement: pair ? rest.agreement : '',
      agreed_on: pair ? rest.agreed_on : null,
      begun_on: pair || form === 'startup' ? rest.begun_on : null,
      follow_up_on: registered ? rest.follow_up_on : null,
    };
    const missing: FieldProblem[] = [];
    const need = (name: string, there: boolean) => there || missing.push({ pointer: `/${name}`, reason: 'required', limit: '' });
    if (!registered) need('said', text.said.trim() !== '' || text.outcome.trim() !== '');
    if (form === 'oral_nutrition') need('advice_field', text.advice_field !== null);
    if (form === 'startup') need('with_affiliation', text.with_affiliation.trim() !== '');
    if (pair && text.state === 'done') need('with_affiliation', text.with_affiliation.trim() !== '' || text.with_name.trim() !== '');
    need('done_on', text.done_on !== null);
    if (next_note.trim() && !next_on) need('next_on', false);
    if (next_on && !next_note.trim()) need('next_note', false);
    if (finalised) need('reason', reason.trim() !== '');
    setUnread(unclear);
    setFaults(missing);
    setAttempt((times) => times + 1);
    if (missing.length + unclear.length > 0) return;
    setBusy(true);
    setProblem(null);
    setOvertaken(false);
    try {
      const saved = before
        ? ((await ask(api.PUT('/api/activities/{id}', { params: { path: { id: before.id } }, body: { text, reason }, ...ifMatch(before.version) } as never))) as Activity)
        : await ask(
            api.POST('/api/activities', {
              body: { consultation_id: consultation?.id ?? null, desk_id: consultation ? null : desk_id, text, reason, next_step: next_on ? { due_on: next_on, note: next_note.trim(), owner_id: next_owner } : null },
              ...onceOnly(once),
            } as never),
          );
      kept.forget();
      entered(consultation?.id ?? activity?.consultation_id);
      toast(t('activities:saved'));
      onDone(saved as Activity);
    } catch (error) {
      const fields = error instanceof ProblemError ? error.fields : [];
      if (fields.length > 0) {
        setFaults(fields.map((one) => ({ ...one, pointer: one.pointer.replace('/next_step/due_on', '/next_on').replace('/next_step/note', '/next_note').replace('/next_step/owner_id', '/next_owner') })));
        setAttempt((times) => times + 1);
      } else if (before && error instanceof ProblemError && error.reason === 'stale') await catchUp(before);
      else setProblem(error);
      setBusy(false);
    }
  };
  const giveUp = () => {
    kept.forget();
    onCancel();
  };
  useKeys([{ key: 'Ctrl+Enter', label: t('activities:save'), run: () => void save() }]);

  const choices = codes.choices('activity_kind', { chosen: [draft.kind] }).filter((entry) => kinds(entry.code) || entry.code === draft.kind);
  const errors = [...unread, ...formErrors(problems, faults, (name) => t(`activities:field.${name}`), id)];
  return (
    <form
      className="activity-form"
      noValidate
      aria-label={t(activity ? 'activities:correct' : 'activities:write')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && draft.said === '' && draft.outcome === '') giveUp();
      }}
    >
      <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />
      <ErrorSummary errors={errors} attempt={attempt} />
      {problem !== null && <ProblemNotice error={problem} />}
      {overtaken && (
        <p className="notice" role="alert">
          {t('activities:overtaken')}
        </p>
      )}
      {choices.length > 1 && <ChoiceList {...field('kind')} required columns={5} choices={choices.map((entry) => ({ value: entry.code, label: codes.short('activity_kind', entry.code) }))} value={draft.kind} onChange={(value) => value && set({ kind: value })} />}
      {registered && <ChoiceList {...field('state')} required columns={4} choices={activityStates.map((state) => ({ value: state, label: t(`common:state.activity.${state}`) }))} value={draft.state ?? 'asked'} onChange={(value) => set({ state: (value ?? 'asked') as ActivityState })} />}
      {form === 'oral_nutrition' && <ChoiceList {...field('advice_field')} required columns={3} choices={options('advice_field', draft.advice_field)} value={draft.advice_field} onChange={(value) => set({ advice_field: value })} />}
      {form === 'startup' && <ChoiceList {...field('startup_supports')} many columns={2} choices={options('startup_support', draft.startup_supports)} value={draft.startup_supports} onChange={(value) => set({ startup_supports: value })} />}
      <TextArea {...field('said')} required={!registered} label={t(registered ? 'activities:field.said_of_request' : 'activities:field.said')} rows={3} maxLength={4000} value={draft.said} onChange={(said) => set({ said })} />
      {pair && (
        <>
          <TextArea {...field('conditions')} help={t('activities:field_help.conditions')} rows={2} maxLength={1000} value={draft.conditions} onChange={(conditions) => set({ conditions })} />
          {may('resources.read') && (
            <p className="sub">
              <a href="/resources?service=clinic" target="_blank" rel="noreferrer">
                {t('activities:find_clinic')}
              </a>
            </p>
          )}
          <TextArea {...field('candidates')} rows={2} maxLength={1000} value={draft.candidates} onChange={(candidates) => set({ candidates })} />
        </>
      )}
      <div className="row2">
        <CallerField
          {...field('with_name')}
          label={words.withLabel(draft.kind)}
          value={draft.with_name}
          onChange={(name) => set({ with_name: name })}
          onTake={(caller) => set({ with_name: caller.name, with_affiliation: caller.affiliation, with_profession: caller.profession })}
        />
        <TextField {...field('with_affiliation')} required={form === 'startup'} maxLength={200} value={draft.with_affiliation} onChange={(value) => set({ with_affiliation: value })} />
      </div>
      <div className="row3 keep">
        <SelectField {...field('with_profession')} none={t('common:not_chosen')} options={options('profession', draft.with_profession)} value={draft.with_profession ?? ''} onChange={(value) => set({ with_profession: value || null })} />
        <NumberField {...field('minutes')} whole unit={t('activities:unit_minutes')} value={draft.minutes} onChange={(minutes) => set({ minutes })} />
        {words.hasPartner(draft.kind) && <TextField {...field('partner')} label={words.partnerLabel(draft.kind)} maxLength={200} value={draft.partner} onChange={(partner) => set({ partner })} />}
      </div>
      {pair && <TextArea {...field('agreement')} help={t('activities:field_help.agreement')} rows={2} maxLength={1000} value={draft.agreement} onChange={(agreement) => set({ agreement })} />}
      <TextArea {...field('outcome')} rows={2} maxLength={1000} value={draft.outcome} onChange={(outcome) => set({ outcome })} />
      <div className="row3">
        <DateField {...field('done_on')} label={t(registered ? 'activities:field.asked_on' : 'activities:field.done_on')} required value={draft.done_on} onChange={(day) => set({ done_on: day as string })} />
        {!registered && <TimeField {...field('started_at')} value={draft.started_at} onChange={(time) => set({ started_at: time })} />}
        {registered && settled && <DateField {...field('settled_on')} value={draft.settled_on} onChange={(day) => set({ settled_on: day })} />}
      </div>
      {registered && (
        <div className="row3">
          {pair && <DateField {...field('agreed_on')} value={draft.agreed_on} onChange={(day) => set({ agreed_on: day })} />}
          {(pair || form === 'startup') && <DateField {...field('begun_on')} label={words.begunLabel(draft.kind)} value={draft.begun_on} onChange={(day) => set({ begun_on: day })} />}
          <DateField {...field('follow_up_on')} lean="future" help={t('activities:field_help.follow_up_on')} value={draft.follow_up_on} onChange={(day) => set({ follow_up_on: day })} />
        </div>
      )}
      {consultation && !activity && (
        <div className="row3">
          <DateField {...field('next_on')} lean="future" value={draft.next_on} onChange={(day) => set({ next_on: day })} />
          <TextField {...field('next_note')} maxLength={200} value={draft.next_note} onChange={(note) => set({ next_note: note })} />
          <PersonField {...field('next_owner')} value={draft.next_owner} onChange={(owner) => set({ next_owner: owner })} />
        </div>
      )}
      {!consultation && !activity && <DeskField label={t('common:desk')} value={draft.desk_id} onChange={(desk_id) => set({ desk_id })} />}
      {(finalised || activity) && <TextField {...field('reason')} required={finalised} help={finalised ? t('activities:reason_help') : undefined} maxLength={400} value={draft.reason} onChange={(reason) => set({ reason })} />}
      <div className="acts">
        <Button onPress={giveUp}>{t('common:cancel')}</Button>
        <Button kind="primary" type="submit" keys={['Ctrl', 'Enter']}>
          {t('activities:save')}
        </Button>
      </div>
    </form>
  );
}
