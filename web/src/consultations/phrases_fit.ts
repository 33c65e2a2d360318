import type { Phrase } from '../api/types';

/**
 * The phrases of the desk, those for this field and topic first; none of another field stands before one that may stand
 * anywhere. Within the same fit the order of the list stays.
 */
export function fittingPhrases(phrases: Phrase[], deskId: string | null, field: string, topic: string | null): Phrase[] {
  const fit = ({ text }: Phrase) => (text.field === field ? 0 : text.field === null ? 2 : 4) + (text.topic === null ? 1 : text.topic === topic ? 0 : 6);
  return phrases
    .filter((phrase) => deskId === null || phrase.desk_id === deskId)
    .map((phrase) => ({ phrase, fit: fit(phrase) }))
    .sort((a, b) => a.fit - b.fit)
    .map((one) => one.phrase);
}
