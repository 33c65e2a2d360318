// Reading what was done about a case, and what has to be read again when something is written down.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { ActivityText } from '../api/types';
import { today } from '../ui/japanese_date';

const one = (id: string) => ({ params: { path: { id } } });

export const timelineQuery = (id: string) => queryOptions({ queryKey: ['consultation', id, 'activities'], queryFn: () => ask(api.GET('/api/consultations/{id}/activities', one(id))) });
export const followUpsQuery = (id: string) => queryOptions({ queryKey: ['consultation', id, 'follow-ups'], queryFn: async () => (await ask(api.GET('/api/consultations/{id}/follow-ups', one(id)))).items });
export const activityQuery = (id: string) => queryOptions({ queryKey: ['activities', id], queryFn: () => ask(api.GET('/api/activities/{id}', one(id))) });
export const activityHistoryQuery = (id: string) => queryOptions({ queryKey: ['activities', id, 'history'], queryFn: async () => (await ask(api.GET('/api/activities/{id}/history', one(id)))).items });

/** After an entry: the case, its lists, the registers and the home board. */
export function useEntered(): (consultation?: string | null) => void {
  const queries = useQueryClient();
  return (consultation) => {
    for (const key of [...(consultation ? [['consultation', consultation]] : []), ['activities'], ['consultations'], ['conference'], ['follow-ups'], ['home']]) void queries.invalidateQueries({ queryKey: key });
  };
}

export function emptyActivity(kind: string): ActivityText {
  return {
    kind,
    done_on: today(),
    started_at: null,
    minutes: null,
    with_name: '',
    with_affiliation: '',
    with_profession: null,
    said: '',
    outcome: '',
    state: null,
    settled_on: null,
    advice_field: null,
    partner: '',
    startup_supports: [],
    conditions: '',
    candidates: '',
    agreement: '',
    agreed_on: null,
    begun_on: null,
    follow_up_on: null,
  } as unknown as ActivityText;
}
