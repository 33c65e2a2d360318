import { expect, test } from 'vitest';
import { daysToDecision, standingOf } from './discharge_words';

const paper = (due_on: string | null, received_on: string | null, not_needed = false) => ({ due_on, received_on, not_needed });

test('a paper is late only after its day, and stays marked when it came too late', () => {
  expect(standingOf(paper('2026-11-17', null), '2026-11-17')).toBe('waiting');
  expect(standingOf(paper('2026-11-16', null), '2026-11-17')).toBe('late');
  expect(standingOf(paper('2026-11-16', '2026-11-16'), '2026-11-17')).toBe('in_time');
  expect(standingOf(paper('2026-11-13', '2026-11-16'), '2026-11-17')).toBe('late_came');
  expect(standingOf(paper(null, null), '2026-11-17')).toBe('undated');
  expect(standingOf(paper('2026-11-01', null, true), '2026-11-17')).toBe('not_needed');
});

test('a discharge that nobody decided on has no days to its decision', () => {
  expect(daysToDecision({ admitted_on: '2026-11-02', decided_on: '2026-11-12' })).toBe(10);
  expect(daysToDecision({ admitted_on: '2026-11-02', decided_on: null })).toBeNull();
  expect(daysToDecision({ admitted_on: null, decided_on: '2026-11-12' })).toBeNull();
});
