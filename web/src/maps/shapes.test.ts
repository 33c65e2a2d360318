import { expect, test } from 'vitest';
import { boundsOf, boxOf, boxText, holds, ringsOf, shadeOf } from './shapes';

test('a ring is its first vertex and steps', () => {
  expect(ringsOf([[[14_100_000, 3_500_000, 100_000, 0, 0, 100_000]]])).toEqual([[[[35, 141], [35, 142], [36, 142]]]]);
});

test('a box holds every spot and is written west first', () => {
  const box = boxOf([[35, 141], [36, 140.5]]);
  expect(box).toEqual({ west: 140.5, east: 141, south: 35, north: 36 });
  expect(boxText(box!)).toBe('140.50000,35.00000,141.00000,36.00000');
  expect(boxOf([])).toBeUndefined();
});

test('shades hold about as many regions each and are never empty', () => {
  expect(boundsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([2, 4, 6, 8, 10]);
  expect(boundsOf([0, 0, 0, 0, 7])).toEqual([0, 7]);
  expect(boundsOf([])).toEqual([]);
  const bounds = boundsOf([1, 5, 9]);
  expect([1, 4, 9, 12].map((value) => shadeOf(value, bounds))).toEqual([0, 1, 2, 2]);
});

test('a spot lies in a polygon, not in its hole and not beside it', () => {
  const ring = (low: number, high: number): [number, number][] => [[low, low], [low, high], [high, high], [high, low]];
  const shape = [[ring(0, 10), ring(4, 6)]];
  expect(holds(shape, [1, 1])).toBe(true);
  expect(holds(shape, [5, 5])).toBe(false);
  expect(holds(shape, [11, 5])).toBe(false);
  expect(holds([...shape, [ring(20, 30)]], [25, 25])).toBe(true);
});
