import { expect, test } from 'vitest';
import { recentSearches, rememberSearch } from './recent';

test('the newest comes first, each once, and nobody sees those of another person', () => {
  for (let at = 0; at < 10; at += 1) rememberSearch('a', `word ${at}`);
  rememberSearch('a', 'word 5');
  expect(recentSearches('a').slice(0, 2)).toEqual(['word 5', 'word 9']);
  expect(recentSearches('a')).toHaveLength(8);
  expect(recentSearches('b')).toEqual([]);
  rememberSearch('b', 'other');
  expect(recentSearches('b')).toEqual(['other']);
  expect(recentSearches('a')).toEqual([]);
});
