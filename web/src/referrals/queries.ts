// Reading searches and asks, and what has to be read again when one of them changes.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Match, MatchText, Referral, ReferralText } from '../api/types';
import { inJapan } from '../ui/japanese_date';

const one = (id: string) => ({ params: { path: { id } } });

export const matchQuery = (id: string) => queryOptions({ queryKey: ['matches', id], queryFn: () => ask(api.GET('/api/matches/{id}', one(id))) as Promise<Match> });
export const matchHistoryQuery = (id: string) => queryOptions({ queryKey: ['matches', id, 'history'], queryFn: async () => (await ask(api.GET('/api/matches/{id}/history', one(id)))).items });
export const caseMatchesQuery = (id: string) => queryOptions({ queryKey: ['consultation', id, 'matches'], queryFn: async () => (await ask(api.GET('/api/consultations/{id}/matches', one(id)))).items });
export const candidatesQuery = (id: string, beyond: boolean) => queryOptions({ queryKey: ['matches', id, 'candidates', beyond], queryFn: () => ask(api.GET('/api/matches/{id}/candidates', { params: { path: { id }, query: { beyond } } })) });
export const referralQuery = (id: string) => queryOptions({ queryKey: ['referrals', id], queryFn: () => ask(api.GET('/api/referrals/{id}', one(id))) as Promise<Referral> });
export const referralHistoryQuery = (id: string) => queryOptions({ queryKey: ['referrals', id, 'history'], queryFn: async () => (await ask(api.GET('/api/referrals/{id}/history', one(id)))).items });

/** After a step: the ask, its search, its case, the board and what is missing. */
export function useAsked(): (consultation: string) => void {
  const queries = useQueryClient();
  return (consultation) => {
    for (const key of [['referrals'], ['matches'], ['gaps'], ['consultation', consultation], ['consultations'], ['home']]) void queries.invalidateQueries({ queryKey: key });
  };
}

export function emptyMatch(): MatchText {
  return { service: '', treatments: [], district_id: null, area: '', days: [], hours: '', open_times: [], starts_on: null, contact: null, languages: [], costs: [], wishes: '' } as unknown as MatchText;
}

/** In the order in which they are read. */
export const matchFields = ['service', 'treatments', 'district_id', 'area', 'days', 'hours', 'open_times', 'starts_on', 'contact', 'languages', 'costs', 'wishes'] as const;
export const referralFields = [
  'method', 'to_name', 'reached_at', 'sent_on', 'reply_by', 'received_on', 'message', 'shown', 'person_label', 'answer', 'reason', 'answer_words', 'answered_on', 'answered_by', 'outcome', 'outcome_reason', 'outcome_words', 'outcome_on', 'follow_up_on', 'followed_on', 'follow_up_words',
] as const satisfies readonly (keyof ReferralText)[];

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;
export const methods = ['phone', 'fax', 'paper', 'mail', 'page'] as const;
export const answers = ['yes', 'conditional', 'no', 'none'] as const;
export const outcomes = ['began', 'failed', 'declined'] as const;
export const shownFacts = ['age_band', 'household', 'care_level', 'illness', 'city', 'district'] as const;
export const states = ['prepared', 'sent', 'received', 'answered', 'settled', 'followed', 'withdrawn'] as const;
export const tasks = ['to_send', 'late', 'waiting', 'to_settle', 'to_follow_up'] as const;

/** Nobody has answered yet. */
export function waits(state: string): boolean {
  return state === 'prepared' || state === 'sent' || state === 'received';
}

/** Whole days since the ask went out, or was made. */
export function ageOf(row: { sent_on: string | null; created_at: string }, today: string): number {
  const since = row.sent_on ?? inJapan(row.created_at).date;
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(since)) / 86_400_000));
}
