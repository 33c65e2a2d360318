// Writing in a record: what is typed, what is wrong with it, and what happens when somebody else saved first.
import { useBlocker } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, ProblemError } from '../api/problem';
import type { FieldProblem } from '../api/types';
import { forgetDraft, keepDraft, keptDraft } from '../app/draft_store';
import { useSession } from '../app/session';
import type { FormError } from '../ui/error_summary';
import { timeNow } from '../ui/japanese_date';
import { fieldMessage } from '../ui/problem_notice';
import { unreadable } from '../ui/read_field';
import type { Saving } from '../ui/save_state';

const retryPause = 10_000;

/** What the server has by now, and who wrote it. */
export interface Theirs<T> {
  text: T;
  version: number;
  byName: string;
  at: string;
}

export interface Clash<T> {
  theirs: Theirs<T>;
  merged: T;
  fields: (keyof T & string)[];
  /** Changed by the other one alone. */
  taken: (keyof T & string)[];
}

interface Options<T, R> {
  initial: T;
  /** Version the text was read with; absent for a new record. */
  version?: number;
  /** `once` is the idempotency key of a new record: the same for every attempt, after a reload too. */
  save: (text: T, version: number, once: string) => Promise<R>;
  /** Reads the record again after a refusal because of its version. */
  reread?: () => Promise<Theirs<T>>;
  /** What is missing before anything is sent: field → reason of problems:field. */
  check?: (text: T) => FieldProblem[];
  label: (field: string, pointer: string) => string;
  onSaved: (record: R) => void;
}

export interface RecordForm<T> {
  text: T;
  change: (patch: Partial<T>) => void;
  dirty: boolean;
  /** Absent while nothing has been written. */
  saving: Saving | null;
  /** When what was written before came back after a reload. */
  restoredAt: string | null;
  discardRestored: () => void;
  errors: FormError[];
  attempt: number;
  /** Words of what is wrong with a field, or with a row of a list: `error('causes', 2)`. */
  error: (field: string, row?: number, part?: string) => string | undefined;
  problem: unknown;
  clash: Clash<T> | null;
  resolve: (text: T) => void;
  submit: () => void;
  /** Set while the person tries to leave with unsaved text. */
  leaving: { stay: () => void; go: () => void } | null;
}

/** Nothing is written there: no words, nothing chosen. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && !value.trim()) || (Array.isArray(value) && value.length === 0);
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Three texts into one: a field only one side changed is taken from that side; both sides: a clash. */
export function merge<T extends object>(before: T, mine: T, theirs: T): { merged: T; fields: (keyof T & string)[]; taken: (keyof T & string)[] } {
  const merged = { ...mine };
  const taken: (keyof T & string)[] = [];
  const fields: (keyof T & string)[] = [];
  for (const field of Object.keys(mine) as (keyof T & string)[]) {
    if (same(mine[field], theirs[field]) || same(theirs[field], before[field])) continue;
    if (same(mine[field], before[field])) {
      merged[field] = theirs[field];
      taken.push(field);
    } else fields.push(field);
  }
  return { merged, fields, taken };
}

/** `/text/causes/2/source` → causes, 2, source. */
export function placeOf(pointer: string): { field: string; row?: number; part?: string } {
  const parts = pointer.split('/').filter(Boolean);
  while (parts.length > 1 && parts[0] === 'text') parts.shift();
  const at = parts.findIndex((part) => /^\d+$/.test(part));
  return { field: fieldOf(pointer), row: at < 0 ? undefined : Number(parts[at]), part: at < 0 ? undefined : parts[at + 1] };
}

export function idOf(field: string, row?: number, part?: string): string {
  return ['f', field, row, part].filter((piece) => piece !== undefined).join('-');
}

/** The input of a pointer, or the nearest one around it that the page has. */
function idOfPointer(pointer: string): string {
  const { field, row, part } = placeOf(pointer);
  return [idOf(field, row, part), idOf(field, row)].find((id) => document.getElementById(id)) ?? idOf(field);
}

export function useRecordForm<T extends object, R>({ initial, version = 0, save, reread, check, label, onSaved }: Options<T, R>): RecordForm<T> {
  const { t } = useTranslation('problems');
  const { session, expired } = useSession();
  const userId = session.user_id;
  const [draftKey] = useState(() => `form:${location.pathname}${location.search}`);
  const [kept] = useState(() => keptDraft<T>(userId, draftKey));
  const [once] = useState(() => kept?.once ?? crypto.randomUUID());
  const [text, setText] = useState<T>(() => (kept ? { ...initial, ...kept.text } : initial));
  const [base, setBase] = useState(() => (kept?.base && kept.version !== version ? { text: kept.base, version: kept.version } : { text: initial, version }));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [unread, setUnread] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [waitingSince, setWaitingSince] = useState<string | null>(null);
  const [restoredAt, setRestoredAt] = useState(kept && !same(kept.text, initial) ? kept.keptAt : null);
  const [problem, setProblem] = useState<unknown>(null);
  const [clash, setClash] = useState<Clash<T> | null>(null);
  const free = useRef(false);
  const sending = useRef(false);
  const latest = useRef(text);
  const [unkept, setUnkept] = useState(false);
  const dirty = !same(text, base.text);

  const put = (next: T) => {
    latest.current = next;
    setText(next);
    if (same(next, base.text)) forgetDraft(userId, draftKey);
    else setUnkept(!keepDraft({ userId, key: draftKey, version: base.version, text: next, base: base.text, keptAt: new Date().toISOString(), once }));
  };

  const blocker = useBlocker({
    shouldBlockFn: () => dirty && !free.current,
    enableBeforeUnload: () => dirty && !free.current && unkept,
    withResolver: true,
  });

  const show = (list: FieldProblem[]) => {
    setProblems(list);
    setAttempt((before) => before + 1);
  };

  const send = async (what: T, from: { text: T; version: number }) => {
    if (sending.current) return;
    sending.current = true;
    setBusy(true);
    setWaitingSince(null);
    setProblem(null);
    try {
      const record = await save(what, from.version, once);
      free.current = true;
      forgetDraft(userId, draftKey);
      setBase({ text: what, version: from.version });
      onSaved(record);
    } catch (error) {
      if (error instanceof ProblemError && error.reason === 'stale' && reread) {
        try {
          const theirs = await reread();
          const { merged, fields, taken } = merge(from.text, what, theirs.text);
          setBase({ text: theirs.text, version: theirs.version });
          put(merged);
          setClash({ theirs, merged, fields, taken });
        } catch (again) {
          setProblem(again);
        }
      } else if (error instanceof ProblemError && error.fields.length > 0) show(error.fields);
      else {
        if (error instanceof ProblemError && error.passing) setWaitingSince(timeNow());
        setProblem(error);
      }
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  const submit = () => {
    if (sending.current) return;
    const unclear = unreadable();
    // A field with text is not missing: it says itself that it was not understood.
    const missing = (check?.(text) ?? []).filter(({ pointer }) => !unclear.some(({ id }) => id === idOfPointer(pointer)));
    setUnread(unclear);
    show(missing);
    if (missing.length + unclear.length === 0) void send(text, base);
  };

  // What could not reach the server goes there by itself once it answers, unless the person writes on.
  const sendAgain = useRef(submit);
  useEffect(() => {
    sendAgain.current = submit;
  });
  useEffect(() => {
    if (waitingSince === null) return;
    const again = () => sendAgain.current();
    const timer = setInterval(again, retryPause);
    window.addEventListener('online', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', again);
    };
  }, [waitingSince]);

  const errors = [...unread, ...problems.map((one) => ({ id: idOfPointer(one.pointer), label: label(fieldOf(one.pointer), one.pointer) || t('the_form'), message: fieldMessage(t, one) }))];

  return {
    text,
    change: (patch) => {
      setWaitingSince(null);
      put({ ...latest.current, ...patch });
    },
    dirty,
    saving: waitingSince || (busy && expired) ? { kind: 'kept', at: waitingSince ?? timeNow() } : busy ? { kind: 'saving' } : dirty ? { kind: unkept ? 'unsaved' : 'here' } : null,
    restoredAt,
    discardRestored: () => {
      forgetDraft(userId, draftKey);
      latest.current = initial;
      setText(initial);
      setBase({ text: initial, version });
      setRestoredAt(null);
      setUnread([]);
      show([]);
    },
    errors,
    attempt,
    error: (field, row, part) => {
      const hit = problems.find((one) => {
        const place = placeOf(one.pointer);
        return place.field === field && (row === undefined ? part === undefined : place.row === row) && (part === undefined || place.part === part);
      });
      return hit && fieldMessage(t, hit);
    },
    problem,
    clash,
    resolve: (chosen) => {
      put(chosen);
      setClash(null);
      void send(chosen, base);
    },
    submit,
    leaving:
      blocker.status === 'blocked'
        ? {
            stay: () => blocker.reset?.(),
            go: () => {
              forgetDraft(userId, draftKey);
              blocker.proceed?.();
            },
          }
        : null,
  };
}
