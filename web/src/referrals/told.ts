// What leaves the desk of a case, on paper, in a mail and on the answer page alike: its conditions, and of the person only
// what was chosen for this ask.
import type { Consultation, ReferralText, ToldText } from '../api/types';
import { matchFields } from './queries';

/** Not the district, which is told when it is chosen, nor how a place must be reachable, which is for the desk. */
export const toldConditions = matchFields.filter((field) => field !== 'district_id' && field !== 'contact');

/** The label of the person and the chosen facts that the case has, in words. */
export function toldOfPerson(text: ReferralText, { sheet, municipality_id }: Consultation, label: (scheme: string, code: string | null | undefined) => string, region: (id: string | null | undefined) => string): string[] {
  const facts: Record<ReferralText['shown'][number], string> = {
    age_band: label('age_band', sheet.age_band),
    household: label('household', sheet.household),
    care_level: label('care_level', sheet.care_level),
    illness: sheet.illness,
    city: region(municipality_id),
    district: region(sheet.district_id),
  };
  return [text.person_label, ...text.shown.map((fact) => facts[fact])].filter(Boolean);
}

const coded = new Set(['age_band', 'household', 'care_level']);

/** The same of what was told: its codes in words, the rest as it stood. */
export function toldFacts(told: ToldText, label: (scheme: string, code: string | null | undefined) => string): string[] {
  return [told.person_label, ...told.facts.map((fact) => (coded.has(fact.name) ? label(fact.name, fact.value) : fact.value))].filter(Boolean);
}
