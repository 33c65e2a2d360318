import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Phrase } from '../api/types';

/** Fields of the sheet that hold sentences, in its order. */
export const phraseFields = ['subject', 'request', 'background', 'support_text', 'follow_up_note', 'awareness', 'physician_question', 'physician_assessment', 'physician_direction'] as const;

const none: Phrase[] = [];

/** The phrases of the desks one works at. */
export function usePhrases(): { phrases: Phrase[]; error: unknown; pending: boolean } {
  const { data, error, isPending } = useQuery({ queryKey: ['phrases'], queryFn: () => ask(api.GET('/api/phrases')), staleTime: 5 * 60_000 });
  return { phrases: data?.items ?? none, error, pending: isPending };
}
