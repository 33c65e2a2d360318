import { expect, test } from 'vitest';
import type { SimilarCase } from '../api/types';
import { chosenIn, commonChoices, comparedFields, partedAt, sharedFields, sharedSheet, wordsInBoth } from './points_in_both';
import { completeSheet, sheetFields } from './sheet';

const mine = completeSheet({ topic: 'fees', scenes: ['daily', 'discharge'], district_id: 'd1', elements: [{ element: 'alone', value: 'yes', text: '' }], request: 'x' });
const theirs = completeSheet({ topic: 'fees', scenes: ['daily'], district_id: 'd2', elements: [{ element: 'alone', value: 'suspected', text: '' }, { element: 'poor', value: 'text', text: 'y' }], request: 'x' });

test('what is chosen in both stands out, whatever the value of an element', () => {
  expect([...commonChoices('topic', mine, theirs)]).toEqual(['fees']);
  expect([...commonChoices('scenes', mine, theirs)]).toEqual(['daily']);
  expect([...commonChoices('district_id', mine, theirs)]).toEqual([]);
  expect([...commonChoices('elements', mine, theirs)]).toEqual(['alone']);
  // A text is no choice, and nothing is in common with nothing.
  expect([...commonChoices('request', mine, theirs)]).toEqual([]);
  expect([...commonChoices('result', mine, theirs)]).toEqual([]);
});

test('every field that is compared is one of the sheet, once', () => {
  const all = comparedFields.flatMap(({ fields }) => fields);
  expect(new Set(all).size).toBe(all.length);
  for (const field of all) expect(sheetFields[field]).toBeDefined();
  for (const field of sharedFields) expect(all).toContain(field);
});

test('of a case of another desk nothing but what the API gives', () => {
  const other = { id: null, age_band: 'age_85_89', household: null, care_level: 'care_2', background: 'b', topic: 'fees', elements: ['alone'], result: null, points: [{ kind: 'word', text: 'w' }, { kind: 'code', scheme: 'topic', code: 'fees', text: '' }, { kind: 'illness', text: 'i' }] } as unknown as SimilarCase;
  const sheet = sharedSheet(other);
  expect(Object.keys(sheet).sort()).toEqual([...sharedFields].sort());
  expect(chosenIn('elements', sheet)).toEqual(['alone']);
  expect([...commonChoices('elements', mine, sheet)]).toEqual(['alone']);
  expect(wordsInBoth(other)).toEqual(['w', 'i']);
});

test('a text is parted at the words, however they are written', () => {
  const hits = (text: string, ...words: string[]) => partedAt(text, words).map((part) => (part.same ? `[${part.text}]` : part.text)).join('');
  expect(hits('one two one', 'one')).toBe('[one] two [one]');
  expect(hits('ＡＢＣ abc', 'abc')).toBe('[ＡＢＣ] [abc]');
  expect(hits('abcd', 'ab', 'bc')).toBe('[abc]d');
  // One letter that folds to several: it is marked whole, and what follows is not.
  expect(hits('x\u337By', '\u5e73')).toBe('x[\u337B]y');
  expect(hits('\u{20BB7}da', 'da')).toBe('\u{20BB7}[da]');
  expect(hits('\u30ab\u30ca', '\u304b\u306a')).toBe('[\u30ab\u30ca]');
  expect(hits('nothing')).toBe('nothing');
  expect(hits('nothing', ' ', '')).toBe('nothing');
  expect(partedAt('', ['a'])).toEqual([]);
});
