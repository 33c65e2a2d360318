import { expect, test } from 'vitest';
import { codesIn, isAboutAreas, noCode } from './areas';

test.each([
  ['', []],
  ['  ', []],
  ['402052', ['402052']],
  ['402052, 40205;13', ['402052', '40205', '13']],
  ['\uff14\uff10\u3001\uff11\uff13', ['40', '13']],
  ['40\u300013', ['40', '13']],
  ['\u6c50\u898b\u5e02', ['\u6c50\u898b\u5e02']],
  ['4020-52', ['4020-52']],
])('%s', (typed, codes) => {
  expect(codesIn(typed)).toEqual(codes);
});

test('what cannot be a code is told before a file is sent', () => {
  expect(['13', '40205', '402052'].some(noCode)).toBe(false);
  expect(['\u6c50\u898b\u5e02', '4020-52', '1', '402', '4020521', 'all'].every(noCode)).toBe(true);
});

test('a problem with a code belongs to the field of the codes', () => {
  expect(['/municipalities', '/municipalities/3', '/as_of', '/upload_id'].map(isAboutAreas)).toEqual([true, true, false, false]);
});
