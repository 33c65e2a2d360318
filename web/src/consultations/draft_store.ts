// What was typed and could not reach the server: kept on this computer until it has, or until the person signs out.
import type { ConsultationSheet } from '../api/types';

export interface KeptDraft {
  /** Whose: drafts of another person are never shown. */
  userId: string;
  /** Id of the consultation, or `new:<random>` for one the server has not seen. */
  key: string;
  deskId: string | null;
  /** Version the text was written on; 0 for a new one. */
  version: number;
  sheet: ConsultationSheet;
  /** What the server had when the writing began; null for a new one. */
  base: ConsultationSheet | null;
  keptAt: string;
}

const storeName = 'drafts';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('tsunagi', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: ['userId', 'key'] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = db.transaction(storeName, mode);
      const request = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

export async function keepDraft(draft: KeptDraft): Promise<void> {
  await run('readwrite', (store) => store.put(draft));
}

export async function keptDraft(userId: string, key: string): Promise<KeptDraft | undefined> {
  return run('readonly', (store) => store.get([userId, key]) as IDBRequest<KeptDraft | undefined>);
}

/** Oldest first. */
export async function keptDrafts(userId: string): Promise<KeptDraft[]> {
  const all = await run('readonly', (store) => store.getAll(IDBKeyRange.bound([userId], [userId, []])) as IDBRequest<KeptDraft[]>);
  return all.sort((a, b) => a.keptAt.localeCompare(b.keptAt));
}

export async function forgetDraft(userId: string, key: string): Promise<void> {
  await run('readwrite', (store) => store.delete([userId, key]));
}

/** At sign-out: nothing about a consultation stays on a shared computer. */
export async function clearDrafts(userId: string): Promise<void> {
  await run('readwrite', (store) => store.delete(IDBKeyRange.bound([userId], [userId, []])));
}
