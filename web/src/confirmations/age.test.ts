import { expect, test } from 'vitest';
import { ageOf } from './age';

test('an age is said in the unit that people would use', () => {
  expect(ageOf('2026-11-17', '2026-11-17')).toEqual({ unit: 'today', count: 0 });
  expect(ageOf('2026-11-18', '2026-11-17')).toEqual({ unit: 'today', count: 0 });
  expect(ageOf('2026-11-16', '2026-11-17')).toEqual({ unit: 'days', count: 1 });
  expect(ageOf('2026-10-18', '2026-11-17')).toEqual({ unit: 'days', count: 30 });
  expect(ageOf('2026-10-17', '2026-11-17')).toEqual({ unit: 'months', count: 1 });
  expect(ageOf('2025-01-31', '2026-11-17')).toEqual({ unit: 'months', count: 21 });
  expect(ageOf('2024-11-17', '2026-11-17')).toEqual({ unit: 'years', count: 2 });
});
