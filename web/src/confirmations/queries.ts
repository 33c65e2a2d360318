// Reading what is due, requests and rounds, and what has to be read again when one of them changes.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Confirmation, FacilityCard, SurveyRound } from '../api/types';

const one = (id: string) => ({ params: { path: { id } } });

export const confirmationQuery = (id: string) => queryOptions({ queryKey: ['confirmations', id], queryFn: () => ask(api.GET('/api/confirmations/{id}', one(id))) as Promise<Confirmation> });
export const confirmationHistoryQuery = (id: string) => queryOptions({ queryKey: ['confirmations', id, 'history'], queryFn: async () => (await ask(api.GET('/api/confirmations/{id}/history', one(id)))).items });
export const roundsQuery = (municipality: string | undefined) =>
  queryOptions({ queryKey: ['rounds', municipality ?? ''], queryFn: async () => (await ask(api.GET('/api/survey-rounds', { params: { query: { municipality_id: municipality } } }))).items as SurveyRound[] });
export const roundQuery = (id: string) => queryOptions({ queryKey: ['rounds', 'one', id], queryFn: () => ask(api.GET('/api/survey-rounds/{id}', one(id))) as Promise<SurveyRound> });

/** Lists, requests, rounds and the places themselves. */
export function useLooked(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const key of ['due', 'confirmations', 'rounds', 'places', 'vacancies']) void queries.invalidateQueries({ queryKey: [key] });
  };
}

export const reasons = ['differs', 'missing', 'never', 'old'] as const;
export const methods = ['fax', 'paper', 'mail', 'page', 'phone'] as const;
export const confirmationStates = ['sent', 'answered', 'approved', 'refused', 'expired', 'withdrawn'] as const;
/** In the order in which the card is read. */
export const cardFields = ['contact', 'phone', 'fax', 'mail', 'speciality', 'treatments', 'area', 'hours', 'open_times', 'capacity', 'costs', 'cost_note', 'languages', 'admission', 'discharge'] as const satisfies readonly (keyof FacilityCard)[];
export type CardField = (typeof cardFields)[number];

/** Fields of the card that hold codes, and their schemes. */
export const listSchemes = { treatments: 'treatment', open_times: 'open_time', costs: 'cost', languages: 'language' } as const satisfies Partial<Record<CardField, string>>;
export type ListField = keyof typeof listSchemes;
export const isList = (field: CardField): field is ListField => field in listSchemes;
export type TextField = Exclude<CardField, ListField | 'contact'>;

/** As it stands on the paper. */
export function writtenCode(code: string): string {
  return code.length === 7 ? `${code.slice(0, 3)}-${code.slice(3)}` : code;
}
