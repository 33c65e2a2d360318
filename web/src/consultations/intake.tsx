import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Consultation, ConsultationSheet } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { usePacks, useWords } from '../packs/codes';
import { TermHelp, textsAtFocus } from '../knowledge/term_help';
import { ClashScreen } from '../records/clash_screen';
import { phraseFields } from '../phrases/queries';
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
import { useMedia } from '../ui/media';
import { useToast } from '../ui/toast';
import { BegunStrip } from './begun_strip';
import { CodePalette } from './code_palette';
import { IntakeForm } from './intake_form';
import { IntakeRail } from './intake_rail';
import { SuggestionList } from './suggestions';
import { cursorPlace, PhrasePalette, type CursorPlace } from './phrase_palette';
import { completeSheet, isEmpty, sheetFields, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';
import { useIntake } from './use_intake';
import './intake.css';

interface Opened {
  draft: string | undefined;
  /** The sheet kept in this browser that is open, and the one that is asked for next. */
  kept?: string;
  wanted?: string;
  /** The draft that the new sheet has become: the address will say so. */
  became?: string;
  /** Another sheet is another component: nothing of the one before is left in it. */
  key: number;
}

/** One sheet at a time of those that lie open; it stays the same one while it turns from a new sheet into a draft. */
export default function IntakePage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const { draft } = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const [opened, setOpened] = useState<Opened>({ draft, key: 0 });
  if (opened.draft !== draft) {
    const same = draft !== undefined && draft === opened.became;
    setOpened(same ? { ...opened, draft } : { draft, kept: draft ? undefined : opened.wanted, key: opened.key + 1 });
  }
  const onBecame = useCallback((record: string) => setOpened((before) => ({ ...before, became: record })), []);
  const another = useCallback(
    (kept?: string) => {
      setOpened((before) => (before.draft === undefined ? { draft: undefined, kept, key: before.key + 1 } : { ...before, wanted: kept }));
      void navigate({ to: '/consultations/new', search: {} });
    },
    [navigate],
  );
  return <Intake key={id ?? opened.key} id={id} draft={draft} kept={opened.kept} onBecame={onBecame} onAnother={another} />;
}

interface Props {
  id: string | undefined;
  draft: string | undefined;
  kept: string | undefined;
  onBecame: (id: string) => void;
  /** A further new sheet, or the one kept in this browser under that name. */
  onAnother: (kept?: string) => void;
}

function Intake({ id, draft, kept, onBecame, onAnother }: Props) {
  const { t } = useTranslation(['consultations', 'records', 'problems']);
  const navigate = useNavigate();
  const toast = useToast();
  const packs = usePacks();
  const words = useWords();
  const names = useNames();
  const { label, value } = useSheetWords();
  const intake = useIntake({ recordId: id ?? draft, kept, onBecame });
  const { sheet, mode, consultation } = intake;
  const drawn = packs !== undefined;
  // As in intake.css: one column.
  const below = useMedia('(max-width: 1099px)');
  const [errors, setErrors] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [askReason, setAskReason] = useState(false);
  const [askDelete, setAskDelete] = useState(false);
  const [allCodes, setAllCodes] = useState(false);
  const [inserting, setInserting] = useState<CursorPlace | null>(null);
  const [explaining, setExplaining] = useState<string[] | null>(null);

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
      // What has not reached the server stays kept here.
      if (await intake.flush()) intake.done();
      void navigate({ to: '/consultations' });
    });

  const main = mode === 'new' || mode === 'draft' ? () => void register(false) : () => void save();
  const jumpTo = (field: string) => {
    const target = document.getElementById(`f-${field}`);
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  };
  // The order of the talk is free: one key leads from wherever one is to what is still needed.
  const jumpToMissing = () => {
    const open = [...form].filter(([field, needed]) => needed && isEmpty(sheet[field as SheetField])).map(([field]) => field);
    const places = open.map((field) => document.getElementById(`f-${field}`)).filter((place) => place !== null);
    places.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const here = document.activeElement;
    const next = places.find((place) => here && here !== place && here.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) ?? places[0];
    if (!next) toast(t('consultations:form.nothing_missing'));
    next?.focus();
    next?.scrollIntoView({ block: 'center' });
  };
  const drafting = mode === 'new' || mode === 'draft';
  useKeys([
    { key: 'Ctrl+Enter', label: mode === 'new' || mode === 'draft' ? t('consultations:form.register') : t('common:save'), run: main },
    { key: 'Alt+s', label: t('consultations:form.stamp_start'), run: () => intake.change({ started_at: timeNow() }) },
    { key: 'Alt+t', label: t('consultations:form.stamp_end'), run: () => intake.change({ ended_at: timeNow() }) },
    { key: 'Alt+c', label: t('consultations:form.to_caller'), run: () => jumpTo('caller_name') },
    { key: 'Alt+r', label: t('consultations:form.to_request'), run: () => jumpTo('request') },
    { key: 'Alt+j', label: t('consultations:form.to_missing'), run: jumpToMissing },
    { key: 'Alt+k', label: t('consultations:form.all_codes'), run: () => setAllCodes(true) },
    { key: 'Alt+p', label: t('consultations:phrase.insert'), run: () => setInserting(cursorPlace(phraseFields)) },
    { key: 'Alt+y', label: t('common:term.key'), run: () => setExplaining(textsAtFocus()) },
    { key: '0 … 9', label: t('consultations:form.number_keys_long') },
    ...(drafting
      ? [
          { key: 'n', label: t('consultations:form.another'), run: () => onAnother() },
          { key: 'Alt+n', label: t('consultations:form.another_anywhere'), run: () => onAnother() },
        ]
      : []),
  ]);

  useEffect(() => {
    if (intake.ready && drawn && !id) document.getElementById('f-caller_name')?.focus({ preventScroll: true });
  }, [intake.ready, drawn, id]);

  if (!intake.ready || !packs) return intake.error ? <ProblemNotice error={intake.error} /> : <Skeleton lines={14} />;

  const mainButton = (short: boolean) => (
    <Button kind="primary" onPress={main} keys={short ? undefined : ['Ctrl', 'Enter']}>
      {drafting ? t('consultations:form.register') : mode === 'correction' ? t('consultations:form.correct') : t('consultations:form.save_changes')}
    </Button>
  );

  const beside = { sheet, change: intake.change, has, ownId: consultation?.id ?? null, deskId: intake.deskId };
  return (
    <div className="intake">
      <div className="title intake-top">
        <h1>{title}</h1>
        {consultation?.number && <b className="n">{consultation.number}</b>}
        {consultation && <StateChip kind="consultation" state={consultation.state} />}
        {drafting && <CallTimer sheet={sheet} />}
        <div className="acts">
          <SaveState saving={intake.saving} />
          {drafting ? (
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
      {drafting && <BegunStrip recordId={consultation?.id} keptAs={intake.keptAs} sheet={sheet} onKept={onAnother} onNew={() => onAnother()} />}
      {intake.conflict && (
        <ClashScreen
          key={intake.conflict.theirs.version}
          byName={intake.conflict.theirs.updated_by_name}
          at={intake.conflict.theirs.updated_at}
          theirs={completeSheet(intake.conflict.theirs.sheet)}
          merged={intake.conflict.merged}
          fields={intake.conflict.fields}
          taken={intake.conflict.taken}
          joinable={(field) => sheetFields[field].kind === 'text'}
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
        <IntakeForm sheet={sheet} change={intake.change} has={has} required={required} errors={messages} isNew={mode === 'new'} deskId={intake.deskId} onDesk={consultation ? undefined : intake.chooseDesk} beforeTypes={below && <SuggestionList {...beside} folds />} />
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
      <IntakeRail {...beside} required={required} below={below} />
      <div className="acts-bar">
        <SaveState saving={intake.saving} />
        {mainButton(true)}
      </div>

      {allCodes && <CodePalette sheet={sheet} has={has} change={intake.change} onClose={() => setAllCodes(false)} />}
      {explaining && <TermHelp texts={explaining} onClose={() => setExplaining(null)} />}
      {inserting && <PhrasePalette place={inserting} deskId={intake.deskId} topic={sheet.topic} onClose={() => setInserting(null)} />}
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
