// What was typed and has not reached the server: kept on this computer until it has, or until the person signs out.
// Never here: data that identify the person of a case, passwords.
// On the disk it is encrypted (AES-GCM). The key comes with the session and is nowhere but in this page's memory, so that
// after signing out nobody can read what a crash has left behind. All of the person's drafts lie opened in memory: reading
// does not wait, and writing goes out at once, with the newest text of each.

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

interface Opened {
  userId: string;
  /** Absent where the browser does not encrypt (an address without TLS): then nothing is written to the disk. */
  key: CryptoKey | undefined;
  /** By the name in localStorage, as JSON. */
  texts: Map<string, string>;
  /** Names of which a newer text waits for its encryption. */
  waiting: Set<string>;
  working: Promise<void> | undefined;
  /** The last attempt to write came to nothing: a full store, a private window. */
  full: boolean;
}

const form = 'e1.';
let opened: Opened | undefined;

function prefixOf(userId: string): string {
  return `tsunagi.${userId}.draft.`;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** The name goes into it, so that one draft cannot be put in the place of another. */
function algorithm(iv: Uint8Array<ArrayBuffer>, name: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
}

async function encrypted(key: CryptoKey, name: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(algorithm(iv, name), key, new TextEncoder().encode(text));
  return form + base64Of(iv) + '.' + base64Of(new Uint8Array(sealed));
}

/** Nothing where it was written with another key, cut or changed. */
async function decrypted(key: CryptoKey | undefined, name: string, value: string): Promise<string | undefined> {
  if (!key || !value.startsWith(form)) return undefined;
  const [iv, sealed] = value.slice(form.length).split('.');
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(bytesOf(iv!), name), key, bytesOf(sealed!)));
  } catch {
    return undefined;
  }
}

function namesOnDisk(userId: string): string[] {
  const prefix = prefixOf(userId);
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

function removed(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

async function importKey(keyText: string): Promise<CryptoKey | undefined> {
  if (!globalThis.crypto?.subtle || !keyText) return undefined;
  return crypto.subtle.importKey('raw', bytesOf(keyText), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Before the first screen of a signed-in person: opens what they had begun. `keyText` is 32 bytes as base64. */
export async function openDrafts(userId: string, keyText: string): Promise<void> {
  if (opened?.userId === userId) return;
  const key = await importKey(keyText);
  const texts = new Map<string, string>();
  await Promise.all(
    namesOnDisk(userId).map(async (name) => {
      const text = await decrypted(key, name, localStorage.getItem(name) ?? '');
      if (text !== undefined) texts.set(name, text);
      // What no key opens helps nobody.
      else removed(name);
    }),
  );
  opened = { userId, key, texts, waiting: new Set(), working: undefined, full: false };
}

/** Writes what waits, each name with its newest text. */
async function work(store: Opened): Promise<void> {
  for (const name of store.waiting) {
    store.waiting.delete(name);
    const text = store.texts.get(name);
    if (text === undefined || !store.key) continue;
    const value = await encrypted(store.key, name, text);
    // Forgotten or signed out in between: it must not come back.
    if (opened !== store || !store.texts.has(name)) continue;
    try {
      localStorage.setItem(name, value);
      store.full = false;
    } catch {
      store.full = true;
    }
  }
  store.working = undefined;
}

/** Resolves when all that was given to `keepDraft` so far is on the disk. */
export function draftsWritten(): Promise<void> {
  return opened?.working ?? Promise.resolve();
}

function storeOf(userId: string): Opened | undefined {
  return opened?.userId === userId ? opened : undefined;
}

/** False where the browser keeps nothing (no encryption, private window, full store): then the server's copy is all there is. */
export function keepDraft<T>(draft: KeptDraft<T>): boolean {
  const store = storeOf(draft.userId);
  if (!store) return false;
  const name = prefixOf(draft.userId) + draft.key;
  store.texts.set(name, JSON.stringify(draft));
  if (!store.key) return false;
  store.waiting.add(name);
  store.working ??= work(store);
  return !store.full;
}

export function keptDraft<T>(userId: string, key: string): KeptDraft<T> | undefined {
  const text = storeOf(userId)?.texts.get(prefixOf(userId) + key);
  return text === undefined ? undefined : (JSON.parse(text) as KeptDraft<T>);
}

/** Those whose key begins with `kind`, oldest first. */
export function keptDrafts<T>(userId: string, kind: string): KeptDraft<T>[] {
  const prefix = prefixOf(userId) + kind;
  return [...(storeOf(userId)?.texts ?? [])]
    .filter(([name]) => name.startsWith(prefix))
    .map(([, text]) => JSON.parse(text) as KeptDraft<T>)
    .sort((a, b) => a.keptAt.localeCompare(b.keptAt));
}

export function forgetDraft(userId: string, key: string): void {
  const name = prefixOf(userId) + key;
  storeOf(userId)?.texts.delete(name);
  removed(name);
}

/** At sign-out: nothing about a record stays on a shared computer, and the key is gone with it. */
export function clearDrafts(userId: string): void {
  for (const name of namesOnDisk(userId)) removed(name);
  if (opened?.userId === userId) opened = undefined;
}

// Another tab of the same person has written or forgotten something.
globalThis.addEventListener?.('storage', (event) => {
  const store = opened;
  if (!store || !event.key?.startsWith(prefixOf(store.userId))) return;
  const name = event.key;
  if (event.newValue === null) store.texts.delete(name);
  else
    void decrypted(store.key, name, event.newValue).then((text) => {
      if (text !== undefined && opened === store) store.texts.set(name, text);
    });
});
