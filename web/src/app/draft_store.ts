// What was typed and has not reached the server: kept on this computer until it has, or until the person signs out.
// Never here: data that identify the person of a case, passwords.
// Written before the next key is pressed, for a reload may come at any moment; hence localStorage, which does not wait.

export interface KeptDraft<T> {
  /** Whose: drafts of another person are never shown. */
  userId: string;
  /** Where it belongs: the id of a consultation, `new:<random>` for one the server has not seen, `form:<address>`,
   * `note:` and `fields:` with the name of a dialog. */
  key: string;
  /** Version the text was written on; 0 for a new record. */
  version: number;
  text: T;
  /** What the server had when the writing began; null for a new record. */
  base: T | null;
  keptAt: string;
  deskId?: string | null;
  /** Idempotency key of the record it is to become. */
  once?: string;
}

function prefixOf(userId: string): string {
  return `tsunagi.${userId}.draft.`;
}

/** False where the browser keeps nothing (private window, full store): then the server's copy is all there is. */
export function keepDraft<T>(draft: KeptDraft<T>): boolean {
  try {
    localStorage.setItem(prefixOf(draft.userId) + draft.key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function keptDraft<T>(userId: string, key: string): KeptDraft<T> | undefined {
  try {
    const text = localStorage.getItem(prefixOf(userId) + key);
    return text === null ? undefined : (JSON.parse(text) as KeptDraft<T>);
  } catch {
    return undefined;
  }
}

function keysOf(userId: string): string[] {
  const prefix = prefixOf(userId);
  try {
    return Object.keys(localStorage).flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  } catch {
    return [];
  }
}

/** Those whose key begins with `kind`, oldest first. */
export function keptDrafts<T>(userId: string, kind: string): KeptDraft<T>[] {
  return keysOf(userId)
    .filter((key) => key.startsWith(kind))
    .flatMap((key) => keptDraft<T>(userId, key) ?? [])
    .sort((a, b) => a.keptAt.localeCompare(b.keptAt));
}

export function forgetDraft(userId: string, key: string): void {
  try {
    localStorage.removeItem(prefixOf(userId) + key);
  } catch {
    // Nothing was kept.
  }
}

/** At sign-out: nothing about a record stays on a shared computer. */
export function clearDrafts(userId: string): void {
  for (const key of keysOf(userId)) forgetDraft(userId, key);
}
