// Which months a table covers, and how that is said: fiscal or calendar year is always written out.
import type { Search } from '../app/router';
import { fiscalYearLabel, fiscalYearOf, longDate, monthLabel, type DateLanguage } from '../ui/japanese_date';

export interface Period {
  from: string;
  to: string;
}

export function fiscalPeriod(year: number): Period {
  return { from: `${year}-04-01`, to: `${year + 1}-03-31` };
}

export function calendarPeriod(year: number): Period {
  return { from: `${year}-01-01`, to: `${year}-12-31` };
}

/** 2026 when the days are exactly January to December 2026. */
export function calendarYear(period: { from?: string; to?: string }): number | null {
  const year = Number(period.from?.slice(0, 4));
  const whole = year ? calendarPeriod(year) : null;
  return whole && whole.from === period.from && whole.to === period.to ? year : null;
}

export function fiscalYear(period: { from?: string; to?: string }): number | null {
  const year = period.from ? fiscalYearOf(period.from) : 0;
  const whole = year ? fiscalPeriod(year) : null;
  return whole && whole.from === period.from && whole.to === period.to ? year : null;
}

/** 令和8年(暦年) has the era of its last day. */
export function calendarYearLabel(year: number, language: DateLanguage): string {
  if (language === 'en') return String(year);
  return monthLabel(`${year}-12`, 'ja').replace(/12月$/, '');
}

/** Conditions of the URL after another period was chosen. */
export function withPeriod(search: Search, period: Period): Search {
  const year = fiscalYear(period);
  return year === null ? { ...search, fiscal_year: undefined, from: period.from, to: period.to } : { ...search, fiscal_year: String(year), from: undefined, to: undefined };
}

export interface PeriodWords {
  fiscal: (year: string) => string;
  calendar: (year: string) => string;
  between: (from: string, to: string) => string;
}

/** 令和8年度(令和8年4月〜令和9年3月) · 令和8年(暦年) · 令和8年4月1日(水)〜令和8年10月31日(土) */
export function periodLabel(period: Period, language: DateLanguage, words: PeriodWords): string {
  const fiscal = fiscalYear(period);
  const months = words.between(monthLabel(period.from.slice(0, 7), language), monthLabel(period.to.slice(0, 7), language));
  if (fiscal !== null) return words.fiscal(fiscalYearLabel(fiscal, language)).replace('{months}', months);
  const calendar = calendarYear(period);
  if (calendar !== null) return words.calendar(calendarYearLabel(calendar, language)).replace('{months}', months);
  return words.between(longDate(period.from, language), longDate(period.to, language));
}
