import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Consultation, ConsultationSheet } from '../api/types';
import { useKeys } from '../app/keys';
import { usePacks, useWords } from '../packs/codes';
import { ClashScreen } from '../records/clash_screen';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { ErrorSummary, type FormError } from '../ui/error_summary';
import { TextArea } from '../ui/field';
import { Icon } from '../ui/icon';
import { inJapan, minutesBetween, shortDate, timeNow, today } from '../ui/japanese_date';
import { useTitle } from '../ui/page';
import { formErrors, ProblemNotice } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';
import { SaveState } from '../ui/save_state';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { IntakeForm } from './intake_form';
import { IntakeRail } from './intake_rail';
import { completeSheet, isEmpty, sheetFields, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';
import { useIntake } from './use_intake';
import './intake.css';

export default function IntakePage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  return <Intake key={id ?? 'new'} id={id} />;
}

function Intake({ id }: { id: string | undefined }) {
  const { t } = useTranslation(['consultations', 'records', 'problems']);
  const navigate = useNavigate();
  const toast = useToast();
  const packs = usePacks();
  const words = useWords();
  const names = useNames();
  const { label, value } = useSheetWords();
  const intake = useIntake(id);
  const { sheet, mode, consultation } = intake;
  const [errors, setErrors] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [askReason, setAskReason] = useState(false);
  const [askDelete, setAskDelete] = useState(false);

  const form = useMemo(() => new Map((packs?.sheet.fields ?? []).map((field) => [field.field, field.required])), [packs]);
  const has = (field: SheetField) => form.size === 0 || form.has(field) || !isEmpty(sheet[field]);
  const required = (field: SheetField) => form.get(field) ?? false;
  const messages = Object.fromEntries(errors.map((error) => [error.id.replace(/^f-/, ''), error.message]));

  const title = mode === 'new' || mode === 'draft' ? t('consultations:form.title_new') : mode === 'correction' ? t('consultations:form.title_correction') : t('consultations:form.title_edit');
  useTitle(consultation?.number ? `${consultation.number} ${title}` : title);

  const show = (list: FormError[]) => {
    setErrors(list);
    setAttempt((before) => before + 1);
  };
  const missing = (text: ConsultationSheet): FormError[] => [
    ...unreadable(),
    ...[...form].filter(([field, needed]) => needed && isEmpty(text[field as SheetField])).map(([field]) => ({ id: `f-${field}`, label: label(field), message: t(['line', 'text', 'date'].includes(sheetFields[field as SheetField].kind) ? 'problems:field.required' : 'problems:field.choose') })),
  ];

  /** The end of the call is stamped when it was not written. */
  const finished = (): ConsultationSheet => (isToday(sheet) && sheet.started_at && !sheet.ended_at && mode !== 'open' && mode !== 'correction' ? { ...sheet, ended_at: timeNow() } : sheet);

  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    intake.setError(null);
    try {
      await work();
    } catch (problem) {
      if (problem instanceof ProblemError && problem.fields.length > 0) show(formErrors(t as never, problem.fields, (field) => (label(field).startsWith('field.') ? undefined : label(field))));
      else intake.setError(problem);
    } finally {
      setBusy(false);
    }
  };

  const leave = async (record: Consultation, text: string) => {
    intake.done();
    toast(text);
    void navigate({ to: '/consultations/$id', params: { id: record.id } });
  };

  const register = (hold: boolean) =>
    run(async () => {
      const text = finished();
      const empty = missing(text);
      if (empty.length > 0) {
        show(empty);
        return;
      }
      show([]);
      let record: Consultation | undefined;
      if (mode === 'new' && !consultation) record = await intake.registerNew(text);
      else {
        if (text !== sheet) intake.change(text);
        record = await intake.flush();
        if (record?.state === 'draft') record = await intake.setState(record, 'open');
      }
      if (!record) return;
      if (hold) record = await intake.setState(record, 'on_hold');
      await leave(record, t(hold ? 'consultations:form.held' : 'consultations:form.registered', { number: record.number }));
    });

  const save = () =>
    run(async () => {
      const empty = missing(sheet);
      show(empty);
      if (empty.length > 0) return;
      if (mode === 'correction') {
        setAskReason(true);
        return;
      }
      const record = await intake.flush();
      if (record) await leave(record, t('consultations:form.saved'));
    });

  const closeDraft = () =>
    run(async () => {
      await intake.flush();
      if (intake.saving.kind !== 'kept' && intake.saving.kind !== 'failed') intake.done();
      void navigate({ to: '/consultations' });
    });

  const main = mode === 'new' || mode === 'draft' ? () => void register(false) : () => void save();
  const focusRequest = () => document.getElementById('f-request')?.focus();
  useKeys([
    { key: 'Ctrl+Enter', label: mode === 'new' || mode === 'draft' ? t('consultations:form.register') : t('common:save'), run: main },
    { key: 'Alt+s', label: t('consultations:form.stamp_start'), run: () => intake.change({ started_at: timeNow() }) },
    { key: 'Alt+t', label: t('consultations:form.stamp_end'), run: () => intake.change({ ended_at: timeNow() }) },
    { key: 'Alt+r', label: t('consultations:form.to_request'), run: focusRequest },
    { key: '1 … 9', label: t('consultations:form.number_keys') },
  ]);

  useEffect(() => {
    if (intake.ready && !id) document.querySelector<HTMLInputElement>('#f-kind')?.focus();
  }, [intake.ready, id]);

  if (!intake.ready || !packs) return intake.error ? <ProblemNotice error={intake.error} /> : <Skeleton lines={14} />;

  const isDraft = mode === 'new' || mode === 'draft';
  const mainButton = (short: boolean) => (
    <Button kind="primary" onPress={main} keys={short ? undefined : ['Ctrl', 'Enter']}>
      {isDraft ? t('consultations:form.register') : mode === 'correction' ? t('consultations:form.correct') : t('consultations:form.save_changes')}
    </Button>
  );

  return (
    <div className="intake">
      <div className="title intake-top">
        <h1>{title}</h1>
        {consultation?.number && <b className="n">{consultation.number}</b>}
        {consultation && <StateChip kind="consultation" state={consultation.state} />}
        {isDraft && <CallTimer sheet={sheet} />}
        <div className="acts">
          <SaveState saving={intake.saving} />
          {isDraft ? (
            <>
              <Button kind="plain" small onPress={() => void closeDraft()}>
                {t('consultations:form.close_draft')}
              </Button>
              <Button onPress={() => void register(true)}>{t('consultations:form.hold')}</Button>
            </>
          ) : (
            <Button
              onPress={() => {
                intake.done();
                void navigate({ to: '/consultations/$id', params: { id: consultation!.id } });
              }}
            >
              {t('consultations:form.leave_unsaved')}
            </Button>
          )}
          {mainButton(false)}
        </div>
      </div>

      {intake.restoredAt && (
        <div className="notice info wide-notice" role="status">
          <p>{t('consultations:form.restored', { day: shortDate(inJapan(intake.restoredAt).date), time: inJapan(intake.restoredAt).time })}</p>
          <div className="acts">
            <Button small onPress={intake.discardRestored}>
              {t('consultations:form.discard_restored')}
            </Button>
          </div>
        </div>
      )}
      {mode === 'new' && intake.others.length > 0 && (
        <div className="notice info wide-notice">
          <p>{t('consultations:form.others')}</p>
          <div className="acts">
            {intake.others.map((draft) => (
              <Button key={draft.key} small onPress={() => intake.restore(draft)}>
                {t('consultations:form.continue_draft', { what: draft.text.subject || draft.text.caller_name || draft.text.request.slice(0, 20), time: inJapan(draft.keptAt).time })}
              </Button>
            ))}
          </div>
        </div>
      )}
      {intake.conflict && (
        <ClashScreen
          key={intake.conflict.theirs.version}
          byName={intake.conflict.theirs.updated_by_name}
          at={intake.conflict.theirs.updated_at}
          theirs={completeSheet(intake.conflict.theirs.sheet)}
          merged={intake.conflict.merged}
          fields={intake.conflict.fields}
          say={value}
          label={label}
          goOn={t('records:clash.go_on')}
          onResolve={intake.resolve}
        />
      )}
      {Boolean(intake.error) && (
        <div className="wide-notice">
          <ProblemNotice error={intake.error} />
        </div>
      )}
      {errors.length > 0 && (
        <div className="wide-notice">
          <ErrorSummary errors={errors} attempt={attempt} />
        </div>
      )}

      <form className="form" aria-label={words(packs.sheet.title)} onSubmit={(event) => event.preventDefault()} noValidate>
        <IntakeForm sheet={sheet} change={intake.change} has={has} required={required} errors={messages} isNew={mode === 'new'} deskId={intake.deskId} onDesk={consultation ? undefined : intake.chooseDesk} />
        <section className="sec" aria-label={t('consultations:form.form_itself')}>
          <div className="row3">
            <p className="f sm">
              <span className="sub">{t('consultations:form.duration')}</span>
              <br />
              {sheet.started_at && sheet.ended_at ? t('consultations:form.minutes', { count: minutesBetween(sheet.started_at, sheet.ended_at) }) : t('consultations:form.duration_later')}
            </p>
            <p className="f sm">
              <span className="sub">{t('consultations:field.desk_id')}</span>
              <br />
              {names.desk(intake.deskId)}
            </p>
            <p className="f sm">
              <span className="sub">{t('consultations:form.form_itself')}</span>
              <br />
              {words(packs.sheet.title)} {words(packs.sheet.form_number)}
            </p>
          </div>
          {mode === 'draft' && (
            <p className="f">
              <Button kind="plain" small onPress={() => setAskDelete(true)}>
                {t('consultations:form.delete_draft')}
              </Button>
            </p>
          )}
        </section>
      </form>
      <IntakeRail sheet={sheet} has={has} ownId={consultation?.id ?? null} />
      <div className="acts-bar">
        <SaveState saving={intake.saving} />
        {mainButton(true)}
      </div>

      {askReason && (
        <ReasonDialog
          onClose={() => setAskReason(false)}
          onGo={(reason) =>
            void run(async () => {
              setAskReason(false);
              const record = await intake.correct(reason);
              if (record) await leave(record, t('consultations:form.corrected'));
            })
          }
        />
      )}
      {askDelete && (
        <Dialog
          title={t('consultations:form.delete_draft')}
          onClose={() => setAskDelete(false)}
          actions={
            <>
              <Button onPress={() => setAskDelete(false)}>{t('common:cancel')}</Button>
              <Button
                kind="danger"
                onPress={() =>
                  void run(async () => {
                    await ask(api.DELETE('/api/consultations/{id}', { params: { path: { id: consultation!.id } }, headers: { 'If-Match': `"${consultation!.version}"` } }));
                    intake.done();
                    toast(t('consultations:form.deleted'));
                    void navigate({ to: '/consultations' });
                  })
                }
              >
                {t('consultations:form.delete_draft')}
              </Button>
            </>
          }
        >
          <p>{t('consultations:form.delete_what')}</p>
        </Dialog>
      )}
    </div>
  );
}

function isToday(sheet: ConsultationSheet): boolean {
  return sheet.received_on === today();
}

/** How long the call has lasted; it moves once a minute and nothing else does. */
function CallTimer({ sheet }: { sheet: ConsultationSheet }) {
  const { t } = useTranslation('consultations');
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!isToday(sheet) || !sheet.started_at || sheet.ended_at) return null;
  return (
    <span className="st chip">
      <Icon name="phone" />
      {t('form.since', { count: minutesBetween(sheet.started_at, timeNow()) })}
    </span>
  );
}

function ReasonDialog({ onClose, onGo }: { onClose: () => void; onGo: (reason: string) => void }) {
  const { t } = useTranslation('consultations');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <Dialog
      title={t('form.correct')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => (reason.trim() ? onGo(reason.trim()) : setTried(true))}>
            {t('form.correct')}
          </Button>
        </>
      }
    >
      <p>{t('form.correct_what')}</p>
      <TextArea id="f-reason" label={t('field.reason')} required value={reason} onChange={setReason} maxLength={400} error={tried && !reason.trim() ? t('form.write_reason') : undefined} />
    </Dialog>
  );
}
