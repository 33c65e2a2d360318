import createClient from 'openapi-fetch';
import { agreeOnToday } from '../ui/japanese_date';
import { offline, ProblemError } from './problem';
import type { paths } from './schema';
import type { Problem, SessionView, Whole } from './types';

let csrfToken = '';
let signInAgain: (() => Promise<SessionView>) | undefined;

/** Called with every answer about the session: writes carry its token, and its day is today. */
export function rememberSession(session: SessionView | null): void {
  csrfToken = session?.csrf_token ?? '';
  if (session) agreeOnToday(session.today);
}

/** While set, a request that meets an expired session waits for the person to sign in again and is then repeated. */
export function onSessionExpired(ask: (() => Promise<SessionView>) | undefined): void {
  signInAgain = ask;
}

async function reasonOf(response: Response): Promise<string> {
  try {
    return ((await response.clone().json()) as Problem).reason;
  } catch {
    return '';
  }
}

async function send(request: Request): Promise<Response> {
  const attempt = async () => {
    const copy = request.clone();
    if (copy.method !== 'GET' && csrfToken) copy.headers.set('X-CSRF-Token', csrfToken);
    try {
      return await fetch(copy);
    } catch {
      throw offline();
    }
  };
  const first = await attempt();
  const signingIn = new URL(request.url).pathname === '/api/session';
  if (first.status !== 401 || signingIn || !signInAgain) return first;
  if ((await reasonOf(first)) !== 'unauthenticated') return first;
  rememberSession(await signInAgain());
  return attempt();
}

/** Headers are set by `ifMatch` and `onceOnly`, so no call has to name them among its parameters. */
type Headless<Paths> = {
  [Path in keyof Paths]: {
    [Method in keyof Paths[Path]]: Paths[Path][Method] extends { parameters: { header: infer Header; path?: infer InPath; query?: infer Query } }
      ? Omit<Paths[Path][Method], 'parameters'> & { parameters: { header?: Header; path: InPath; query?: Query; cookie?: never } }
      : Paths[Path][Method];
  };
};

/** The API, typed by api/openapi.json. Use with `ask`: `await ask(api.GET('/api/desks'))`. */
export const api = createClient<Headless<paths>>({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  fetch: send,
  credentials: 'same-origin',
  querySerializer: { array: { style: 'form', explode: false } },
});

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a good answer, or a ProblemError. */
export async function ask<T>(call: Promise<Answer<T>>): Promise<Whole<T>> {
  const { data, error, response } = await call;
  if (response.ok) return data as Whole<T>;
  if (error && typeof error === 'object' && 'reason' in error) throw new ProblemError(error as Problem);
  const reason = response.status === 503 || response.status === 502 ? 'overloaded' : 'internal';
  throw new ProblemError({ type: 'about:blank', title: '', status: response.status, reason, request_id: '', fields: [] });
}

/** Headers of a write that changes version `version` of a record. */
export function ifMatch(version: number): { headers: { 'If-Match': string } } {
  return { headers: { 'If-Match': `"${version}"` } };
}

/** Headers of a create that may be repeated after a broken line without making two records. */
export function onceOnly(key: string): { headers: { 'Idempotency-Key': string } } {
  return { headers: { 'Idempotency-Key': key } };
}
