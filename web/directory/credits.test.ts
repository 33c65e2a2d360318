import { expect, it } from 'vitest';
import en from '../src/i18n/en/directory.json';
import ja from '../src/i18n/ja/directory.json';
import { credits } from './credits';

const layouts = ['kaigo', 'hospital', 'clinic', 'dental', 'maternity', 'pharmacy', 'hospital_hours', 'clinic_hours', 'dental_hours', 'wam', 'filings'];

it.each([ja, en])('credits every official file in words, each once', ({ credit }) => {
  expect(layouts.filter((one) => !(one in credit))).toEqual([]);
  expect(credits(['clinic', 'clinic_hours', 'kaigo'], credit)).toEqual([credit.clinic, credit.kaigo]);
});

it('credits a list of its own columns without its inner name', () => {
  expect(credits(['municipal_care', 'mapped:0192'], ja.credit)).toEqual([ja.credit.other]);
});
