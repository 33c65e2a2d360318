// What becomes of each mark in the words of a case. Places count UTF-16 code units, as JavaScript's strings do.
import type { FieldText, Identifiers, Mark, MarkDecision, MarkKind } from '../api/types';

export type Fate = 'undecided' | 'replace' | 'keep';

/** A mark with what is to become of it. `reason`: why a certain identifier stays. */
export interface Decided extends Mark {
  fate: Fate;
  reason: string;
}

export const codedFields = ['age_band', 'household', 'care_level', 'district_id'] as const;
export type CodedField = (typeof codedFields)[number];

export function isCoded(field: string): field is CodedField {
  return (codedFields as readonly string[]).includes(field);
}

/** In the order of the fields, the codes last. */
export function inOrder(marks: Decided[], fields: FieldText[]): Decided[] {
  const place = (field: string) => {
    const at = fields.findIndex((one) => one.field === field);
    return at < 0 ? fields.length + codedFields.indexOf(field as CodedField) : at;
  };
  return [...marks].sort((a, b) => place(a.field) - place(b.field) || a.start - b.start);
}

/** What was found, with what was decided about the same places before. */
export function begin(found: Identifiers, earlier: MarkDecision[]): Decided[] {
  const same = (a: { field: string; start: number; end: number }, b: Mark) => a.field === b.field && a.start === b.start && a.end === b.end;
  const marks: Decided[] = found.marks.map((mark) => {
    const before = earlier.find((one) => same(one, mark));
    if (!before) return { ...mark, fate: 'undecided', reason: '' };
    return { ...mark, fate: before.replace ? 'replace' : 'keep', replacement: before.replace ? before.replacement : mark.replacement, reason: before.reason };
  });
  const added = earlier.filter((one) => one.source === 'hand' && !marks.some((mark) => overlap(one, mark)));
  return inOrder([...marks, ...added.map((one): Decided => ({ ...one, certain: false, fate: one.replace ? 'replace' : 'keep' }))], found.fields);
}

export function overlap(a: { field: string; start: number; end: number }, b: { field: string; start: number; end: number }): boolean {
  if (a.field !== b.field) return false;
  return isCoded(a.field) || (a.start < b.end && b.start < a.end);
}

/** Whether nothing is left to be said about the mark. */
export function isDone(mark: Decided): boolean {
  return mark.fate === 'replace' || (mark.fate === 'keep' && (!mark.certain || mark.reason.trim() !== ''));
}

/** A mark set by hand takes the place of those it touches. */
export function withOwn(marks: Decided[], own: { field: string; start: number; end: number; kind: MarkKind; replacement: string }, fields: FieldText[]): Decided[] {
  const touched = marks.filter((mark) => overlap(mark, own));
  const start = Math.min(own.start, ...touched.map((mark) => mark.start));
  const end = Math.max(own.end, ...touched.map((mark) => mark.end));
  const added: Decided = { ...own, start, end, source: 'hand', certain: false, fate: 'replace', reason: '' };
  return inOrder([...marks.filter((mark) => !overlap(mark, own)), added], fields);
}

export type Piece = { text: string; mark?: Decided };

/** The words of a field parted at its marks. */
export function pieces(field: FieldText, marks: Decided[]): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const mark of marks.filter((one) => one.field === field.field)) {
    if (mark.start > at) result.push({ text: field.text.slice(at, mark.start) });
    result.push({ text: field.text.slice(mark.start, mark.end), mark });
    at = mark.end;
  }
  if (at < field.text.length) result.push({ text: field.text.slice(at) });
  return result;
}

/** Not in the middle of a letter that takes two code units. */
export function atBorder(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return at > 0 && at < text.length && code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

/** As the server wants them. */
export function decisionsOf(marks: Decided[]): MarkDecision[] {
  return marks.map(({ field, start, end, kind, source, fate, replacement, reason }) => ({ field, start, end, kind, source, replace: fate === 'replace', replacement: fate === 'replace' ? replacement : '', reason: fate === 'keep' ? reason : '' }));
}
