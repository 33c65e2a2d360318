// What is written in a dialog, kept on this computer until it is sent or given up. Not for data that identify a person
// of a case, nor for passwords: see person_section.
import { useCallback, useState } from 'react';
import { forgetDraft, keepDraft, keptDraft } from '../app/draft_store';
import { useSession } from '../app/session';
import { same } from './record_form';

/** One text: [text, write, forget]. */
export function useKeptText(name: string): [string, (text: string) => void, () => void] {
  const { session } = useSession();
  const userId = session.user_id;
  const key = `note:${name}`;
  const [text, setText] = useState(() => keptDraft<string>(userId, key)?.text ?? '');
  const forget = useCallback(() => forgetDraft(userId, key), [userId, key]);
  const write = useCallback(
    (next: string) => {
      setText(next);
      if (next.trim()) keepDraft({ userId, key, version: 0, text: next, base: null, keptAt: new Date().toISOString() });
      else forget();
    },
    [userId, key, forget],
  );
  return [text, write, forget];
}

export interface KeptFields<T> {
  fields: T;
  set: (part: Partial<T>) => void;
  /** Nothing is kept any more: sent, or given up. */
  forget: () => void;
  /** When what was written before came back. */
  restoredAt: string | null;
  /** A field of it that somebody else wrote in as well since then: what is shown is one's own. */
  overtaken: boolean;
  /** Back to what the dialog would begin with. */
  discard: () => void;
}

/** `now` with what was changed since `base`: a field nobody touched shows what the server has by now. */
export function brought<T extends object>(now: T, kept: T, base: T): T {
  const changed = Object.entries(kept).filter(([name, value]) => name in now && !same(value, base[name as keyof T]));
  return { ...now, ...Object.fromEntries(changed) };
}

/** Whether `now` says something else, in a field that was changed, than what the change began with. */
export function wroteBoth<T extends object>(now: T, kept: T, base: T): boolean {
  return (Object.keys(now) as (keyof T)[]).some((name) => name in kept && !same(kept[name], base[name]) && !same(now[name], base[name]) && !same(now[name], kept[name]));
}

/** Several fields under one name: `desk:new`, `user:<id>`. */
export function useKeptFields<T extends object>(name: string, initial: () => T): KeptFields<T> {
  const { session } = useSession();
  const userId = session.user_id;
  const key = `fields:${name}`;
  const [first] = useState(initial);
  const [kept] = useState(() => keptDraft<T>(userId, key));
  const [fields, setFields] = useState(() => (kept?.base ? brought(first, kept.text, kept.base) : first));
  const [restoredAt, setRestoredAt] = useState(() => (kept && !same(fields, first) ? kept.keptAt : null));
  const [overtaken, setOvertaken] = useState(() => kept?.base !== undefined && kept?.base !== null && wroteBoth(first, kept.text, kept.base));
  const forget = () => forgetDraft(userId, key);
  return {
    fields,
    set: (part) => {
      const next = { ...fields, ...part };
      setFields(next);
      if (same(next, first)) forget();
      else keepDraft({ userId, key, version: 0, text: next, base: first, keptAt: new Date().toISOString() });
    },
    forget,
    restoredAt,
    overtaken,
    discard: () => {
      forget();
      setFields(first);
      setRestoredAt(null);
      setOvertaken(false);
    },
  };
}
