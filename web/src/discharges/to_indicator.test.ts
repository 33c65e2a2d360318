import { expect, test } from 'vitest';
import type { DischargeFigures, FiguresLine } from '../api/types';
import { valueOf, withFigures } from './to_indicator';

const days = (median: number | null, count: number) => ({ median, mean: median, count });
const line = (key: string, part: Partial<FiguresLine>): FiguresLine => ({ key, discharges: 0, to_decision: days(null, 0), to_leaving: days(null, 0), stay: days(null, 0), papers: 0, in_time: 0, late: 0, missing: 0, missed: 0, readmitted: 0, ...part });

test('a share is of all discharges, and nothing where there are none', () => {
  expect(valueOf(line('2026-09', { discharges: 3, missed: 1 }), 'missed_share')).toEqual({ value: 33.3, cases: 3 });
  expect(valueOf(line('2026-10', {}), 'missed_share')).toEqual({ value: null, cases: 0 });
  expect(valueOf(line('2026-09', { to_decision: days(9.5, 2) }), 'to_decision')).toEqual({ value: 9.5, cases: 2 });
});

test('figures replace the values of their periods and leave the others', () => {
  const figures: DischargeFigures = { by: 'month', from: '2026-04-01', to: '2027-03-31', lines: [line('2026-09', { discharges: 2, missed: 1 }), line('2026-10', {})], total: line('', { discharges: 2, missed: 1 }) };
  const before = [
    { period: '2025', value: 4, missing_reason: null, note: '', cases: null },
    { period: '2026-09', value: 7, missing_reason: null, note: 'by hand', cases: null },
  ];
  expect(withFigures(before, figures, 'missed', 'counted').map((one) => [one.period, one.value, one.note])).toEqual([
    ['2025', 4, ''],
    ['2026', 1, 'counted'],
    ['2026-09', 1, 'counted'],
  ]);
});
