import { describe, expect, it } from 'vitest';
import type { CountedValue, IndicatorText, IndicatorValue } from '../api/types';
import { casesBehind, casesCounted, figureDefaults, isRunning, seriesRows } from './counted';

const counted = (period: string, value: number | null, over = true): CountedValue => ({ period, value, cases: 3, from: '2025-04-01', to: '2026-03-31', over });
const written = (period: string, value: number): IndicatorValue => ({ period, value, missing_reason: null, note: '', cases: null });
const empty = { name: '', unit: '', source: '', direction: null, period: '' } as unknown as IndicatorText;

describe('values that are counted', () => {
  it('stand in one series with those written by hand, which go before them', () => {
    const rows = seriesRows({ values: [written('2024', 12)], counted: [counted('2024', 11), counted('2025', 9), counted('2026', 8, false)] });
    expect(rows.map((row) => [row.period, row.value, row.automatic])).toEqual([
      ['2024', 12, false],
      ['2025', 9, true],
      ['2026', 8, true],
    ]);
    expect(rows[0]!.counted?.value).toBe(11);
    expect(rows.map(isRunning)).toEqual([false, false, true]);
  });

  it('fill in only what nobody wrote', () => {
    const words = { name: 'Days', unit: ' days', source: 'Records' };
    expect(figureDefaults('days_to_decision', empty, words)).toMatchObject({ name: 'Days', unit: 'days', direction: 'lower', period: 'fiscal_year', source: 'Records' });
    expect(figureDefaults('handovers_in_time_share', { ...empty, name: 'Mine', period: 'month' }, words)).toMatchObject({ name: 'Mine', direction: 'higher', period: 'month' });
  });

  it('open the discharges behind them', () => {
    expect(casesBehind(counted('2025', 1), ['a', 'b'])).toMatchObject({ left_from: '2025-04-01', desk: 'a,b' });
    expect(casesCounted('missed_handover_share', counted('2025', 1), ['a'])).toMatchObject({ left_to: '2026-03-31', missed: 'true' });
    expect(casesCounted('readmissions', counted('2025', 1), ['a'])).toMatchObject({ readmitted: 'true' });
    expect(casesCounted('days_of_stay', counted('2025', 1), ['a'])).toBeUndefined();
  });
});
