// A file goes to the server in parts, so that a lost line costs one part.
import { api, ask } from '../api/client';
import { ProblemError, refusedHere } from '../api/problem';

interface Options {
  /** An upload that was begun before: only what is missing is sent. */
  id?: string;
  signal?: AbortSignal;
  onBegun?: (id: string) => void;
  /** Bytes the server has. */
  onProgress?: (sent: number) => void;
}

/** Pauses before a part is tried again. After the last one the line counts as lost. */
const pauses = [500, 2000, 5000];

const wait = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<void>((done, stop) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      stop(signal.reason as Error);
    });
  });

async function begin(file: File) {
  return ask(api.POST('/api/uploads', { body: { name: file.name, size: file.size, media_type: file.type.slice(0, 100) } } as never));
}

/**
 * Answers the id of the complete upload. Throws a ProblemError; where that one is `passing`, the same call with the id
 * that `onBegun` told goes on from there.
 */
export async function sendFile(file: File, { id, signal, onBegun, onProgress }: Options = {}): Promise<string> {
  const upload = await (id ? ask(api.GET('/api/uploads/{id}', { params: { path: { id } } })).catch(beginAnew) : begin(file));
  async function beginAnew(error: unknown) {
    if (error instanceof ProblemError && error.reason === 'not_found') return begin(file);
    throw error;
  }
  onBegun?.(upload.id);
  const here = new Set(upload.received);
  const sizeOf = (number: number) => Math.min(upload.part_size, file.size - number * upload.part_size);
  let sent = [...here].reduce((sum, number) => sum + sizeOf(number), 0);
  onProgress?.(sent);
  for (let number = 0; number < upload.parts; number++) {
    if (here.has(number)) continue;
    const from = number * upload.part_size;
    await sendPart(upload.id, number, await bytesOf(file.slice(from, from + sizeOf(number))), signal);
    sent += sizeOf(number);
    onProgress?.(sent);
  }
  return upload.id;
}

/** Read before it is sent: a file that was moved or written over since it was chosen would look like a lost line. */
async function bytesOf(part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer();
  } catch {
    throw refusedHere('file_unreadable');
  }
}

async function sendPart(id: string, number: number, bytes: ArrayBuffer, signal?: AbortSignal): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    signal?.throwIfAborted();
    try {
      await ask(
        api.PUT('/api/uploads/{id}/parts/{number}', {
          params: { path: { id, number: String(number) } },
          body: bytes as never,
          bodySerializer: (body: unknown) => body as BodyInit,
          headers: { 'Content-Type': 'application/octet-stream' },
          signal,
        } as never),
      );
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const pause = pauses[attempt];
      if (!(error instanceof ProblemError) || !error.passing || pause === undefined) throw error;
      await wait(pause, signal);
    }
  }
}

/** The person does not want it any more. What cannot be told to the server now is swept there after a day. */
export async function cancelUpload(id: string): Promise<void> {
  await ask(api.DELETE('/api/uploads/{id}', { params: { path: { id } } })).catch(() => undefined);
}
