import { expect, test } from 'vitest';
import { gathered } from './gathering';

test('points of one field become one in their middle', () => {
  const groups = gathered(
    [
      { point: 'a', x: 3, y: 3, count: 1 },
      { point: 'b', x: 9, y: 3, count: 2 },
      { point: 'c', x: 60, y: 3, count: 1 },
    ],
    44,
  );
  expect(groups).toEqual([
    { x: 7, y: 3, count: 3, points: ['a', 'b'] },
    { x: 60, y: 3, count: 1, points: ['c'] },
  ]);
});
