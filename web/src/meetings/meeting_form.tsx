// The whole meeting as one form: when and where, agenda with discussion and decision, who was there, tasks, minutes.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { AgendaItem, Attendance, Body, ConsultationRow, FieldProblem, Meeting, MeetingText, Task } from '../api/types';
import { FormFrame } from '../records/form_frame';
import { WordsSearch } from '../records/list_screen';
import { PersonField, useIssueOptions, useMeasureOptions } from '../records/pickers';
import { readPage, useRefresh } from '../records/queries';
import { idOf, useRecordForm, type RecordForm } from '../records/record_form';
import { useNumber, useOptions } from '../records/words';
import { useNames, usePeople } from '../regions/regions';
import { Button } from '../ui/button';
import { Combo } from '../ui/combo';
import { DateField, TimeField, useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { SelectField, TextArea, TextField } from '../ui/field';
import { shortDate, today } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { tree } from './body_tree';
import { useMeetingWords } from './meeting_text';
import { taskSteps } from './task_steps';
import './meetings.css';

export type FirstItem = Pick<AgendaItem, 'title' | 'subject' | 'subject_id'>;

export function emptyMeeting(body: string, first?: FirstItem): MeetingText {
  return {
    body_id: body, title: '', held_on: today(), started_at: null, ended_at: null, place: '', form: null, state: 'planned', minutes: '',
    agenda: first ? [{ ...newItem(), ...first }] : [], attendance: [], tasks: [],
  };
}

function newItem(): AgendaItem {
  return { id: null, title: '', subject: 'other', subject_id: null, discussion: '', decision: '', outcome: null, subject_number: '' };
}

const hasOwner = (task: Task) => task.owner_id !== null || task.owner_name.trim() !== '';

export function MeetingForm({ meeting, bodies, initial }: { meeting?: Meeting; bodies: Body[]; initial: MeetingText }) {
  const { t } = useTranslation(['meetings', 'records', 'common']);
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const options = useOptions();
  const path = { path: { id: meeting?.id ?? '' } };
  const { say, label } = useMeetingWords(bodies);
  const form = useRecordForm<MeetingText, Meeting>({
    initial,
    version: meeting?.version,
    save: (text, version, once) =>
      meeting ? (ask(api.PUT('/api/meetings/{id}', { params: path, body: text, ...ifMatch(version) } as never)) as Promise<Meeting>) : ask(api.POST('/api/meetings', { body: text, ...onceOnly(once) })),
    reread: async () => {
      const now = await ask(api.GET('/api/meetings/{id}', { params: path }));
      return { text: now.text, version: now.version, byName: now.updated_by_name, at: now.updated_at };
    },
    check: (text) => {
      const problems: FieldProblem[] = [];
      const add = (pointer: string, reason: string) => problems.push({ pointer, reason } as FieldProblem);
      if (!text.body_id) add('/body_id', 'required');
      if (!text.held_on) add('/held_on', 'required');
      else if (text.state === 'held' && text.held_on > today()) add('/held_on', 'future');
      text.agenda.forEach((item, at) => {
        if (!item.title.trim()) add(`/agenda/${at}/title`, 'required');
        if (item.subject !== 'other' && !item.subject_id) add(`/agenda/${at}/subject_id`, 'required');
      });
      text.attendance.forEach((one, at) => one.name.trim() || add(`/attendance/${at}/name`, 'required'));
      text.tasks.forEach((one, at) => {
        const old = meeting?.text.tasks.find((other) => other.id !== null && other.id === one.id);
        if (!one.title.trim()) add(`/tasks/${at}/title`, 'required');
        // A task from before these were asked for may go on without them.
        if (!hasOwner(one) && (!old || hasOwner(old))) add(`/tasks/${at}/owner_name`, 'required');
        if (!one.due_on && (!old || old.due_on)) add(`/tasks/${at}/due_on`, 'required');
      });
      return problems;
    },
    label,
    onSaved: (saved) => {
      queries.setQueryData(['meetings', saved.id], saved);
      refresh('meetings', 'bodies', 'issues');
      toast(t(meeting ? 'records:saved' : 'records:registered'));
      void navigate({ to: '/meetings/$id', params: { id: saved.id } });
    },
  });
  const { text, change } = form;
  const field = (name: keyof MeetingText & string) => ({ id: idOf(name), label: label(name), error: form.error(name) });
  return (
    <FormFrame
      title={t(meeting ? 'meetings:edit' : 'meetings:new')}
      crumbs={[{ to: '/meetings', label: t('meetings:title') }]}
      form={form}
      save={t(meeting ? 'common:save' : 'meetings:register')}
      onCancel={() => void navigate(meeting ? { to: '/meetings/$id', params: { id: meeting.id } } : { to: '/meetings' })}
      say={say}
      fieldLabel={label}
    >
      <Section id="when" title={t('meetings:form.when')}>
        <div className="row2">
          <SelectField {...field('body_id')} required none={t('common:not_chosen')} options={tree(bodies).map((branch) => ({ value: branch.body.id, label: `${'　'.repeat(branch.depth)}${branch.body.text.name}` }))} value={text.body_id} onChange={(body) => change({ body_id: body })} />
          <TextField {...field('title')} help={t('meetings:form.title_help')} maxLength={200} value={text.title} onChange={(title) => change({ title })} />
        </div>
        <div className="row3">
          <DateField {...field('held_on')} required lean="future" value={text.held_on} onChange={(day) => change({ held_on: day ?? '' })} />
          <TimeField {...field('started_at')} value={text.started_at} onChange={(time) => change({ started_at: time })} />
          <TimeField {...field('ended_at')} value={text.ended_at} onChange={(time) => change({ ended_at: time })} />
        </div>
        <div className="row3">
          <TextField {...field('place')} maxLength={200} value={text.place} onChange={(place) => change({ place })} />
          <SelectField {...field('form')} none={t('common:not_chosen')} options={options('meeting_form', text.form)} value={text.form ?? ''} onChange={(value) => change({ form: value || null })} />
          <SelectField {...field('state')} options={['planned', 'held', 'cancelled'].map((state) => ({ value: state, label: t(`common:state.meeting.${state}`) }))} value={text.state} onChange={(state) => change({ state: state as MeetingText['state'] })} />
        </div>
      </Section>
      <Section id="agenda" title={t('meetings:field.agenda')}>
        <Agenda form={form} />
      </Section>
      <Section id="attendance" title={t('meetings:field.attendance')}>
        <Attendances form={form} />
      </Section>
      <Section id="tasks" title={t('meetings:field.tasks')}>
        <Tasks form={form} before={meeting?.text.tasks ?? []} />
      </Section>
      <Section id="minutes" title={t('meetings:field.minutes')}>
        <TextArea {...field('minutes')} hideLabel rows={8} maxLength={8000} help={t('meetings:form.minutes_help')} value={text.minutes} onChange={(minutes) => change({ minutes })} />
      </Section>
    </FormFrame>
  );
}

/** A list whose lines can be written, moved and taken away; each keeps its place in the page while it moves. */
function Lines<T>({ items, onChange, make, what, children }: { items: T[]; onChange: (items: T[]) => void; make: () => T; what: string; children: (item: T, at: number, set: (patch: Partial<T>) => void) => ReactNode }) {
  const { t } = useTranslation(['meetings', 'records']);
  const [keys, setKeys] = useState(() => items.map(() => crypto.randomUUID() as string));
  const keyed = keys.length === items.length ? keys : items.map((_, at) => keys[at] ?? `extra-${at}`);
  const put = (nextItems: T[], nextKeys: string[]) => {
    setKeys(nextKeys);
    onChange(nextItems);
  };
  const swap = (a: number, b: number) => {
    const [x, y] = [[...items], [...keyed]];
    [x[a], x[b]] = [x[b]!, x[a]!];
    [y[a], y[b]] = [y[b]!, y[a]!];
    put(x, y);
  };
  return (
    <>
      <ol className="rows edit">
        {items.map((item, at) => (
          <li key={keyed[at]}>
            <div className="row-h">
              <b>{t('meetings:nth', { what, count: at + 1 })}</b>
              {at > 0 && <Button kind="plain" small type="button" icon="up" aria-label={t('records:move_up', { what: t('meetings:nth', { what, count: at + 1 }) })} onPress={() => swap(at, at - 1)} />}
              {at < items.length - 1 && <Button kind="plain" small type="button" icon="down" aria-label={t('records:move_down', { what: t('meetings:nth', { what, count: at + 1 }) })} onPress={() => swap(at, at + 1)} />}
              <Button kind="plain" small type="button" icon="x" onPress={() => put(items.filter((_, index) => index !== at), keyed.filter((_, index) => index !== at))}>
                {t('records:remove_row', { what })}
              </Button>
            </div>
            {children(item, at, (patch) => onChange(items.map((one, index) => (index === at ? { ...one, ...patch } : one))))}
          </li>
        ))}
      </ol>
      <p className="add-row">
        <Button small type="button" icon="plus" onPress={() => put([...items, make()], [...keyed, crypto.randomUUID()])}>
          {t('records:add_row', { what })}
        </Button>
      </p>
    </>
  );
}

type Form = RecordForm<MeetingText>;

function Agenda({ form }: { form: Form }) {
  const { t } = useTranslation(['meetings', 'common']);
  const options = useOptions();
  const issues = useIssueOptions();
  const measures = useMeasureOptions();
  return (
    <Lines items={form.text.agenda} onChange={(agenda) => form.change({ agenda })} make={newItem} what={t('meetings:agenda.one')}>
      {(item, at, set) => (
        <>
          <div className="row2">
            <SelectField
              id={idOf('agenda', at, 'subject')}
              label={t('meetings:agenda.subject')}
              options={(['issue', 'consultation', 'measure', 'other'] as const).map((subject) => ({ value: subject, label: t(`meetings:agenda.subject_${subject}`) }))}
              value={item.subject}
              onChange={(subject) => set({ subject: subject as AgendaItem['subject'], subject_id: null, subject_number: '' })}
              error={form.error('agenda', at, 'subject')}
            />
            {item.subject === 'issue' && (
              <Combo
                id={idOf('agenda', at, 'subject_id')}
                label={t('meetings:agenda.subject_issue')}
                required
                options={issues}
                value={item.subject_id}
                onChange={(id) => set({ subject_id: id, title: item.title || (issues.find((one) => one.value === id)?.label.replace(/^\S+ /, '') ?? '') })}
                error={form.error('agenda', at, 'subject_id')}
              />
            )}
            {item.subject === 'measure' && (
              <Combo id={idOf('agenda', at, 'subject_id')} label={t('meetings:agenda.subject_measure')} required options={measures} value={item.subject_id} onChange={(id) => set({ subject_id: id, title: item.title || (measures.find((one) => one.value === id)?.label ?? '') })} error={form.error('agenda', at, 'subject_id')} />
            )}
            {item.subject === 'consultation' && <CaseField id={idOf('agenda', at, 'subject_id')} item={item} onChange={set} error={form.error('agenda', at, 'subject_id')} />}
          </div>
          <TextField id={idOf('agenda', at, 'title')} label={t('meetings:agenda.title')} required maxLength={200} value={item.title} onChange={(title) => set({ title })} error={form.error('agenda', at, 'title')} />
          <TextArea id={idOf('agenda', at, 'discussion')} label={t('meetings:agenda.discussion')} maxLength={4000} value={item.discussion} onChange={(discussion) => set({ discussion })} error={form.error('agenda', at, 'discussion')} />
          <div className="row2 wide-first">
            <TextArea id={idOf('agenda', at, 'decision')} label={t('meetings:agenda.decision')} rows={2} maxLength={2000} value={item.decision} onChange={(decision) => set({ decision })} error={form.error('agenda', at, 'decision')} />
            <SelectField id={idOf('agenda', at, 'outcome')} label={t('meetings:agenda.outcome')} none={t('common:not_chosen')} options={options('agenda_outcome', item.outcome)} value={item.outcome ?? ''} onChange={(outcome) => set({ outcome: outcome || null })} error={form.error('agenda', at, 'outcome')} />
          </div>
        </>
      )}
    </Lines>
  );
}

/** A case is looked up by number or words. */
function CaseField({ id, item, onChange, error }: { id: string; item: AgendaItem; onChange: (patch: Partial<AgendaItem>) => void; error?: string }) {
  const { t } = useTranslation(['meetings', 'common']);
  const number = useNumber();
  const language = useDateLanguage();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const hits = useQuery({ queryKey: ['consultations', 'pick', words], queryFn: () => readPage<ConsultationRow>('/api/consultations', { words, limit: '12' }), enabled: words.length > 0 });
  const rows = (hits.data?.items ?? []).filter((row) => row.state !== 'draft');
  return (
    <div className="f">
      <span className="lab">{t('meetings:agenda.subject_consultation')}</span>
      <div className="in-unit">
        <Button id={id} type="button" onPress={() => setOpen(true)} aria-describedby={error ? `${id}-error` : undefined}>
          {item.subject_id ? number('consultation', item.subject_number) || t('meetings:agenda.case_chosen') : t('meetings:agenda.choose_case')}
        </Button>
      </div>
      {error && (
        <p className="err" id={`${id}-error`}>
          {error}
        </p>
      )}
      {open && (
        <Dialog title={t('meetings:agenda.choose_case')} onClose={() => setOpen(false)} large actions={<Button onPress={() => setOpen(false)}>{t('common:cancel')}</Button>}>
          <WordsSearch label={t('meetings:agenda.find_case')} words={words} onSearch={setWords} />
          <ProblemNotice error={hits.error} />
          {words && hits.data && rows.length === 0 && <p className="note">{t('common:nothing_found')}</p>}
          <ul className="line-list">
            {rows.map((row) => (
              <li key={row.id}>
                <Button
                  small
                  onPress={() => {
                    onChange({ subject_id: row.id, subject_number: row.number, title: item.title || row.subject });
                    setOpen(false);
                  }}
                >
                  {row.number}
                </Button>
                <span>{row.subject}</span>
                <span className="end">{shortDate(row.received_on, language)}</span>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </div>
  );
}

function Attendances({ form }: { form: Form }) {
  const { t } = useTranslation(['meetings', 'common']);
  const options = useOptions();
  const people = usePeople();
  const make = (): Attendance => ({ name: '', affiliation: '', category: null, user_id: null, attended: true });
  return (
    <Lines items={form.text.attendance} onChange={(attendance) => form.change({ attendance })} make={make} what={t('meetings:attendance.one')}>
      {(one, at, set) => (
        <>
          <div className="row2">
            <PersonField
              id={idOf('attendance', at, 'user_id')}
              label={t('meetings:attendance.user')}
              help={t('meetings:attendance.user_help')}
              value={one.user_id}
              onChange={(user) => set({ user_id: user, ...(user ? { name: people.find((person) => person.id === user)?.name ?? one.name } : {}) })}
              error={form.error('attendance', at, 'user_id')}
            />
            <TextField id={idOf('attendance', at, 'name')} label={t('meetings:attendance.name')} required maxLength={100} value={one.name} onChange={(name) => set({ name })} error={form.error('attendance', at, 'name')} />
          </div>
          <div className="row3">
            <TextField id={idOf('attendance', at, 'affiliation')} label={t('meetings:attendance.affiliation')} maxLength={200} value={one.affiliation} onChange={(affiliation) => set({ affiliation })} error={form.error('attendance', at, 'affiliation')} />
            <SelectField id={idOf('attendance', at, 'category')} label={t('meetings:attendance.category')} none={t('common:not_chosen')} options={options('member_category', one.category)} value={one.category ?? ''} onChange={(category) => set({ category: category || null })} error={form.error('attendance', at, 'category')} />
            <fieldset className="f">
              <legend>{t('meetings:attendance.attended')}</legend>
              <label className="opt">
                <input type="checkbox" checked={one.attended} onChange={(event) => set({ attended: event.target.checked })} />
                {t('meetings:attendance.yes')}
              </label>
            </fieldset>
          </div>
        </>
      )}
    </Lines>
  );
}

function Tasks({ form, before }: { form: Form; before: Task[] }) {
  const { t } = useTranslation(['meetings', 'common']);
  const names = useNames();
  const make = (): Task => ({ id: null, title: '', owner_name: '', owner_id: null, due_on: null, state: 'todo' });
  return (
    <Lines items={form.text.tasks} onChange={(tasks) => form.change({ tasks })} make={make} what={t('meetings:task.one')}>
      {(task, at, set) => {
        const old = before.find((one) => one.id !== null && one.id === task.id)?.state;
        const states = old ? [old, ...taskSteps[old]] : (['todo', 'doing', 'done'] as const);
        return (
          <>
            <TextField id={idOf('tasks', at, 'title')} label={t('meetings:task.title')} required maxLength={300} value={task.title} onChange={(title) => set({ title })} error={form.error('tasks', at, 'title')} />
            <div className="row2">
              <PersonField id={idOf('tasks', at, 'owner_id')} label={t('meetings:task.owner_id')} value={task.owner_id} onChange={(owner) => set({ owner_id: owner, ...(owner ? { owner_name: names.person(owner) } : {}) })} error={form.error('tasks', at, 'owner_id')} />
              <TextField id={idOf('tasks', at, 'owner_name')} label={t('meetings:task.owner_name')} required help={t('meetings:task.owner_help')} maxLength={100} value={task.owner_name} onChange={(name) => set({ owner_name: name })} error={form.error('tasks', at, 'owner_name')} />
            </div>
            <div className="row2">
              <DateField id={idOf('tasks', at, 'due_on')} label={t('meetings:task.due_on')} required lean="future" value={task.due_on} onChange={(day) => set({ due_on: day })} error={form.error('tasks', at, 'due_on')} />
              <SelectField id={idOf('tasks', at, 'state')} label={t('meetings:state')} options={states.map((state) => ({ value: state, label: t(`common:state.task.${state}`) }))} value={task.state} onChange={(state) => set({ state: state as Task['state'] })} error={form.error('tasks', at, 'state')} />
            </div>
          </>
        );
      }}
    </Lines>
  );
}
