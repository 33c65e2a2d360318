// @vitest-environment node
// Files on their way to a server that loses lines, times out and refuses, as src/modules/uploads and documents do.
import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queueOf, type Sending } from './sending';

const partSize = 4;

interface Upload {
  size: number;
  parts: Map<number, string>;
  open: boolean;
}

/** What a request is to meet instead of its answer: before it arrives, or after the server has done it. */
type Fate = { path: RegExp; method: string; times: number; lose?: 'request' | 'answer'; answer?: [number, object] };

class Server {
  uploads = new Map<string, Upload>();
  files: { name: string; content: string; key: string; reason: string }[] = [];
  said: string[] = [];
  fates: Fate[] = [];
  asksForReason = false;

  meet(method: string, path: RegExp, fate: Partial<Fate>) {
    this.fates.push({ method, path, times: 1, ...fate });
  }

  fetch = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname.replace('/api', '');
    this.said.push(`${request.method} ${path}`);
    const fate = this.fates.find((one) => one.times > 0 && one.method === request.method && one.path.test(path));
    if (fate) fate.times -= 1;
    if (fate?.lose === 'request') throw new TypeError('Failed to fetch');
    const [status, body] = fate?.answer ?? (await this.answer(request, path));
    if (fate?.lose === 'answer') throw new TypeError('Failed to fetch');
    return status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  };

  private async answer(request: Request, path: string): Promise<[number, object]> {
    const [, kind, id = '', , number = ''] = path.split('/');
    if (kind === 'uploads') return this.upload(request, id, number);
    const { upload_id, reason, again } = (await request.json()) as { upload_id: string; reason: string; again: boolean };
    const key = request.headers.get('Idempotency-Key')!;
    const made = this.files.find((file) => file.key === key);
    if (made) return [201, made];
    const upload = this.uploads.get(upload_id);
    if (!upload?.open) return refused(404, 'not_found');
    const content = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part).join('');
    if (content.length < upload.size) return refused(409, 'upload_incomplete');
    if (this.asksForReason && !reason) return refused(422, 'invalid', '/reason', 'required');
    if (!again && this.files.some((file) => file.content === content)) return refused(409, 'same_file', '', 'same_file');
    upload.open = false;
    this.files.push({ name: upload_id, content, key, reason });
    return [201, this.files.at(-1)!];
  }

  private async upload(request: Request, id: string, number: string): Promise<[number, object]> {
    if (request.method === 'POST') {
      const { size } = (await request.json()) as { size: number };
      const name = `u${this.uploads.size + 1}`;
      this.uploads.set(name, { size, parts: new Map(), open: true });
      return [201, this.view(name)];
    }
    const upload = this.uploads.get(id);
    if (!upload?.open) return refused(404, 'not_found');
    if (request.method === 'GET') return [200, this.view(id)];
    if (request.method === 'DELETE') {
      this.uploads.delete(id);
      return [204, {}];
    }
    const part = await request.text();
    const wanted = Math.min(partSize, upload.size - Number(number) * partSize);
    if (part.length !== wanted) return refused(422, 'invalid', '/size', part.length < wanted ? 'too_short' : 'too_long');
    const there = upload.parts.get(Number(number));
    if (there !== undefined && there !== part) return refused(409, 'part_differs');
    upload.parts.set(Number(number), part);
    return [204, {}];
  }

  private view(id: string) {
    const { size, parts } = this.uploads.get(id)!;
    return { id, name: '', size, part_size: partSize, parts: Math.ceil(size / partSize), received: [...parts.keys()], expires_at: '' };
  }
}

function refused(status: number, reason: string, pointer?: string, why = ''): [number, object] {
  return [status, { type: 'about:blank', title: '', status, reason, request_id: '', fields: pointer === undefined ? [] : [{ pointer, reason: why, limit: '' }] }];
}

let server: Server;
let cases = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  server = new Server();
  vi.stubGlobal('fetch', server.fetch);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Goes through the pauses until the file is there or something stands in its way. */
async function settled(queue: ReturnType<typeof queueOf>): Promise<Sending | undefined> {
  for (let i = 0; i < 200; i += 1) {
    const [first] = queue.all();
    if (!first || first.problem) return first;
    await vi.advanceTimersByTimeAsync(1000);
    await new Promise((done) => setImmediate(done));
  }
  throw new Error('never settled');
}

function newQueue() {
  cases += 1;
  return queueOf({ consultation: `case ${cases}` }, new QueryClient());
}

const abc = () => new File(['aaaabbbbcc'], 'abc.txt');

test('a file goes in parts and is attached once', async () => {
  const queue = newQueue();
  queue.add([abc()], '');
  expect(await settled(queue)).toBeUndefined();
  expect(server.files.map((file) => file.content)).toEqual(['aaaabbbbcc']);
});

test('a part whose answer was lost is sent again, and is one part', async () => {
  const queue = newQueue();
  server.meet('PUT', /parts\/1$/, { lose: 'answer', times: 2 });
  queue.add([abc()], '');
  expect(await settled(queue)).toBeUndefined();
  expect(server.said.filter((line) => line.endsWith('parts/1'))).toHaveLength(3);
  expect(server.files.map((file) => file.content)).toEqual(['aaaabbbbcc']);
});

test('attached, but the answer was lost: tried again it is the same file, not a second one', async () => {
  const queue = newQueue();
  server.meet('POST', /attachments$/, { lose: 'answer' });
  queue.add([abc()], '');
  const stopped = await settled(queue);
  expect(stopped).toMatchObject({ complete: true, problem: { reason: 'offline' } });
  server.said = [];
  queue.retry(stopped!.id, false);
  expect(await settled(queue)).toBeUndefined();
  expect(server.files).toHaveLength(1);
  expect(server.said).toEqual([expect.stringMatching(/^POST .*attachments$/)]);
});

test('the first attempt was at work until just now: asked once more, its file is the answer', async () => {
  const queue = newQueue();
  server.meet('POST', /attachments$/, { answer: [504, { reason: 'timeout', fields: [] }] });
  queue.add([abc()], '');
  const stopped = await settled(queue);
  expect(stopped!.problem!.reason).toBe('timeout');
  const [id] = [...server.uploads.keys()];
  server.uploads.get(id!)!.open = false;
  server.files.push({ name: id!, content: 'aaaabbbbcc', key: id!, reason: '' });
  server.meet('POST', /attachments$/, { answer: refused(404, 'not_found') });
  queue.retry(stopped!.id, false);
  expect(await settled(queue)).toBeUndefined();
  expect(server.files).toHaveLength(1);
});

test('an upload that was swept meanwhile is begun anew', async () => {
  const queue = newQueue();
  server.meet('POST', /attachments$/, { lose: 'request' });
  queue.add([abc()], '');
  const stopped = await settled(queue);
  server.uploads.clear();
  queue.retry(stopped!.id, false);
  expect(await settled(queue)).toBeUndefined();
  expect(server.files.map((file) => file.content)).toEqual(['aaaabbbbcc']);
});

test('a case that is not there is said to be missing, and not asked for endlessly', async () => {
  const queue = newQueue();
  server.meet('POST', /attachments$/, { answer: refused(404, 'not_found'), times: 99 });
  queue.add([abc()], '');
  expect((await settled(queue))!.problem!.reason).toBe('not_found');
  expect(server.said.filter((line) => line.endsWith('attachments'))).toHaveLength(1);
});

test('a part that differs: the broken upload is given up, and the file starts from the beginning', async () => {
  const queue = newQueue();
  server.meet('PUT', /parts\/1$/, { answer: refused(409, 'part_differs') });
  queue.add([abc()], '');
  const stopped = await settled(queue);
  expect(stopped).toMatchObject({ problem: { reason: 'part_differs' }, upload: undefined, sent: 0, complete: false });
  await vi.advanceTimersByTimeAsync(0);
  expect(server.said).toContain('DELETE /uploads/u1');
  server.said = [];
  queue.retry(stopped!.id, false);
  expect(await settled(queue)).toBeUndefined();
  expect(server.said.slice(0, 2)).toEqual(['POST /uploads', 'PUT /uploads/u1/parts/0']);
  expect(server.files.map((file) => file.content)).toEqual(['aaaabbbbcc']);
});

test('a part of the wrong size starts anew too', async () => {
  const queue = newQueue();
  server.meet('PUT', /parts\/2$/, { answer: refused(422, 'invalid', '/size', 'too_short') });
  queue.add([abc()], '');
  const stopped = await settled(queue);
  expect(stopped).toMatchObject({ problem: { reason: 'invalid' }, upload: undefined, sent: 0 });
  queue.retry(stopped!.id, false);
  expect(await settled(queue)).toBeUndefined();
});

test('a case that was closed meanwhile asks why; what was sent stays', async () => {
  const queue = newQueue();
  server.asksForReason = true;
  queue.add([abc()], '');
  const stopped = await settled(queue);
  expect(stopped).toMatchObject({ complete: true, upload: 'u1', problem: { reason: 'invalid' } });
  server.said = [];
  queue.retry(stopped!.id, false, 'came late');
  expect(await settled(queue)).toBeUndefined();
  expect(server.said).toHaveLength(1);
  expect(server.files.map((file) => file.reason)).toEqual(['came late']);
});

test('a file that was moved since it was chosen is no lost line', async () => {
  const queue = newQueue();
  const moved = abc();
  moved.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) as unknown as Blob;
  queue.add([moved], '');
  expect((await settled(queue))!.problem!.reason).toBe('file_unreadable');
  expect(server.said).toEqual(['POST /uploads']);
});
