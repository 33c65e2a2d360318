// Reading coordinations of a discharge and their forms, and what has to be read again when one changes.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { DischargeBoard, DischargeFigures, DischargeState, DischargeText, DueDays, FormList, Paper, Party } from '../api/types';
import type { Search } from '../app/router';

const one = (id: string) => ({ params: { path: { id } } });

export const dischargeQuery = (id: string) => queryOptions({ queryKey: ['discharges', id], queryFn: () => ask(api.GET('/api/discharges/{id}', one(id))) });
export const dischargeHistoryQuery = (id: string) => queryOptions({ queryKey: ['discharges', id, 'history'], queryFn: () => ask(api.GET('/api/discharges/{id}/history', one(id))) });
export const boardQuery = (query: Search) => queryOptions({ queryKey: ['discharges', 'board', query], queryFn: () => ask(api.GET('/api/discharges/board', { params: { query } } as never)) as Promise<DischargeBoard> });
export const figuresQuery = (query: Search) => queryOptions({ queryKey: ['discharges', 'figures', query], queryFn: () => ask(api.GET('/api/discharges/figures', { params: { query } } as never)) as Promise<DischargeFigures> });
export const definitionsQuery = queryOptions({ queryKey: ['discharge-form-definitions'], queryFn: async () => (await ask(api.GET('/api/discharge-forms/definitions'))).forms, staleTime: 10 * 60_000 });
/** What a form is about; what stands in it is opened with a reason (opened_form). */
export const formHeadQuery = (id: string) => queryOptions({ queryKey: ['discharge-forms', 'head', id], queryFn: () => ask(api.GET('/api/discharge-forms/{id}', one(id))) });
export const formsQuery = (about: { discharge?: string; consultation?: string }) => queryOptions({ queryKey: ['discharge-forms', about], queryFn: async () => (await ask(api.GET('/api/discharge-forms', { params: { query: about } } as never))) as FormList });

export type DischargeDays = Pick<DischargeText, 'admitted_on' | 'planned_on' | 'decided_on' | 'left_on'>;

/** The rules of the papers, and the due days that follow from these days. */
export function useDueDays({ admitted_on, planned_on, decided_on, left_on }: DischargeDays) {
  const query = Object.fromEntries(Object.entries({ admitted_on, planned_on, decided_on, left_on }).filter(([, day]) => day));
  return useQuery({ queryKey: ['discharges', 'due-days', query], queryFn: () => ask(api.GET('/api/discharges/due-days', { params: { query } } as never)) as Promise<DueDays>, placeholderData: (before) => before }).data;
}

export const dischargeStates: DischargeState[] = ['planning', 'decided', 'discharged', 'ended', 'readmitted', 'cancelled'];
/** Those that are still being worked on. */
export const openStates: DischargeState[] = ['planning', 'decided', 'discharged'];

export function isClosed(state: DischargeState): boolean {
  return !openStates.includes(state);
}

export function emptyPaper(kind: string): Paper {
  return { kind, asked_on: null, due_on: null, due_by_hand: false, received_on: null, not_needed: false, with_whom: '', note: '' };
}

export function emptyParty(role: string): Party {
  return { role, affiliation: '', name: '', contact: '', place_id: null };
}

export function emptyDischarge(): DischargeText {
  return {
    subject: '', hospital: '', hospital_place_id: null, ward: '', admitted_on: null, planned_on: null, decided_on: null, left_on: null, destination: null, destination_name: '', wishes: '', family_wishes: '', difficulties: '', course: '', owner_id: null, parties: [], papers: [],
  };
}
