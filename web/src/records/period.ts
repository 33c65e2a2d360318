// Periods of figures: a fiscal year 2026, a month 2026-10 or a day 2026-10-31, and how people write them.
import { fiscalYearLabel, fiscalYearOf, longDate, monthLabel, parseDate, shortDate, today, type DateLanguage } from '../ui/japanese_date';

const offsets: Record<string, number> = { R: 2018, 令和: 2018, H: 1988, 平成: 1988, S: 1925, 昭和: 1925 };

function yearOf(text: string): number | null {
  const era = /^(R|H|S|令和|平成|昭和)(元|\d{1,2})$/i.exec(text);
  if (era) return (offsets[era[1]!.toUpperCase()] ?? 0) + (era[2] === '元' ? 1 : Number(era[2]));
  return /^(19|20)\d\d$/.test(text) ? Number(text) : null;
}

/** 2026 · R8 · 令和8年度 → 2026; 2026-10 · R8.10 · 令和8年10月 · 10月 → 2026-10; a day as everywhere. */
export function parsePeriod(text: string, now: string = today()): string | null {
  const plain = text.normalize('NFKC').replace(/\s+/g, '');
  if (!plain) return null;
  const year = yearOf(plain.replace(/(年度|年|fy)$/i, '').replace(/^fy/i, ''));
  if (year) return String(year);
  const month = /^(?:(.+?)(?:年|[./-]))?(\d{1,2})月?$/.exec(plain);
  if (month && (month[1] || plain.endsWith('月'))) {
    const count = Number(month[2]);
    const fiscal = fiscalYearOf(now);
    const of = month[1] ? yearOf(month[1]) : count >= 4 ? fiscal : fiscal + 1;
    if (of && count >= 1 && count <= 12) return `${of}-${String(count).padStart(2, '0')}`;
  }
  return parseDate(plain, { today: now });
}

/** 令和8年度 · 令和8年10月 · 令和8年10月31日(土) */
export function periodLabel(period: string | null | undefined, language: DateLanguage): string {
  if (!period) return '';
  if (period.length === 4) return fiscalYearLabel(Number(period), language);
  return period.length === 7 ? monthLabel(period, language) : longDate(period, language);
}

/** How a period stands in its field before anyone types: R8, R8.10, R8.10.31. */
export function periodWritten(period: string, language: DateLanguage): string {
  const [year = 0, month, day] = period.split('-').map(Number);
  if (language === 'en' || year < 2019 || (year === 2019 && period.length > 4 && period < '2019-05')) return period;
  return [`R${year - 2018}`, month, day].filter((part) => part !== undefined).join('.');
}

/** On the axis of a chart: 8年度 · 10月 · 10/31 */
export function periodShort(period: string, language: DateLanguage): string {
  if (period.length === 4) return language === 'en' ? `FY${period.slice(2)}` : fiscalYearLabel(Number(period)).replace(/^[^\d元]+/, '');
  if (period.length === 7) return language === 'en' ? monthLabel(period, 'en').slice(0, 3) : `${Number(period.slice(5))}月`;
  return shortDate(period, language).replace(/\(.*/, '');
}

/** The day a period ends, for its place on a line. */
export function periodEnd(period: string): string {
  if (period.length === 4) return `${Number(period) + 1}-03-31`;
  if (period.length === 7) return `${period}-31`;
  return period;
}
