import { expect, test } from 'vitest';
import type { Suggestion } from '../api/types';
import { accepted, openSuggestions } from './suggested';
import { emptySheet } from './sheet';

const one = (scheme: string, code: string, suspected = false): Suggestion => ({ scheme, code, suspected, likelihood: 90, words: ['w'] });
const all = [one('topic', 'resources'), one('scene', 'daily'), one('element', 'dementia', true), one('relisted', 'covid')];
const names = (list: Suggestion[]) => list.map((each) => each.code);

test('a suggestion that is chosen, refused or without a field is not shown', () => {
  const sheet = emptySheet();
  expect(names(openSuggestions(all, sheet, [], () => true))).toEqual(['resources', 'daily', 'dementia', 'covid']);
  expect(names(openSuggestions(all, { ...sheet, topic: 'fees', scenes: ['daily'] }, [], () => true)), 'another topic stays chosen').toEqual(['dementia', 'covid']);
  expect(names(openSuggestions(all, sheet, ['element:dementia'], (field) => field !== 'relisted'))).toEqual(['resources', 'daily']);
});

test('accepting adds to what is chosen, in the order of the scheme, and keeps a doubt', () => {
  const sheet = { ...emptySheet(), scenes: ['end_of_life'], elements: [{ element: 'psychiatric', value: 'text' as const, text: 'x' }] };
  expect(accepted(all[0]!, sheet, [])).toEqual({ topic: 'resources' });
  expect(accepted(all[1]!, sheet, ['discharge', 'daily', 'end_of_life'])).toEqual({ scenes: ['daily', 'end_of_life'] });
  expect(accepted(all[2]!, sheet, ['dementia', 'psychiatric'])).toEqual({
    elements: [
      { element: 'dementia', value: 'suspected', text: '' },
      { element: 'psychiatric', value: 'text', text: 'x' },
    ],
  });
  expect(accepted(all[3]!, sheet, [])).toEqual({ relisted: ['covid'] });
});
