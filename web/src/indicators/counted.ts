// Values that the system counts, in one series with those written by hand.
import type { CountedValue, Figure, Indicator, IndicatorText, IndicatorValue } from '../api/types';
import type { Search } from '../app/router';
import { periodEnd } from '../records/period';

export const figures: readonly Figure[] = ['days_to_decision', 'days_to_leaving', 'days_of_stay', 'missed_handovers', 'missed_handover_share', 'handovers_in_time_share', 'readmissions'];

export type UnitOfFigure = 'days' | 'count' | 'share';

export function unitOf(figure: Figure): UnitOfFigure {
  if (figure.startsWith('days_')) return 'days';
  return figure.endsWith('_share') ? 'share' : 'count';
}

/** What follows from the choice of a figure, for fields that nobody filled in. */
export function figureDefaults(figure: Figure, text: IndicatorText, words: { name: string; unit: string; source: string }): Partial<IndicatorText> {
  return {
    figure,
    name: text.name || words.name,
    unit: text.unit || words.unit.trim(),
    source: text.source || words.source,
    direction: text.direction ?? (figure === 'handovers_in_time_share' ? 'higher' : 'lower'),
    period: text.period === '' || text.period === 'point' ? 'fiscal_year' : text.period,
  };
}

export interface SeriesRow extends IndicatorValue {
  /** What was counted of the period; absent for a period that only a hand wrote. */
  counted?: CountedValue;
  /** Nobody wrote a value: the row is the counted one. */
  automatic: boolean;
}

/** One row a period, by time: what a hand wrote goes before what was counted. */
export function seriesRows({ values, counted }: Pick<Indicator, 'values' | 'counted'>): SeriesRow[] {
  const rows: SeriesRow[] = values.map((one) => {
    const beside = counted.find((other) => other.period === one.period);
    return { ...one, automatic: false, ...(beside ? { counted: beside } : {}) };
  });
  for (const one of counted) {
    if (values.some((other) => other.period === one.period)) continue;
    rows.push({ period: one.period, value: one.value ?? null, missing_reason: null, note: '', cases: one.cases, counted: one, automatic: true });
  }
  return rows.sort((a, b) => periodEnd(a.period).localeCompare(periodEnd(b.period)));
}

/** A period that has not ended says how it goes, and is neither compared nor drawn. */
export const isRunning = (row: SeriesRow) => row.automatic && row.counted?.over === false;

/** The newest value there is, of a period that has ended where it was counted. */
export function lastValue(indicator: Pick<Indicator, 'values' | 'counted'>): SeriesRow | undefined {
  return seriesRows(indicator)
    .filter((one) => one.value !== null && one.value !== undefined && !isRunning(one))
    .pop();
}

/** The discharges that a counted value was counted over, of the desk and of the desks below it in its municipality. */
export function casesBehind({ from, to }: CountedValue, desks: readonly string[]): Search {
  return { left_from: from, left_to: to, desk: desks.join(','), state: 'planning,decided,discharged,ended,readmitted' };
}

/** Those among them that make the value up; nothing where the value is made of all. */
export function casesCounted(figure: Figure, counted: CountedValue, desks: readonly string[]): Search | undefined {
  if (figure === 'missed_handovers' || figure === 'missed_handover_share') return { ...casesBehind(counted, desks), missed: 'true' };
  return figure === 'readmissions' ? { ...casesBehind(counted, desks), readmitted: 'true' } : undefined;
}
