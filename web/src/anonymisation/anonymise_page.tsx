import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Anonymised, Consultation, Identifiers } from '../api/types';
import { useKeys } from '../app/keys';
import { useConsultation } from '../consultations/queries';
import { useSheetWords } from '../consultations/sheet_words';
import { useKeptFields } from '../records/kept_text';
import { RestoredNotice } from '../records/restored_notice';
import { Button } from '../ui/button';
import { PageTitle } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { begin, choicesOf, choicesOfDecisions, codedFields, decisionsOf, faultsAt, faultsOf, isCoded, isDone, overlap, pieces, shown, withOwn, type Choice, type Decided, type Fault, type Place } from './marks';
import { MarkPanel } from './mark_panel';
import { OwnMarkDialog, type Selected } from './own_mark_dialog';
import { anonymisedQuery, identifiersQuery } from './queries';
import { useFaultWords, useFieldLabel } from './words';
import './anonymisation.css';

/** Every identifier that was found in a case, one after the other: replaced, changed or left; then the result is kept beside the record. */
export default function AnonymisePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const record = useConsultation(id);
  const found = useQuery(identifiersQuery(id));
  const before = useQuery(anonymisedQuery(id));
  const error = record.error ?? found.error ?? before.error;
  if (error) return <ProblemNotice error={error} />;
  if (!record.data || !found.data || !before.data) return <Skeleton lines={14} />;
  return <Deciding key={`${found.data.sheet_version}`} consultation={record.data} found={found.data as Identifiers} before={before.data as Anonymised} />;
}

function Deciding({ consultation, found, before }: { consultation: Consultation; found: Identifiers; before: Anonymised }) {
  const { t } = useTranslation(['anonymisation', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const toast = useToast();
  // What is kept are the person's choices, not the marks: those are found anew each time and may have become more.
  const kept = useKeptFields<{ choices: Choice[] }>(`anonymise:${consultation.id}:${found.sheet_version}`, () => ({ choices: choicesOf(begin(found, before.out_of_date ? [] : choicesOfDecisions(before.decisions))) }));
  const layers = useMemo(() => begin(found, kept.fields.choices), [found, kept.fields.choices]);
  const marks = useMemo(() => shown(layers, found.fields), [layers, found.fields]);
  const [at, setAt] = useState(() => Math.max(0, marks.findIndex((mark) => !isDone(mark))));
  const [selecting, setSelecting] = useState<Selected | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const texts = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const [sought, wantMark] = useState<Fault | null>(null);
  const current = marks[at];
  const left = marks.filter((mark) => !isDone(mark)).length;

  useEffect(() => {
    texts.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  useEffect(() => {
    const field = wanted.current && document.getElementById(wanted.current);
    if (!field) return;
    wanted.current = null;
    field.focus();
  });

  // After a refusal the marks may have been found anew.
  useEffect(() => {
    const place = sought?.place;
    if (!place) return;
    wantMark(null);
    const there = marks.findIndex((mark) => overlap(place, mark));
    if (there < 0) return;
    setAt(there);
    wanted.current = sought.part === 'reason' ? 'f-keep-reason' : sought.part === 'replacement' && !isCoded(place.field) ? 'f-replacement' : 'mark-accept';
  }, [sought, marks]);

  /** Answers the marks that stand then. */
  const change = (next: Decided[]) => {
    kept.set({ choices: choicesOf(next) });
    return shown(next, found.fields);
  };
  const put = (index: number, part: Partial<Decided>) => {
    const changed = marks[index];
    setFaults((all) => all.filter((fault) => !fault.place || !changed || !overlap(fault.place, changed)));
    return change(layers.map((mark) => (mark === changed ? { ...mark, ...part } : mark)));
  };
  const go = (step: number) => setAt((now) => (marks.length === 0 ? 0 : (now + step + marks.length) % marks.length));
  const onward = (next: Decided[]) => {
    const after = next.findIndex((mark, i) => i > at && !isDone(mark));
    const first = after >= 0 ? after : next.findIndex((mark) => !isDone(mark));
    setAt(first >= 0 ? first : Math.min(at + 1, next.length - 1));
  };
  const accept = () => current && onward(put(at, { fate: 'replace', reason: '' }));
  // Once the field is drawn.
  const focus = (id: string) => {
    wanted.current = id;
    draw();
  };
  const remove = () => {
    const next = change(layers.filter((mark) => mark !== current));
    setAt((now) => Math.max(0, Math.min(now, next.length - 1)));
  };
  const keep = () => {
    if (!current) return;
    // Words that are to stay need no mark.
    if (current.source === 'hand') {
      remove();
      return;
    }
    const next = put(at, { fate: 'keep' });
    if (current.certain && !current.reason.trim()) focus('f-keep-reason');
    else onward(next);
  };
  const acceptKind = () => {
    if (!current) return;
    onward(change(layers.map((mark): Decided => (mark.kind === current.kind && mark.fate === 'undecided' && marks.includes(mark) ? { ...mark, fate: 'replace' } : mark))));
  };
  const select = () => setSelecting(selectedIn(texts.current, found.fields) ?? { field: found.fields[0]?.field ?? '', start: 0, end: 0 });
  const save = async () => {
    setTried(true);
    if (busy) return;
    const open = marks.findIndex((mark) => !isDone(mark));
    if (open >= 0) {
      setAt(open);
      focus(marks[open]!.fate === 'keep' ? 'f-keep-reason' : 'mark-accept');
      return;
    }
    setBusy(true);
    setProblem(null);
    setFaults([]);
    const decisions = decisionsOf(marks);
    try {
      const saved = await ask(
        api.PUT('/api/consultations/{id}/anonymised', { params: { path: { id: consultation.id } }, body: { sheet_version: found.sheet_version, decisions }, ...ifMatch(before.version) } as never),
      );
      kept.forget();
      queries.setQueryData(anonymisedQuery(consultation.id).queryKey, saved as never);
      toast(t('anonymisation:saved'));
      void navigate({ to: '/consultations/$id/anonymised', params: { id: consultation.id } });
    } catch (error) {
      setProblem(error);
      setBusy(false);
      if (!(error instanceof ProblemError) || error.fields.length === 0) return;
      const refused = faultsOf(error.fields, decisions);
      setFaults(refused);
      // Names and places may have been added to the lists since the page was opened.
      await queries.refetchQueries(identifiersQuery(consultation.id));
      goTo(refused[0]);
    }
  };
  const goTo = (fault: Fault | undefined) => wantMark((fault?.place && fault) ?? null);
  useKeys([
    { key: 'Enter', label: t('anonymisation:accept') },
    { key: 'a', label: t('anonymisation:accept'), run: accept },
    { key: 'c', label: t('anonymisation:change'), run: () => focus('f-replacement') },
    { key: 'l', label: t('anonymisation:leave'), run: keep },
    { key: 'k', label: t('anonymisation:accept_kind_key'), run: acceptKind },
    { key: 'j', label: t('anonymisation:next'), run: () => go(1) },
    { key: 'i', label: t('anonymisation:previous'), run: () => go(-1) },
    { key: 'm', label: t('anonymisation:own'), run: select },
    { key: 'Ctrl+Enter', label: t('common:save'), run: () => void save() },
  ]);
  return (
    <div className="wide">
      <PageTitle
        crumbs={[
          { to: '/consultations', label: t('anonymisation:consultations') },
          { to: `/consultations/${consultation.id}`, label: consultation.number },
        ]}
        title={t('anonymisation:title')}
        actions={
          <>
            <Button onPress={select} keys={['m']}>
              {t('anonymisation:own')}
            </Button>
            <Button kind="primary" onPress={() => void save()} keys={['Ctrl', 'Enter']}>
              {t('common:save')}
            </Button>
          </>
        }
      />
      <p className="note">{t('anonymisation:what')}</p>
      {!found.dictionary && (
        <p className="notice" role="status">
          {t('anonymisation:no_dictionary')}
        </p>
      )}
      {!found.person_known && <p className="notice">{t('anonymisation:no_person')}</p>}
      {before.version > 0 && before.out_of_date && <p className="notice">{t('anonymisation:out_of_date_long')}</p>}
      {kept.restoredAt && <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />}
      {problem !== null && (
        <ProblemNotice error={problem}>
          <FaultList faults={faults} found={found} onGo={goTo} />
        </ProblemNotice>
      )}
      {tried && left > 0 && (
        <p className="notice" role="alert">
          {t('anonymisation:undecided', { count: left })}
        </p>
      )}
      <div className="anonymise">
        <div ref={texts}>
          <div className="sides-h" aria-hidden="true">
            <b>{t('anonymisation:original')}</b>
            <b>{t('anonymisation:result')}</b>
          </div>
          {found.fields.map((field) => (
            <Sides key={field.field} field={field} marks={marks} current={current} onGo={(mark) => setAt(marks.indexOf(mark))} />
          ))}
          <Coded consultation={consultation} found={found} marks={marks} current={current} onGo={(mark) => setAt(marks.indexOf(mark))} onOwn={(field) => void change(withOwn(layers, { field, start: 0, end: 0, kind: 'combination', replacement: '' }, found.fields))} />
        </div>
        <MarkPanel
          mark={current}
          words={current ? wordsOf(current, found) : ''}
          at={at}
          count={marks.length}
          left={left}
          tried={tried}
          onReplacement={(replacement) => put(at, { replacement, fate: 'replace', reason: '' })}
          onReason={(reason) => put(at, { reason, fate: 'keep' })}
          onAccept={accept}
          onKeep={keep}
          onAcceptKind={acceptKind}
          onGo={go}
          onRemove={remove}
          faults={current ? faultsAt(faults, current) : []}
          onNext={() => onward(marks)}
        />
      </div>
      {selecting && (
        <OwnMarkDialog
          fields={found.fields}
          selected={selecting}
          onClose={() => setSelecting(null)}
          onMark={(own) => {
            const next = change(withOwn(layers, own, found.fields));
            setAt(next.findIndex((mark) => mark.source === 'hand' && mark.field === own.field && mark.start <= own.start && mark.end >= own.end));
            setSelecting(null);
          }}
        />
      )}
    </div>
  );
}

/** What the server refused; each line leads to its mark. */
function FaultList({ faults, found, onGo }: { faults: readonly Fault[]; found: Identifiers; onGo: (fault: Fault) => void }) {
  const { t } = useTranslation(['anonymisation', 'problems']);
  const label = useFieldLabel();
  const words = useFaultWords();
  if (faults.length === 0) return null;
  return (
    <ul>
      {faults.map((fault, i) => (
        <li key={i}>
          {fault.place ? (
            <button type="button" className="link" onClick={() => onGo(fault)}>
              {label(fault.place.field)}
              {!isCoded(fault.place.field) && t('anonymisation:fault_words', { words: wordsOf(fault.place, found) })}
            </button>
          ) : (
            t('problems:the_form')
          )}
          {': '}
          {words(fault)}
        </li>
      ))}
    </ul>
  );
}

function wordsOf(mark: Place, found: Identifiers): string {
  return found.fields.find((field) => field.field === mark.field)?.text.slice(mark.start, mark.end) ?? '';
}

/** Where somebody has selected words in the left column. */
function selectedIn(root: HTMLElement | null, fields: Identifiers['fields']): Selected | null {
  const selection = window.getSelection();
  if (!root || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const box = (range.commonAncestorContainer instanceof Element ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement)?.closest<HTMLElement>('[data-field]');
  if (!box || !root.contains(box)) return null;
  const before = document.createRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  const field = fields.find((one) => one.field === box.dataset.field);
  const end = start + range.toString().length;
  return field && end <= field.text.length ? { field: field.field, start, end } : null;
}

function Sides({ field, marks, current, onGo }: { field: Identifiers['fields'][number]; marks: Decided[]; current: Decided | undefined; onGo: (mark: Decided) => void }) {
  const { t } = useTranslation('anonymisation');
  const label = useFieldLabel();
  const parted = pieces(field, marks);
  return (
    <section className="sides" aria-label={label(field.field)}>
      <h2>{label(field.field)}</h2>
      <p className="prose" data-field={field.field} aria-label={t('original')}>
        {parted.map((piece, i) =>
          piece.mark ? (
            // A span, so that it breaks over lines and can be selected like the text around it; the keys go from mark to mark.
            <span role="button" key={i} className={`id-mark ${piece.mark.fate}`} aria-current={piece.mark === current ? 'true' : undefined} title={t(`kind.${piece.mark.kind}`)} tabIndex={-1} onClick={() => onGo(piece.mark!)}>
              {piece.text}
            </span>
          ) : (
            <span key={i}>{piece.text}</span>
          ),
        )}
      </p>
      <p className="prose" aria-label={t('result')}>
        {parted.map((piece, i) => {
          if (!piece.mark || piece.mark.fate === 'keep') return <span key={i}>{piece.text}</span>;
          return (
            <span key={i} className={piece.mark.fate === 'replace' ? 'put' : 'proposed'}>
              {piece.mark.replacement}
            </span>
          );
        })}
      </p>
    </section>
  );
}

/** The codes that go with the words: each may be left out; a rare combination asks for it. */
function Coded({ consultation, found, marks, current, onGo, onOwn }: { consultation: Consultation; found: Identifiers; marks: Decided[]; current: Decided | undefined; onGo: (mark: Decided) => void; onOwn: (field: string) => void }) {
  const { t } = useTranslation('anonymisation');
  const { value, label } = useSheetWords();
  const shown = codedFields.filter((field) => found.coded[field]);
  if (shown.length === 0) return null;
  return (
    <section className="coded" aria-label={t('coded')}>
      <h2>{t('coded')}</h2>
      <dl className="kv">
        {shown.map((field) => {
          const mark = marks.find((one) => one.field === field && isCoded(one.field));
          const text = value(field, consultation.sheet);
          return (
            <div key={field} className="coded-row">
              <dt>{label(field)}</dt>
              <dd>
                {mark ? (
                  <>
                    <button type="button" className={`id-mark ${mark.fate}`} aria-current={mark === current ? 'true' : undefined} onClick={() => onGo(mark)}>
                      {text}
                    </button>{' '}
                    <span className="sub">{mark.fate === 'replace' ? t('left_out') : mark.kind === 'combination' ? t('source.records') : ''}</span>
                  </>
                ) : (
                  <>
                    {text}{' '}
                    <Button small kind="plain" onPress={() => onOwn(field)}>
                      {t('leave_out')}
                      <span className="vh"> {label(field)}</span>
                    </Button>
                  </>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
