// What the sheet is made of: one table that the form, the comparison of versions and the conflict screen read.
import type { Consultation, ConsultationSheet, Element } from '../api/types';

export type SheetField = keyof ConsultationSheet;

/** Who wrote the sheet down for the one who received the call; nobody when they are the same. */
export function proxyOf({ sheet, created_by, created_by_name }: Consultation): string {
  return sheet.receiver_id && sheet.receiver_id !== created_by ? created_by_name : '';
}

export type FieldKind = 'code' | 'codes' | 'line' | 'text' | 'date' | 'time' | 'person' | 'region' | 'elements';

export interface FieldShape {
  kind: FieldKind;
  /** Of a code: the scheme its label comes from. */
  scheme?: string;
  /** Longest text in characters. */
  max?: number;
}

/** In the order of the paper sheet. */
export const sheetFields: Record<SheetField, FieldShape> = {
  kind: { kind: 'code', scheme: 'kind' },
  received_on: { kind: 'date' },
  started_at: { kind: 'time' },
  ended_at: { kind: 'time' },
  receiver_id: { kind: 'person' },
  caller_name: { kind: 'line', max: 100 },
  caller_kana: { kind: 'line', max: 100 },
  caller_affiliation: { kind: 'line', max: 200 },
  caller_phone: { kind: 'line', max: 40 },
  caller_contact: { kind: 'code', scheme: 'contact' },
  caller_profession: { kind: 'code', scheme: 'profession' },
  caller_profession_note: { kind: 'line', max: 100 },
  method: { kind: 'code', scheme: 'method' },
  method_note: { kind: 'line', max: 100 },
  subject: { kind: 'line', max: 100 },
  request: { kind: 'text', max: 4000 },
  age_band: { kind: 'code', scheme: 'age_band' },
  household: { kind: 'code', scheme: 'household' },
  care_level: { kind: 'code', scheme: 'care_level' },
  district_id: { kind: 'region' },
  illness: { kind: 'line', max: 200 },
  treatments: { kind: 'codes', scheme: 'treatment' },
  background: { kind: 'text', max: 4000 },
  topic: { kind: 'code', scheme: 'topic' },
  subtopic: { kind: 'code', scheme: 'subtopic' },
  relisted: { kind: 'codes', scheme: 'relisted' },
  urgency: { kind: 'code', scheme: 'urgency' },
  difficulty: { kind: 'code', scheme: 'difficulty' },
  elements: { kind: 'elements', scheme: 'element' },
  supports: { kind: 'codes', scheme: 'support' },
  support_text: { kind: 'text', max: 4000 },
  result: { kind: 'code', scheme: 'result' },
  result_on: { kind: 'date' },
  follow_up_on: { kind: 'date' },
  follow_up_note: { kind: 'line', max: 200 },
  awareness: { kind: 'text', max: 4000 },
  scenes: { kind: 'codes', scheme: 'scene' },
  physician_asked_on: { kind: 'date' },
  physician_question: { kind: 'text', max: 2000 },
  physician_advised_on: { kind: 'date' },
  physician_assessment: { kind: 'text', max: 2000 },
  physician_direction: { kind: 'text', max: 2000 },
  asked: { kind: 'codes', scheme: 'question' },
};

export const fieldNames = Object.keys(sheetFields) as SheetField[];

export function emptySheet(): ConsultationSheet {
  const sheet: Record<string, unknown> = {};
  for (const [name, { kind }] of Object.entries(sheetFields)) {
    sheet[name] = kind === 'codes' || kind === 'elements' ? [] : kind === 'line' || kind === 'text' ? '' : null;
  }
  return sheet as unknown as ConsultationSheet;
}

/** The whole sheet, with what an answer may have left out. */
export function completeSheet(sheet: Partial<ConsultationSheet>): ConsultationSheet {
  const complete = emptySheet();
  for (const name of fieldNames) if (sheet[name] !== undefined && sheet[name] !== null) Object.assign(complete, { [name]: sheet[name] });
  return complete;
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'string' && value.trim() === '');
}

export function sameValue(a: unknown, b: unknown): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Fields in which two sheets differ, in the order of the sheet. */
export function differences(a: ConsultationSheet, b: ConsultationSheet): SheetField[] {
  return fieldNames.filter((name) => !sameValue(a[name], b[name]));
}

/**
 * Both changed the same sheet. What only one of them changed is taken from that one;
 * `conflicts` are the fields both changed differently, in which `merged` holds mine.
 */
export function mergeSheets(base: ConsultationSheet, mine: ConsultationSheet, theirs: ConsultationSheet): { merged: ConsultationSheet; conflicts: SheetField[] } {
  const merged = { ...mine };
  const conflicts: SheetField[] = [];
  for (const name of fieldNames) {
    if (sameValue(mine[name], theirs[name])) continue;
    if (sameValue(mine[name], base[name])) Object.assign(merged, { [name]: theirs[name] });
    else if (!sameValue(theirs[name], base[name])) conflicts.push(name);
  }
  return { merged, conflicts };
}

/** A cell of the matrix as people write it: ○, 疑い or words. */
export function elementFromText(element: string, text: string): Element | null {
  const s = text.trim();
  if (s === '') return null;
  if (/^(○|◯|〇|まる|o|1)$/i.test(s.normalize('NFKC'))) return { element, value: 'yes', text: '' };
  if (/^(疑い|疑|うたがい|\?|2)$/.test(s.normalize('NFKC'))) return { element, value: 'suspected', text: '' };
  return { element, value: 'text', text: [...s].slice(0, 60).join('') };
}

export function textOfElement(element: Element | undefined, suspected: string): string {
  if (!element) return '';
  return element.value === 'yes' ? '○' : element.value === 'suspected' ? suspected : element.text;
}
