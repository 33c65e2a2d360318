import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '../api/client';

const one = (id: string) => ({ params: { path: { id } } });

export const anonymisedQuery = (id: string) => queryOptions({ queryKey: ['consultation', id, 'anonymised'], queryFn: () => ask(api.GET('/api/consultations/{id}/anonymised', one(id))) });
/** Found anew each time: names of colleagues and places may have been added since. */
export const identifiersQuery = (id: string) =>
  queryOptions({ queryKey: ['consultation', id, 'identifiers'], queryFn: () => ask(api.GET('/api/consultations/{id}/identifiers', one(id))), staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false });
