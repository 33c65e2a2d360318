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
    () => 8,
  );
  expect(groups).toEqual([
    { x: 7, y: 3, count: 3, points: ['a', 'b'] },
    { x: 60, y: 3, count: 1, points: ['c'] },
  ]);
});

test('groups of two fields whose circles would lie over each other become one', () => {
  const near = [
    { point: 'a', x: 40, y: 3, count: 1 },
    { point: 'b', x: 50, y: 3, count: 3 },
    { point: 'c', x: 64, y: 50, count: 1 },
  ];
  expect(gathered(near, 44, () => 4)).toHaveLength(3);
  expect(gathered(near, 44, () => 8)).toEqual([
    { x: 47.5, y: 3, count: 4, points: ['a', 'b'] },
    { x: 64, y: 50, count: 1, points: ['c'] },
  ]);
  expect(gathered(near, 44, () => 26)).toEqual([{ x: 50.8, y: 12.4, count: 5, points: ['a', 'b', 'c'] }]);
});
