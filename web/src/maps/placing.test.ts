import { expect, test } from 'vitest';
import { placed, widthOf, type Name } from './placing';

const name = (text: string, kind: Name['kind'], x = 100, y = 100, within?: Name['within']): Name => ({ text, x, y, size: 13, kind, within });

test('a name stands where it belongs when there is room', () => {
  expect(placed([name('中央区', 'area')], [{ x: 160, y: 100, radius: 12 }])).toEqual([[0, 0]]);
  const [move] = placed([name('北浜駅', 'beside')], []);
  expect(move![0], 'to the right of its square').toBeGreaterThan(widthOf('北浜駅', 13) / 2);
  expect(move![1]).toBe(0);
  expect(widthOf('北浜A', 10)).toBeCloseTo(25.8);
});

test('it moves off marks and off the names before it, an area within itself', () => {
  const [area] = placed([name('中央区', 'area', 100, 100, (x) => x <= 100)], [{ x: 100, y: 100, radius: 12 }]);
  expect(area).not.toEqual([0, 0]);
  expect(area![0]).toBeLessThanOrEqual(0);
  const [station] = placed([name('北浜駅', 'beside')], [{ x: 130, y: 100, radius: 12 }]);
  expect(station![0], 'to the left').toBeLessThan(0);
  const [first, second] = placed([name('中央区', 'area'), name('北町', 'on', 100, 104)], []);
  expect(first).toEqual([0, 0]);
  expect(second![1]).not.toBe(0);
});

test('where there is no room, a spot goes without its name and an area stands as near as can be', () => {
  const wall = Array.from({ length: 41 * 41 }, (_, at) => ({ x: (at % 41) * 10 - 100, y: Math.floor(at / 41) * 10 - 100, radius: 8 }));
  expect(placed([name('北浜駅', 'beside'), name('北町', 'on'), name('中央区', 'area')], wall)).toEqual([null, null, expect.anything()]);
  expect(placed([name('北浜駅', 'beside')], [{ x: 104, y: 100, radius: 8 }]), 'its square is covered').toEqual([null]);
});
