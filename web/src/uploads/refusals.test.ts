import { expect, test } from 'vitest';
import type { FieldProblem, Problem } from '../api/types';
import { asksForReason, goesOn, ownWords, startsAnew } from './refusals';

function refusal(reason: string, ...fields: FieldProblem[]): Problem {
  return { type: 'about:blank', title: '', status: 422, reason, request_id: '', fields };
}

const field = (pointer: string, reason: string, limit = ''): FieldProblem => ({ pointer, reason, limit });

test.each([
  [refusal('invalid', field('/size', 'too_short', '1048576')), 'size_differs', true, true],
  [refusal('invalid', field('/size', 'too_long', '12')), 'size_differs', true, true],
  [refusal('invalid', field('/size', 'range', '1-52428800')), 'file_too_large', true, false],
  [refusal('invalid', field('/name', 'too_long', '200')), 'name_too_long', true, false],
  [refusal('invalid', field('/reason', 'required')), 'reason_missing', false, true],
  [refusal('invalid', field('/upload_id', 'virus_found', 'Eicar')), undefined, true, false],
  [refusal('part_differs'), undefined, true, true],
  [refusal('offline'), 'line_lost', false, true],
  [refusal('timeout'), undefined, false, true],
  [refusal('file_unreadable'), 'file_unreadable', false, false],
  [refusal('same_file', field('', 'same_file', 'a.pdf')), undefined, false, false],
  [refusal('not_found'), undefined, false, false],
] as const)('%o', (problem, words, anew, on) => {
  expect(ownWords(problem)).toBe(words);
  expect(startsAnew(problem)).toBe(anew);
  expect(goesOn(problem)).toBe(on);
  expect(asksForReason(problem)).toBe(words === 'reason_missing');
});
