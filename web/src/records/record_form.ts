// Writing in a record: what is typed, what is wrong with it, and what happens when somebody else saved first.
import { useBlocker } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf, ProblemError } from '../api/problem';
import type { FieldProblem } from '../api/types';
import type { FormError } from '../ui/error_summary';
import { fieldMessage } from '../ui/problem_notice';

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
}

interface Options<T, R> {
  initial: T;
  /** Version the text was read with; absent for a new record. */
  version?: number;
  save: (text: T, version: number) => Promise<R>;
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
  busy: boolean;
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
  /** The next navigation is wanted. */
  letGo: () => void;
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Three texts into one: a field only one side changed is taken from that side; both sides: a clash. */
export function merge<T extends object>(before: T, mine: T, theirs: T): { merged: T; fields: (keyof T & string)[] } {
  const merged = { ...mine };
  const fields: (keyof T & string)[] = [];
  for (const field of Object.keys(mine) as (keyof T & string)[]) {
    if (same(mine[field], theirs[field]) || same(theirs[field], before[field])) continue;
    if (same(mine[field], before[field])) merged[field] = theirs[field];
    else fields.push(field);
  }
  return { merged, fields };
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

export function useRecordForm<T extends object, R>({ initial, version = 0, save, reread, check, label, onSaved }: Options<T, R>): RecordForm<T> {
  const { t } = useTranslation('problems');
  const [text, setText] = useState(initial);
  const [base, setBase] = useState({ text: initial, version });
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [clash, setClash] = useState<Clash<T> | null>(null);
  const free = useRef(false);
  const dirty = !same(text, base.text);

  const blocker = useBlocker({
    shouldBlockFn: () => dirty && !free.current,
    enableBeforeUnload: () => dirty && !free.current,
    withResolver: true,
  });

  const show = (list: FieldProblem[]) => {
    setProblems(list);
    setAttempt((before) => before + 1);
  };

  const send = async (what: T, from: { text: T; version: number }) => {
    setBusy(true);
    setProblem(null);
    try {
      const record = await save(what, from.version);
      free.current = true;
      setBase({ text: what, version: from.version });
      onSaved(record);
    } catch (error) {
      if (error instanceof ProblemError && error.reason === 'stale' && reread) {
        try {
          const theirs = await reread();
          const { merged, fields } = merge(from.text, what, theirs.text);
          setBase({ text: theirs.text, version: theirs.version });
          setText(merged);
          setClash({ theirs, merged, fields });
        } catch (again) {
          setProblem(again);
        }
      } else if (error instanceof ProblemError && error.fields.length > 0) show(error.fields);
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const submit = () => {
    if (busy) return;
    const missing = check?.(text) ?? [];
    show(missing);
    if (missing.length === 0) void send(text, base);
  };

  const errors = problems.map((one) => {
    const { field, row, part } = placeOf(one.pointer);
    const exact = idOf(field, row, part);
    const id = document.getElementById(exact) ? exact : document.getElementById(idOf(field, row)) ? idOf(field, row) : idOf(field);
    return { id, label: label(field, one.pointer) || t('the_form'), message: fieldMessage(t, one) };
  });

  return {
    text,
    change: (patch) => setText((before) => ({ ...before, ...patch })),
    dirty,
    busy,
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
      setText(chosen);
      setClash(null);
      void send(chosen, base);
    },
    submit,
    leaving: blocker.status === 'blocked' ? { stay: () => blocker.reset?.(), go: () => blocker.proceed?.() } : null,
    letGo: () => {
      free.current = true;
    },
  };
}
