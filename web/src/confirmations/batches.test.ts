import { expect, it } from 'vitest';
import { batches, printedAtOnce } from './batches';

it('leaves nobody out', () => {
  const asked = Array.from({ length: 2 * printedAtOnce + 1 }, (_, at) => at);
  expect(batches(asked).map((part) => part.length)).toEqual([printedAtOnce, printedAtOnce, 1]);
  expect(batches(asked).flat()).toEqual(asked);
  expect(batches([])).toEqual([]);
});
