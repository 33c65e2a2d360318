import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Discharge, FieldProblem, FormDefinition, FormField, Person, WrittenForm } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { consultationQuery } from '../consultations/queries';
import { useCodes, useWords } from '../packs/codes';
import { LeavingDialog } from '../records/form_frame';
import { PageProblem } from '../records/page_problem';
import { Button } from '../ui/button';
import { ChoiceList } from '../ui/choice_list';
import { DateField } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { ErrorSummary } from '../ui/error_summary';
import { TextArea, TextField } from '../ui/field';
import { today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { filledWith, fromList, merged, toList, type Answers } from './form_answers';
import { handOver, OpenedForm, readForm, useReason } from './opened_form';
import { definitionsQuery, dischargeQuery, formHeadQuery } from './queries';
import './discharges.css';

/** New: ?form=&discharge= or ?form=&consultation=. Existing: a new version of it. What stands here identifies somebody, so nothing is kept in the browser. */
export default function FormEdit() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as Search;
  const definitions = useQuery(definitionsQuery);
  const head = useQuery({ ...formHeadQuery(id ?? ''), enabled: !!id });
  const words = useWords();
  const of = id ? head.data?.discharge_id : search.discharge;
  const about = useQuery({ ...dischargeQuery(of ?? ''), enabled: !!of });
  const error = definitions.error ?? head.error ?? about.error;
  if (error) return <PageProblem error={error} />;
  if (!definitions.data || (id && !head.data) || (of && !about.data)) return <Skeleton lines={14} />;
  const definition = definitions.data.find((one) => one.code === (head.data?.form ?? search.form));
  if (!definition) return <NoForm />;
  const shared = { definition, discharge: about.data, consultation: head.data?.consultation_id ?? about.data?.consultation_id ?? search.consultation };
  if (!head.data) return <Edit key="new" {...shared} written={undefined} />;
  return (
    <OpenedForm key={id} head={head.data} title={words(definition.label)}>
      {(form) => <Edit {...shared} written={form} />}
    </OpenedForm>
  );
}

function NoForm() {
  const { t } = useTranslation('discharges');
  return <p className="notice">{t('forms.no_such')}</p>;
}

interface Props {
  definition: FormDefinition;
  written: WrittenForm | undefined;
  discharge: Discharge | undefined;
  consultation: string | undefined;
}

function Edit({ definition, written, discharge, consultation }: Props) {
  const { t } = useTranslation(['discharges', 'records', 'common']);
  const { t: problems } = useTranslation('problems');
  const words = useWords();
  const codes = useCodes();
  const may = useMay();
  const navigate = useNavigate();
  const toast = useToast();
  const queries = useQueryClient();
  const known = { discharge, destination: (code: string | null) => codes.label('discharge_destination', code) };
  const [base, setBase] = useState(() => ({ answers: written ? fromList(written.text.answers) : {}, version: written?.version ?? 0, day: written?.text.written_on ?? '' }));
  const [answers, setAnswers] = useState<Answers>(() => (written ? fromList(written.text.answers) : filledWith(definition, {}, known)));
  const [day, setDay] = useState<string | null>(written?.text.written_on ?? today());
  const [reason, setReason] = useState('');
  const [id, setId] = useState(written?.id);
  const [once] = useState(() => crypto.randomUUID());
  const [asking, setAsking] = useState(false);
  const [faults, setFaults] = useState<FieldProblem[]>([]);
  const [unread, setUnread] = useState<ReturnType<typeof unreadable>>([]);
  const [attempt, setAttempt] = useState(0);
  const [overtaken, setOvertaken] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [openedFor, keepReason] = useReason(consultation ?? discharge?.id ?? '');
  // A new form goes on at its own address once it is there.
  const [saved, setSaved] = useState((useSearch({ strict: false }) as Search).saved ? 1 : 0);
  const about = useQuery({ ...consultationQuery(consultation ?? ''), enabled: !!consultation }).data;
  const dirty = JSON.stringify(toList(definition, answers)) !== JSON.stringify(toList(definition, base.answers)) || (id !== undefined && day !== base.day);
  const blocker = useBlocker({ shouldBlockFn: () => dirty && !busy, enableBeforeUnload: () => dirty, withResolver: true });
  const set = (field: string, value: string | string[]) => setAnswers((before) => ({ ...before, [field]: value }));
  const back = () => (discharge ? void navigate({ to: '/discharges/$id', params: { id: discharge.id } }) : void navigate({ to: '/consultations/$id', params: { id: consultation! } }));

  const catchUp = async (of: string, why: string) => {
    const now = await readForm(of, why);
    const theirs = fromList(now.text.answers);
    setAnswers(merged(base.answers, answers, theirs));
    setBase({ answers: theirs, version: now.version, day: now.text.written_on });
    setOvertaken(true);
  };
  const save = async (leave: boolean) => {
    if (busy) return;
    const unclear = unreadable();
    const missing: FieldProblem[] = day ? [] : [{ pointer: '/text/written_on', reason: 'required', limit: '' }];
    setUnread(unclear);
    setFaults(missing);
    setAttempt((times) => times + 1);
    if (unclear.length + missing.length > 0) return;
    setBusy(true);
    setProblem(null);
    setOvertaken(false);
    const list = toList(definition, answers);
    const text = { written_on: day, answers: list };
    try {
      const now = (await ask(
        id
          ? api.PUT('/api/discharge-forms/{id}', { params: { path: { id } }, body: { text, reason }, ...ifMatch(base.version) } as never)
          : api.POST('/api/discharge-forms', { body: { form: definition.code, discharge_id: discharge?.id ?? null, consultation_id: discharge ? null : (consultation ?? null), text }, ...onceOnly(once) } as never),
      )) as WrittenForm;
      setId(now.id);
      setBase({ answers: fromList(now.text.answers), version: now.version, day: now.text.written_on });
      setReason('');
      setSaved((times) => times + 1);
      void queries.invalidateQueries({ queryKey: ['discharge-forms'] });
      toast(t('records:saved'));
      if (leave) void navigate({ to: '/discharge-forms/$id', params: { id: now.id }, ignoreBlocker: true });
      else if (!id) {
        handOver(now);
        void navigate({ to: '/discharge-forms/$id/edit', params: { id: now.id }, search: { saved: 'true' }, replace: true, resetScroll: false, ignoreBlocker: true });
      }
    } catch (error) {
      if (error instanceof ProblemError && error.reason === 'stale' && id && openedFor) {
        try {
          await catchUp(id, openedFor);
        } catch (again) {
          setProblem(again);
        }
      } else if (error instanceof ProblemError && error.fields.length > 0) {
        setFaults(error.fields.map((one) => ({ ...one, pointer: one.pointer.replace(/\/answers\/(\d+)\/.*/, (_, at: string) => `/${list[Number(at)]?.field ?? at}`) })));
        setAttempt((times) => times + 1);
      } else setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  useKeys([{ key: 'Ctrl+Enter', label: t('common:save'), run: () => void save(false) }]);
  const wrong = (field: string) => {
    const hit = faults.find((one) => one.pointer.split('/').at(-1) === field);
    return hit && fieldMessage(problems, hit);
  };
  const labelOf = (code: string) => words(definition.sections.flatMap((section) => section.fields).find((field) => field.code === code)?.label) || t('forms.written_on');
  const errors = [...unread, ...faults.map((one) => ({ id: `f-${one.pointer.split('/').at(-1)}`, label: labelOf(one.pointer.split('/').at(-1) ?? ''), message: fieldMessage(problems, one) }))];
  const title = words(definition.label);
  return (
    <form
      className="record-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <PageTitle title={title} crumbs={discharge ? [{ to: '/discharges', label: t('title') }, { to: `/discharges/${discharge.id}`, label: discharge.text.subject }] : [{ to: `/consultations/${consultation}`, label: about?.number ?? t('field.consultation') }]} />
      <p className="note">{t('forms.edit_what', { source: words(definition.source) })}</p>
      <ErrorSummary errors={errors} attempt={attempt} />
      <ProblemNotice error={problem} />
      {overtaken && (
        <p className="notice" role="alert">
          {t('forms.overtaken')}
        </p>
      )}
      <nav className="form-nav no-print" aria-label={t('forms.sections')}>
        {definition.sections.map((section) => (
          <a key={section.code} href={`#${section.code}`}>
            {words(section.label)}
          </a>
        ))}
      </nav>
      <div className="row2">
        <DateField id="f-written_on" label={t('forms.written_on')} required help={t('forms.written_on_help')} error={wrong('written_on')} value={day} onChange={setDay} />
        {id ? <TextField id="f-reason" label={t('forms.reason')} maxLength={400} value={reason} onChange={setReason} /> : <span />}
      </div>
      {about?.has_person && may('persons.read') && (
        <p className="f no-print">
          <Button icon="lock" onPress={() => setAsking(true)}>
            {t('forms.take_person')}
          </Button>
        </p>
      )}
      {definition.sections.map((section) => (
        <Section key={section.code} id={section.code} title={words(section.label)}>
          <div className="form-fields">
            {section.fields.map((field) => (
              <div key={field.code} className={field.wide || field.kind === 'choices' ? 'wide' : undefined}>
                <OneField field={field} value={answers[field.code]} error={wrong(field.code)} onChange={(value) => set(field.code, value)} />
              </div>
            ))}
          </div>
          <p className="line-acts no-print">
            <Button small onPress={() => void save(false)}>
              {t('forms.save_section')}
            </Button>
          </p>
        </Section>
      ))}
      <div className="form-bar no-print">
        <span className="save sub" role="status">
          {dirty ? t('forms.unsaved') : saved > 0 ? t('forms.saved_version', { version: base.version }) : ''}
        </span>
        <Button type="button" onPress={back}>
          {t('common:cancel')}
        </Button>
        <Button kind="primary" type="button" keys={['Ctrl', 'Enter']} onPress={() => void save(true)}>
          {t('forms.save_and_print')}
        </Button>
      </div>
      {asking && consultation && (
        <PersonDialog
          consultation={consultation}
          onClose={() => setAsking(false)}
          onRead={(person, why) => {
            keepReason(why);
            setAnswers((before) => filledWith(definition, before, { ...known, person }));
            setAsking(false);
            toast(t('forms.person_taken'));
          }}
        />
      )}
      {blocker.status === 'blocked' && <LeavingDialog leaving={{ stay: () => blocker.reset(), go: () => blocker.proceed() }} />}
    </form>
  );
}

function OneField({ field, value, error, onChange }: { field: FormField; value: string | string[] | undefined; error: string | undefined; onChange: (value: string | string[]) => void }) {
  const words = useWords();
  const shared = { id: `f-${field.code}`, label: [words(field.label), field.unit && `(${field.unit})`].filter(Boolean).join(' '), help: field.help ? words(field.help) : undefined, error };
  const text = typeof value === 'string' ? value : '';
  const chosen = typeof value === 'string' || value === undefined ? [] : value;
  const choices = field.options.map((option) => ({ value: option.code, label: words(option.label) }));
  const columns = field.wide || field.kind === 'choices' ? 4 : 2;
  if (field.kind === 'choices') return <ChoiceList {...shared} many columns={columns} choices={choices} value={chosen} onChange={onChange} />;
  if (field.kind === 'choice') return <ChoiceList {...shared} columns={columns} choices={choices} value={chosen[0] ?? null} onChange={(code) => onChange(code ? [code] : [])} />;
  if (field.kind === 'day') return <DateField {...shared} value={text || null} onChange={(day) => onChange(day ?? '')} />;
  if (field.kind === 'text') return <TextArea {...shared} maxLength={2000} value={text} onChange={onChange} />;
  return <TextField {...shared} maxLength={200} inputMode={field.kind === 'number' ? 'decimal' : undefined} value={text} onChange={onChange} />;
}

/** The person of the case is read for a reason that the audit keeps; what is empty in the form takes it over. */
function PersonDialog({ consultation, onRead, onClose }: { consultation: string; onRead: (person: Person, reason: string) => void; onClose: () => void }) {
  const { t } = useTranslation(['discharges', 'problems', 'common']);
  const [reason, setReason] = useState(() => t('discharges:forms.reason_first'));
  const [error, setError] = useState<unknown>(null);
  const read = async () => {
    if (!reason.trim()) {
      document.getElementById('f-person-reason')?.focus();
      return;
    }
    try {
      onRead(await ask(api.POST('/api/consultations/{id}/person-readings', { params: { path: { id: consultation } }, body: { reason: reason.trim() } })), reason.trim());
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Dialog
      title={t('discharges:forms.take_person')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void read()}>
            {t('discharges:forms.take')}
          </Button>
        </>
      }
    >
      <p>{t('discharges:forms.take_what')}</p>
      <TextField id="f-person-reason" label={t('discharges:forms.person_reason')} required maxLength={200} value={reason} onChange={setReason} error={reason.trim() ? undefined : t('problems:field.required')} />
      <ProblemNotice error={error} />
    </Dialog>
  );
}
