// Answers of a form whose fields are data: what it is filled with at first, what is written in words, and two people's
// answers brought together.
import type { Discharge, FormAnswer, FormDefinition, FormField, Person } from '../api/types';

export type Answers = Record<string, string | string[]>;

/** What is known already, and from where. */
export interface Known {
  discharge?: Discharge;
  person?: Person;
  /** Code of a destination in words. */
  destination: (code: string | null) => string;
}

export function fieldsOf(form: FormDefinition): FormField[] {
  return form.sections.flatMap((section) => section.fields);
}

function fromParty(known: Known, role: string, part: string): string {
  const party = known.discharge?.text.parties.find((one) => one.role === role);
  if (!party) return '';
  if (part === 'all') return [party.affiliation, party.name, party.contact].filter(Boolean).join(' ');
  return part === 'affiliation' || part === 'name' || part === 'contact' ? party[part] : '';
}

/** The value of a `from`: discharge.hospital, party.care_manager.name, person.born_on. */
export function valueFrom(from: string, known: Known): string {
  const [what, name = '', part = ''] = from.split('.');
  if (what === 'party') return fromParty(known, name, part);
  if (what === 'person') return (known.person?.[name as keyof Person] as string | null | undefined) ?? '';
  const text = known.discharge?.text;
  if (what !== 'discharge' || !text) return '';
  if (name === 'last_day') return text.left_on ?? text.planned_on ?? '';
  if (name === 'destination') return [known.destination(text.destination), text.destination_name].filter(Boolean).join(' ');
  const value = text[name as keyof typeof text];
  return typeof value === 'string' ? value : '';
}

/** Fields that nobody has filled in yet get what is known. */
export function filledWith(form: FormDefinition, answers: Answers, known: Known): Answers {
  const filled = { ...answers };
  for (const field of fieldsOf(form)) {
    if (!field.from || field.options.length > 0 || (filled[field.code] ?? '') !== '') continue;
    const value = valueFrom(field.from, known);
    if (value) filled[field.code] = value;
  }
  return filled;
}

export function fromList(list: readonly FormAnswer[]): Answers {
  return Object.fromEntries(list.map((one) => [one.field, one.choices.length > 0 ? [...one.choices] : one.text]));
}

/** Only what says something, in the order of the form. */
export function toList(form: FormDefinition, answers: Answers): FormAnswer[] {
  return fieldsOf(form).flatMap((field) => {
    const value = answers[field.code];
    if (value === undefined || value.length === 0) return [];
    return [{ field: field.code, text: typeof value === 'string' ? value : '', choices: typeof value === 'string' ? [] : value }];
  });
}

/** Three sets of answers into one: what was changed here stays, the rest is as the other one saved it. */
export function merged(base: Answers, mine: Answers, theirs: Answers): Answers {
  const result: Answers = { ...theirs };
  for (const field of new Set([...Object.keys(mine), ...Object.keys(base)])) {
    if (JSON.stringify(mine[field] ?? '') !== JSON.stringify(base[field] ?? '')) result[field] = mine[field] ?? '';
  }
  return result;
}
