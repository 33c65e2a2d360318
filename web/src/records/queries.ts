// Reading the records after the consultations, and what has to be read again when one of them changes.
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { IssueEvent, NodeKind, Page } from '../api/types';

const one = (id: string) => ({ params: { path: { id } } });

export const issueQuery = (id: string) => queryOptions({ queryKey: ['issues', id], queryFn: () => ask(api.GET('/api/issues/{id}', one(id))) });
export const issueHistoryQuery = (id: string) =>
  queryOptions({ queryKey: ['issues', id, 'history'], queryFn: async () => (await ask(api.GET('/api/issues/{id}/history', one(id)))).items as IssueEvent[] });
export const bodiesQuery = () => queryOptions({ queryKey: ['bodies'], queryFn: async () => (await ask(api.GET('/api/bodies'))).items });
export const meetingQuery = (id: string) => queryOptions({ queryKey: ['meetings', id], queryFn: () => ask(api.GET('/api/meetings/{id}', one(id))) });
export const measureQuery = (id: string) => queryOptions({ queryKey: ['measures', id], queryFn: () => ask(api.GET('/api/measures/{id}', one(id))) });
export const indicatorQuery = (id: string) => queryOptions({ queryKey: ['indicators', id], queryFn: () => ask(api.GET('/api/indicators/{id}', one(id))) });
export const evaluationQuery = (id: string) => queryOptions({ queryKey: ['evaluations', id], queryFn: () => ask(api.GET('/api/evaluations/{id}', one(id))) });
export const threadQuery = (kind: NodeKind, id: string) =>
  queryOptions({ queryKey: ['thread', kind, id], queryFn: () => ask(api.GET('/api/thread/{kind}/{id}', { params: { path: { kind, id } } })) });

type ListPath = '/api/issues' | '/api/meetings' | '/api/measures' | '/api/indicators' | '/api/evaluations' | '/api/activities' | '/api/consultations' | '/api/consultations/cases' | '/api/places' | '/api/own-places' | '/api/confirmations' | '/api/confirmations/due' | '/api/vacancies' | '/api/referrals' | '/api/discharges';

/** One page of a list, its conditions as they stand in a URL. */
export async function readPage<T>(path: ListPath, query: Record<string, string | undefined>): Promise<Page<T>> {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
  return (await ask(api.GET(path, { params: { query: given } } as never))) as unknown as Page<T>;
}

/** Up to `most` rows, for choosing one of them. */
export async function readAll<T>(path: ListPath, query: Record<string, string | undefined> = {}, most = 600): Promise<T[]> {
  const rows: T[] = [];
  let after: string | undefined;
  do {
    const page: Page<T> = await readPage<T>(path, { ...query, limit: '200', after });
    rows.push(...page.items);
    after = page.next ?? undefined;
  } while (after && rows.length < most);
  return rows;
}

export function useAll<T>(path: ListPath, query: Record<string, string | undefined> = {}, enabled = true): T[] | undefined {
  return useQuery({ queryKey: [path.split('/')[2], 'all', path, query], queryFn: () => readAll<T>(path, query), enabled }).data;
}

/** After a write: the lists, boards and threads that show the record are read again. */
export function useRefresh(): (...changed: string[]) => void {
  const queries = useQueryClient();
  return (...changed) => {
    for (const key of [...changed, 'home', 'thread']) void queries.invalidateQueries({ queryKey: [key] });
  };
}
