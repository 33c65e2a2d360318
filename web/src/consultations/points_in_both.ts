// What two cases have in common, as it is shown where they stand side by side.
import type { ConsultationSheet, SimilarCase } from '../api/types';
import { folded } from '../ui/folded';
import { isEmpty, sheetFields, type SheetField } from './sheet';

/** What the API gives of a case that another desk shares. */
export const sharedFields = ['age_band', 'household', 'care_level', 'background', 'topic', 'elements', 'result'] as const;

/** In groups, each under its heading (a key of consultations:alike.group). */
export const comparedFields: { group: 'call' | 'person' | 'types' | 'support'; fields: SheetField[] }[] = [
  { group: 'call', fields: ['subject', 'received_on', 'request'] },
  { group: 'person', fields: ['age_band', 'household', 'care_level', 'district_id', 'illness', 'treatments', 'background'] },
  { group: 'types', fields: ['topic', 'subtopic', 'scenes', 'relisted', 'elements'] },
  { group: 'support', fields: ['supports', 'support_text', 'result', 'result_on', 'awareness'] },
];

/** A case of another desk as far as it is known, in the form of a sheet. */
export function sharedSheet(one: SimilarCase): Partial<ConsultationSheet> {
  return {
    age_band: one.age_band,
    household: one.household,
    care_level: one.care_level,
    background: one.background,
    topic: one.topic,
    elements: one.elements.map((element) => ({ element, value: 'yes' as const, text: '' })),
    result: one.result,
  };
}

/** The values of a field that is chosen from a list: codes, elements, a district. */
export function chosenIn(field: SheetField, sheet: Partial<ConsultationSheet>): string[] {
  const value = sheet[field];
  if (isEmpty(value)) return [];
  switch (sheetFields[field].kind) {
    case 'code':
    case 'region':
      return [value as string];
    case 'codes':
      return value as string[];
    case 'elements':
      return (value as ConsultationSheet['elements']).map((one) => one.element);
    default:
      return [];
  }
}

/** What is chosen in both. */
export function commonChoices(field: SheetField, a: Partial<ConsultationSheet>, b: Partial<ConsultationSheet>): Set<string> {
  const there = chosenIn(field, b);
  return new Set(chosenIn(field, a).filter((value) => there.includes(value)));
}

/** Words that the comparison found in both texts; in the illness also the illness itself. */
export function wordsInBoth(one: SimilarCase): string[] {
  return one.points.filter((point) => point.kind === 'word' || point.kind === 'illness').map((point) => point.text);
}

/** A text parted where one of the words stands, however wide or in which kana it is written. */
export function partedAt(text: string, words: readonly string[]): { text: string; same: boolean }[] {
  let form = '';
  // For each unit of the folded text, the place where its letter begins in the text as written.
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const written = folded(letter);
    for (let i = 0; i < written.length; i += 1) places.push(at);
    form += written;
    at += letter.length;
  }
  places.push(text.length);
  const marked = new Array<boolean>(text.length).fill(false);
  for (const word of words.map(folded).filter((one) => one.trim() !== '')) {
    for (let from = form.indexOf(word); from >= 0; from = form.indexOf(word, from + 1)) {
      const end = from + word.length;
      // Up to the end of the letter in which the word ends.
      const until = places.slice(end).find((place) => place > places[end - 1]!) ?? text.length;
      marked.fill(true, places[from]!, until);
    }
  }
  const parts: { text: string; same: boolean }[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const last = parts.at(-1);
    if (last && last.same === marked[i]) last.text += text[i];
    else parts.push({ text: text[i]!, same: marked[i]! });
  }
  return parts;
}
