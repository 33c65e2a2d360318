import { expect, test } from 'vitest';
import type { Discharge, FormDefinition } from '../api/types';
import { filledWith, fromList, merged, toList } from './form_answers';

const field = (code: string, from = '', options: string[] = []) => ({ code, label: { ja: code, en: '' }, kind: options.length ? 'choice' : 'line', help: null, from, unit: '', wide: false, options: options.map((one) => ({ code: one, label: { ja: one, en: '' } })) });
const form = {
  code: 'f', label: { ja: 'f', en: '' }, source: { ja: '', en: '' }, paper: '', of_case: false,
  sections: [{ code: 's', label: { ja: 's', en: '' }, fields: [field('hospital', 'discharge.hospital'), field('leaves', 'discharge.last_day'), field('manager', 'party.care_manager.all'), field('name', 'person.name'), field('walks', '', ['alone', 'helped'])] }],
} as unknown as FormDefinition;
const discharge = { text: { hospital: '北病院', planned_on: '2026-12-01', left_on: null, destination: null, destination_name: '', parties: [{ role: 'care_manager', affiliation: '葦の会', name: '', contact: '000' }] } } as unknown as Discharge;
const known = { discharge, destination: () => '' };

test('an empty field is filled with what is known, a written one stays', () => {
  expect(filledWith(form, { hospital: '南病院' }, known)).toEqual({ hospital: '南病院', leaves: '2026-12-01', manager: '葦の会 000' });
});

test('answers go to the server in the order of the form and come back the same', () => {
  const answers = { walks: ['helped'], hospital: '北病院', leaves: '' };
  expect(toList(form, answers)).toEqual([
    { field: 'hospital', text: '北病院', choices: [] },
    { field: 'walks', text: '', choices: ['helped'] },
  ]);
  expect(fromList(toList(form, answers))).toEqual({ hospital: '北病院', walks: ['helped'] });
});

test('two people who filled in different fields both keep theirs', () => {
  expect(merged({ a: '1', b: '2' }, { a: '1', b: 'mine' }, { a: 'theirs', b: '2', c: ['x'] })).toEqual({ a: 'theirs', b: 'mine', c: ['x'] });
  expect(merged({ a: '1' }, { a: '' }, { a: '1' })).toEqual({ a: '' });
});
