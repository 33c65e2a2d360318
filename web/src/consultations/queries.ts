import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Consultation } from '../api/types';

export const consultationQuery = (id: string) =>
  queryOptions({ queryKey: ['consultation', id], queryFn: () => ask(api.GET('/api/consultations/{id}', { params: { path: { id } } })) });

export const historyQuery = (id: string) =>
  queryOptions({ queryKey: ['consultation', id, 'history'], queryFn: () => ask(api.GET('/api/consultations/{id}/history', { params: { path: { id } } })) });

/** By version: any change of the record ends what waits. */
export const finalisationQuery = (id: string, version: number) =>
  queryOptions({ queryKey: ['consultation', id, 'finalisation', version], queryFn: () => ask(api.GET('/api/consultations/{id}/finalisation', { params: { path: { id } } })) });

export function useConsultation(id: string) {
  return useQuery(consultationQuery(id));
}

/** Puts a changed consultation in place and lets everything that lists it be read again. */
export function useTakeConsultation() {
  const queries = useQueryClient();
  return (consultation: Consultation) => {
    queries.setQueryData(['consultation', consultation.id], consultation);
    void queries.invalidateQueries({ queryKey: ['consultation', consultation.id, 'history'] });
    for (const key of ['consultations', 'home', 'thread', 'analysis', 'issues']) void queries.invalidateQueries({ queryKey: [key] });
  };
}
