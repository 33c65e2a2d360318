// Files on their way to a case or an activity. They go on when the person looks at another page meanwhile.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import { problemOf, refusedHere } from '../api/problem';
import type { Attachment, Problem } from '../api/types';
import { asksForReason, startsAnew } from '../uploads/refusals';
import { cancelUpload, sendFile } from '../uploads/send_file';
import { attach, mostBytes, type Place } from './queries';

export interface Sending {
  id: number;
  file: File;
  sent: number;
  /** Sent, and now looked at by the server: its kind, viruses, whether it is there already. */
  checking: boolean;
  /** Why it stopped. It can go on from where it is, or be given up. */
  problem: Problem | null;
  reason: string;
  again: boolean;
  upload?: string;
  /** The server has every part: what is left is to attach it. */
  complete: boolean;
  stop: AbortController;
}

/** As if nothing had been sent. */
const unsent = { upload: undefined, complete: false, checking: false, sent: 0 };

const nothing: readonly Sending[] = [];
const queues = new Map<string, readonly Sending[]>();
const listeners = new Set<() => void>();
let count = 0;

const keyOf = (place: Place) => (place.activity ? `activity ${place.activity}` : `case ${place.consultation}`);

function put(key: string, all: readonly Sending[]) {
  queues.set(key, all);
  for (const tell of listeners) tell();
}

function listen(tell: () => void) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

// Whoever closes the window now loses what is on its way.
globalThis.addEventListener?.('beforeunload', (event) => {
  if ([...queues.values()].some((all) => all.some((one) => !one.problem))) event.preventDefault();
});

/** The files on their way to one place. There is one queue for a place, whatever page shows it. */
class Queue {
  private working = false;

  constructor(
    private readonly place: Place,
    private readonly queries: QueryClient,
  ) {}

  private get key() {
    return keyOf(this.place);
  }

  all = () => queues.get(this.key) ?? nothing;

  private change(id: number, change: Partial<Sending>) {
    put(
      this.key,
      this.all().map((one) => (one.id === id ? { ...one, ...change } : one)),
    );
  }

  add(files: Iterable<File>, reason: string) {
    const made = [...files].map((file): Sending => ({ ...unsent, id: ++count, file, problem: refusedBefore(file), reason, again: false, stop: new AbortController() }));
    put(this.key, [...this.all(), ...made]);
    void this.work();
  }

  /** One after the other: several at once would not be faster on an office's line. */
  private async work() {
    if (this.working) return;
    this.working = true;
    const next = () => this.all().find((one) => !one.problem);
    for (let one = next(); one; one = next()) await this.send(one);
    this.working = false;
  }

  /** `again`: although a file of the same content is there. `reason`: where the case asks for one by now. */
  retry(id: number, again: boolean, reason?: string) {
    this.change(id, { problem: null, again, stop: new AbortController(), ...(reason === undefined ? {} : { reason }) });
    void this.work();
  }

  private async send(one: Sending) {
    // An attempt before this one sent all of it, and its answer was lost or asked for something more.
    const resumed = one.complete && one.upload !== undefined;
    try {
      const upload = resumed ? one.upload! : await this.upload(one);
      one.stop.signal.throwIfAborted();
      this.change(one.id, { checking: true, complete: true });
      await this.attach(one, upload, resumed);
      this.drop(one.id);
      this.refresh();
    } catch (error) {
      if (one.stop.signal.aborted) return;
      const problem = problemOf(error);
      // The server keeps an upload for a day. It goes on from the beginning, as the next of the queue.
      if (resumed && problem.reason === 'not_found') return this.change(one.id, unsent);
      if (startsAnew(problem)) {
        const broken = this.all().find((item) => item.id === one.id)?.upload;
        this.change(one.id, { ...unsent, problem });
        if (broken) void cancelUpload(broken);
      } else this.change(one.id, { problem, checking: false });
      // The page then asks for the reason.
      if (asksForReason(problem)) this.refresh();
    }
  }

  private upload(one: Sending): Promise<string> {
    return sendFile(one.file, {
      id: one.upload,
      signal: one.stop.signal,
      onBegun: (id) => this.change(one.id, { upload: id }),
      onProgress: (sent) => this.change(one.id, { sent }),
    });
  }

  /**
   * The key belongs to the upload, so that an attempt whose answer was lost is not made twice: the server answers with the
   * file it made then.
   */
  private async attach(one: Sending, upload: string, resumed: boolean): Promise<Attachment> {
    const wanted = { upload, reason: one.reason, again: one.again, key: `${upload}${one.again ? ' again' : ''}` };
    try {
      return await attach(this.place, wanted);
    } catch (error) {
      // The lost attempt may have been at work until just now: then the upload is gone, and the file is there.
      if (resumed && problemOf(error).reason === 'not_found') return attach(this.place, wanted);
      throw error;
    }
  }

  refresh() {
    const { consultation } = this.place;
    const keys = [['activities'], ...(consultation ? [['consultation', consultation]] : [])];
    for (const queryKey of keys) void this.queries.invalidateQueries({ queryKey });
  }

  private drop(id: number) {
    put(
      this.key,
      this.all().filter((one) => one.id !== id),
    );
  }

  giveUp(id: number) {
    const one = this.all().find((item) => item.id === id);
    if (!one) return;
    one.stop.abort();
    this.drop(id);
    if (one.upload) void cancelUpload(one.upload);
  }
}

const workers = new Map<string, Queue>();

export function queueOf(place: Place, queries: QueryClient): Queue {
  const key = keyOf(place);
  const known = workers.get(key) ?? new Queue(place, queries);
  workers.set(key, known);
  return known;
}

function refusedBefore(file: File): Problem | null {
  if (file.size === 0) return refusedHere('file_empty').problem;
  return file.size > mostBytes ? refusedHere('file_too_large').problem : null;
}

export function useSending(place: Place) {
  const queries = useQueryClient();
  const { consultation, activity } = place;
  const queue = useMemo(() => queueOf({ consultation, activity }, queries), [consultation, activity, queries]);
  const items = useSyncExternalStore(listen, queue.all);
  return { queue, items };
}
