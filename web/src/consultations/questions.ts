// What one should have asked by now: the pack's questions for every call and for the topic chosen.
import type { CodeEntry, ConsultationSheet } from '../api/types';
import { isEmpty, sheetFields, type SheetField } from './sheet';

export interface Question {
  code: string;
  /** The field that answers it; a question without one is ticked by hand. */
  field: SheetField | null;
  asked: boolean;
  /** For this topic, not for every call. */
  ofTopic: boolean;
  required: boolean;
}

/**
 * In the order of the pack, those of every call first. Two questions that one field answers are shown once.
 * `valid` are the codes in force on the day of the call.
 */
export function questionsFor(valid: CodeEntry[], sheet: ConsultationSheet, has: (field: SheetField) => boolean, required: (field: SheetField) => boolean): Question[] {
  const seen = new Set<string>();
  const fits = valid.filter((entry) => !entry.parent || entry.parent === sheet.topic);
  return [...fits.filter((entry) => !entry.parent), ...fits.filter((entry) => entry.parent)].flatMap((entry) => {
    const field = entry.field && entry.field in sheetFields ? (entry.field as SheetField) : null;
    if (field && (!has(field) || seen.has(field))) return [];
    if (field) seen.add(field);
    return [{ code: entry.code, field, asked: field ? !isEmpty(sheet[field]) : sheet.asked.includes(entry.code), ofTopic: Boolean(entry.parent), required: field !== null && required(field) }];
  });
}
