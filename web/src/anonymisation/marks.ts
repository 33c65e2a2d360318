// What becomes of each mark in the words of a case. Places count UTF-16 code units, as JavaScript's strings do.
//
// The marks of a case lie in layers: those that were found, and over them those set by hand, in the order in which they
// were set. A mark set by hand hides what it covers; when it is taken off, that stands again as it was decided.
import type { FieldProblem, FieldText, Identifiers, Mark, MarkDecision, MarkKind } from '../api/types';

export type Fate = 'undecided' | 'replace' | 'keep';

/** A mark with what is to become of it. `reason`: why a certain identifier stays. */
export interface Decided extends Mark {
  fate: Fate;
  reason: string;
}

export interface Place {
  field: string;
  start: number;
  end: number;
}

/** What the person said about one place; enough to be said again about marks that are found anew. */
export type Choice = Omit<Decided, 'certain'>;

export const codedFields = ['age_band', 'household', 'care_level', 'district_id'] as const;
export type CodedField = (typeof codedFields)[number];

export function isCoded(field: string): field is CodedField {
  return (codedFields as readonly string[]).includes(field);
}

const samePlace = (a: Place, b: Place) => a.field === b.field && a.start === b.start && a.end === b.end;

export function overlap(a: Place, b: Place): boolean {
  if (a.field !== b.field) return false;
  return isCoded(a.field) || (a.start < b.end && b.start < a.end);
}

/** The marks that stand, in the order of the fields, the codes last. */
export function shown(layers: Decided[], fields: FieldText[]): Decided[] {
  const place = (field: string) => {
    const at = fields.findIndex((one) => one.field === field);
    return at < 0 ? fields.length + codedFields.indexOf(field as CodedField) : at;
  };
  return layers
    .filter((mark, at) => !layers.slice(at + 1).some((over) => over.source === 'hand' && overlap(mark, over)))
    .sort((a, b) => place(a.field) - place(b.field) || a.start - b.start);
}

/** What was kept beside the record, as choices to begin with. */
export function choicesOfDecisions(decisions: MarkDecision[]): Choice[] {
  return decisions.map(({ replace, ...one }) => ({ ...one, fate: replace ? 'replace' : 'keep' }));
}

/** What has been said so far. */
export function choicesOf(layers: Decided[]): Choice[] {
  return layers.filter((mark) => mark.fate !== 'undecided' || mark.source === 'hand').map(({ certain: _, ...one }) => one);
}

/** What was found, with what was said about the same places, and over it the marks set by hand. */
export function begin(found: Identifiers, earlier: Choice[]): Decided[] {
  const marks = found.marks.map((mark): Decided => {
    const before = earlier.find((one) => one.source !== 'hand' && samePlace(one, mark));
    if (!before) return { ...mark, fate: 'undecided', reason: '' };
    // What was left has no words of its own from the server: those of the program are proposed again.
    const own = before.fate === 'replace' || before.replacement !== '';
    return { ...mark, fate: before.fate, replacement: own ? before.replacement : mark.replacement, reason: before.reason };
  });
  // Words that a person marked and then left have no mark.
  const byHand = earlier.filter((one) => one.source === 'hand' && one.fate !== 'keep');
  return byHand.reduce((layers, own) => {
    const next = laidOver(layers, own, found.fields);
    const added = next.at(-1)!;
    // It covers other words than those that were decided about: the person has to look again.
    return samePlace(added, own) ? next : [...next.slice(0, -1), { ...added, fate: 'undecided' as const }];
  }, marks);
}

/** As wide as all it touches, so that nothing beneath it is left half. */
function laidOver(layers: Decided[], own: Choice, fields: FieldText[]): Decided[] {
  const touched = shown(layers, fields).filter((mark) => overlap(mark, own));
  const start = Math.min(own.start, ...touched.map((mark) => mark.start));
  const end = Math.max(own.end, ...touched.map((mark) => mark.end));
  return [...layers, { ...own, start, end, certain: false }];
}

/** One more mark set by hand. */
export function withOwn(layers: Decided[], own: Place & { kind: MarkKind; replacement: string }, fields: FieldText[]): Decided[] {
  return laidOver(layers, { ...own, source: 'hand', fate: 'replace', reason: '' }, fields);
}

/** Whether nothing is left to be said about the mark. */
export function isDone(mark: Decided): boolean {
  return mark.fate === 'replace' || (mark.fate === 'keep' && (!mark.certain || mark.reason.trim() !== ''));
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

/** As the server wants them: of the marks that stand. */
export function decisionsOf(marks: Decided[]): MarkDecision[] {
  return marks.map(({ field, start, end, kind, source, fate, replacement, reason }) => ({ field, start, end, kind, source, replace: fate === 'replace', replacement: fate === 'replace' ? replacement : '', reason: fate === 'keep' ? reason : '' }));
}

/** What the server refused, at its place in the case. `part`: of the decision; empty for the place itself. */
export interface Fault {
  place: Place | null;
  part: string;
  /** A key of problems:field, or of anonymisation:fault where the form has words of its own for it. */
  reason: string;
  limit: string;
}

/** `sent` are the decisions in the order in which they went out. */
export function faultsOf(fields: readonly FieldProblem[], sent: readonly MarkDecision[]): Fault[] {
  return fields.map(({ pointer, reason, limit = '' }) => {
    const [list, number, part = ''] = pointer.split('/').filter(Boolean);
    const one = list === 'decisions' && number !== undefined ? sent[Number(number)] : undefined;
    if (one) {
      // What stays needs a reason; to be replaced by the very words that stand there is to stay.
      const same = part === 'reason' && reason === 'required' && one.replace;
      return { place: { field: one.field, start: one.start, end: one.end }, part: same ? 'replacement' : part, reason: same ? 'same_words' : reason, limit };
    }
    // Found while this page was open: `request:3-8`.
    const unknown = reason === 'undecided' ? /^(.+):(\d+)-(\d+)$/.exec(limit) : null;
    if (unknown) return { place: { field: unknown[1]!, start: Number(unknown[2]), end: Number(unknown[3]) }, part: '', reason: 'found_since', limit: '' };
    return { place: null, part: '', reason, limit };
  });
}

/** The faults of one mark; a fault lies with the mark that covers its place. */
export function faultsAt(faults: readonly Fault[], mark: Place): Fault[] {
  return faults.filter((fault) => fault.place !== null && overlap(fault.place, mark));
}
