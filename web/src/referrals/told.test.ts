import { describe, expect, it } from 'vitest';
import type { Consultation, ReferralText } from '../api/types';
import { toldConditions, toldOfPerson } from './told';

const about = { municipality_id: 'city', sheet: { age_band: '80s', household: 'alone', care_level: null, illness: 'stroke', district_id: 'east' } } as unknown as Consultation;
const text = (shown: string[], person_label = '') => ({ shown, person_label }) as unknown as ReferralText;
const told = (of: ReferralText) => toldOfPerson(of, about, (scheme, code) => (code ? `${scheme} ${code}` : ''), (id) => `region ${id}`);

describe('what is told of the person', () => {
  it('is nothing unless chosen', () => {
    expect(told(text([]))).toEqual([]);
  });
  it('is the label and the chosen facts that the case has', () => {
    expect(told(text(['illness', 'care_level', 'district'], 'A.K.'))).toEqual(['A.K.', 'stroke', 'region east']);
  });
  it('never comes with the conditions', () => {
    expect(toldConditions).not.toContain('district_id');
    expect(toldConditions).not.toContain('contact');
    expect(toldConditions).toContain('treatments');
  });
});
