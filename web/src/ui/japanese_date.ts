// Days as people here write and read them. A day is an ISO date text; nothing here knows of time zones but `dayInJapan`.

const eras = [
  { ja: '令和', letter: 'R', from: '2019-05-01', offset: 2018 },
  { ja: '平成', letter: 'H', from: '1989-01-08', offset: 1988 },
  { ja: '昭和', letter: 'S', from: '1926-12-25', offset: 1925 },
  { ja: '大正', letter: 'T', from: '1912-07-30', offset: 1911 },
  { ja: '明治', letter: 'M', from: '1868-01-25', offset: 1867 },
] as const;

const weekdaysJa = '日月火水木金土';
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export type DateLanguage = 'ja' | 'en';

/** Days from the computer's calendar to the server's. */
let shift = 0;

/** The server says what day it is: a demonstration plays on its own day, and a computer's calendar may be wrong. */
export function agreeOnToday(day: string, now: Date = new Date()): void {
  shift = daysBetween(dayInJapan(now), day);
}

/** Today in Japan, wherever the computer stands, as the server counts the days. */
export function today(now: Date = new Date()): string {
  return addDays(dayInJapan(now), shift);
}

export function dayInJapan(at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo', year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** `10:21` in Japan. */
export function timeNow(now: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' }).format(now);
}

function parts(iso: string): [number, number, number] {
  const [y, m, d] = iso.split('-').map(Number);
  return [y ?? 0, m ?? 0, d ?? 0];
}

function make(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1868 || year > 2200 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

export function addDays(iso: string, days: number): string {
  const [y, m, d] = parts(iso);
  return new Date(Date.UTC(y, m - 1, d + days)).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

export function weekday(iso: string): number {
  return new Date(`${iso}T00:00:00Z`).getUTCDay();
}

/** The fiscal year begins on 1 April. */
export function fiscalYearOf(iso: string): number {
  const [y, m] = parts(iso);
  return m >= 4 ? y : y - 1;
}

function eraOf(iso: string) {
  return eras.find((era) => era.from <= iso) ?? eras[eras.length - 1]!;
}

function eraYear(iso: string): string {
  const era = eraOf(iso);
  const year = parts(iso)[0] - era.offset;
  return `${era.ja}${year === 1 ? '元' : year}年`;
}

/** 令和8年度. A fiscal year takes the era of its last day, so 2019 is 令和元年度 as a whole; 昭和63年度 ends in 平成. */
export function fiscalYearLabel(year: number, language: DateLanguage = 'ja'): string {
  if (language === 'en') return `FY${year}`;
  const { ja, count } = fiscalEra(year);
  return `${ja}${count === 1 ? '元' : count}年度`;
}

function fiscalEra(year: number) {
  const last = eraOf(`${year + 1}-03-31`);
  const era = year > last.offset ? last : eraOf(`${year}-04-01`);
  return { ja: era.ja, letter: era.letter, count: year - era.offset };
}

/** 令和8年11月22日(日) · Sun 22 Nov 2026 */
export function longDate(iso: string | null | undefined, language: DateLanguage = 'ja'): string {
  if (!iso) return '';
  const [y, m, d] = parts(iso);
  if (language === 'en') return `${weekdaysEn[weekday(iso)]} ${d} ${monthsEn[m - 1]} ${y}`;
  return `${eraYear(iso)}${m}月${d}日(${weekdaysJa[weekday(iso)]})`;
}

/** 11/22(日) within the fiscal year of `near`, R7.11.22(土) outside it. */
export function shortDate(iso: string | null | undefined, language: DateLanguage = 'ja', near: string = today()): string {
  if (!iso) return '';
  const [y, m, d] = parts(iso);
  const same = fiscalYearOf(iso) === fiscalYearOf(near);
  if (language === 'en') return `${d} ${monthsEn[m - 1]}${same ? '' : ` ${y}`}`;
  if (same) return `${m}/${d}(${weekdaysJa[weekday(iso)]})`;
  const era = eraOf(iso);
  return `${era.letter}${y - era.offset}.${m}.${d}(${weekdaysJa[weekday(iso)]})`;
}

/** 令和8年4月 */
export function monthLabel(month: string, language: DateLanguage = 'ja'): string {
  const [y, m] = parts(`${month}-01`);
  return language === 'en' ? `${monthsEn[m - 1]} ${y}` : `${eraYear(`${month}-28`)}${m}月`;
}

/** What a date field answers: 令和8年11月22日(日) 令和8年度. April 2019 was still 平成31年度 to those who lived it. */
export function answerDate(iso: string, language: DateLanguage = 'ja'): string {
  const year = fiscalYearOf(iso);
  const label = fiscalYearLabel(year, language);
  if (language === 'ja' && iso >= '2019-04-01' && iso < '2019-05-01') return `${longDate(iso)} 平成31年度(${label})`;
  return `${longDate(iso, language)} ${label}`;
}

/** 午前10時21分 */
export function longTime(time: string | null | undefined, language: DateLanguage = 'ja'): string {
  if (!time) return '';
  const [h, m] = time.split(':').map(Number) as [number, number];
  if (language === 'en') return time;
  return `${h < 12 ? '午前' : '午後'}${h < 12 ? h : h - 12}時${m}分`;
}

/** Day and time of an instant as it was in Japan. */
export function inJapan(instant: string): { date: string; time: string } {
  const at = new Date(instant);
  return { date: dayInJapan(at), time: timeNow(at) };
}

export interface ParseOptions {
  today?: string;
  /** For `11/22`, which does not name the year: `past` looks back (received on), `future` ahead (follow-up). */
  lean?: 'past' | 'future';
}

/** Every form in which people write a day; null when it is none. An empty text is the caller's matter. */
export function parseDate(text: string, { today: now = today(), lean = 'past' }: ParseOptions = {}): string | null {
  const s = text
    .normalize('NFKC')
    .trim()
    .replace(/\s+/g, '')
    .replace(/\([日月火水木金土](曜日?)?\)$/, '')
    .replace(/[日月火水木金土]曜日?$/, '');
  const offset = { 今日: 0, 本日: 0, きょう: 0, today: 0, 昨日: -1, きのう: -1, yesterday: -1, 明日: 1, あす: 1, tomorrow: 1 }[s.toLowerCase()];
  if (offset !== undefined) return addDays(now, offset);

  let m = /^(令和|平成|昭和|大正|明治|[RHSTM])(元|\d{1,2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/i.exec(s);
  if (m) {
    const era = eras.find((e) => e.ja === m![1] || e.letter === m![1]!.toUpperCase())!;
    const count = m[2] === '元' ? 1 : Number(m[2]);
    return count < 1 ? null : make(era.offset + count, Number(m[3]), Number(m[4]));
  }
  m = /^([RHSTM])(\d{2})(\d{2})(\d{2})$/i.exec(s);
  if (m) {
    const era = eras.find((e) => e.letter === m![1]!.toUpperCase())!;
    return Number(m[2]) < 1 ? null : make(era.offset + Number(m[2]), Number(m[3]), Number(m[4]));
  }
  m = /^(\d{4})(\d{2})(\d{2})$/.exec(s) ?? /^(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/.exec(s);
  if (m) return make(Number(m[1]), Number(m[2]), Number(m[3]));

  m = /^(\d{1,2})(?:月|[-/.])(\d{1,2})日?$/.exec(s) ?? /^(\d{2})(\d{2})$/.exec(s);
  if (m) {
    const year = parts(now)[0];
    const [from, to] = lean === 'past' ? [-334, 31] : [-31, 334];
    for (const y of [year, year - 1, year + 1]) {
      const iso = make(y, Number(m[1]), Number(m[2]));
      if (iso && daysBetween(now, iso) >= from && daysBetween(now, iso) <= to) return iso;
    }
    return make(year, Number(m[1]), Number(m[2]));
  }
  return null;
}

/** `1021`, `10:21`, `午前10時21分`, `午後3時`, `15時半` → `10:21`; null when it is no time. */
export function parseTime(text: string): string | null {
  const s = text.normalize('NFKC').trim().replace(/\s+/g, '').replace(/頃$/, '');
  const m =
    /^(午前|午後|am|pm)?(\d{1,2})(?::|時)(?:(\d{1,2})分?|(半))?$/i.exec(s) ?? /^(午前|午後|am|pm)?(\d{1,2})(\d{2})$/i.exec(s);
  if (!m) return null;
  let hour = Number(m[2]);
  const minute = m[4] ? 30 : Number(m[3] ?? 0);
  const half = m[1]?.toLowerCase();
  if (half && hour > 12) return null;
  if ((half === '午後' || half === 'pm') && hour < 12) hour += 12;
  if (half === 'am' && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Minutes from one time to another, over midnight if need be. */
export function minutesBetween(from: string, to: string): number {
  const at = (t: string) => Number(t.slice(0, 2)) * 60 + Number(t.slice(3, 5));
  return (at(to) - at(from) + 1440) % 1440;
}
