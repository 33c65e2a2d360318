import { describe, expect, it } from 'vitest';
import { agreeOnToday, answerDate, dayInJapan, daysBetween, fiscalYearLabel, fiscalYearOf, inJapan, longDate, longTime, minutesBetween, monthLabel, parseDate, parseTime, shortDate, today } from './japanese_date';

const now = '2026-11-22';
const read = (text: string, lean?: 'past' | 'future') => parseDate(text, { today: now, lean });

describe('a day in every form people write', () => {
  it.each([
    '令和8年11月22日', '令和8年11月22日(日)', 'R8.11.22', 'R8/11/22', 'r8-11-22', 'R081122', '20261122', '2026-11-22',
    '2026/11/22', '2026年11月22日', '11/22', '11月22日', '1122', '令和8年11月22日', ' R8.11.22 ', '今日', '11/22(日)', '11/22',
  ])('%s', (text) => expect(read(text)).toBe('2026-11-22'));

  it('knows the eras', () => {
    expect(read('H31.4.30')).toBe('2019-04-30');
    expect(read('令和元年5月1日')).toBe('2019-05-01');
    expect(read('R1.5.1')).toBe('2019-05-01');
    expect(read('S20.8.15')).toBe('1945-08-15');
    expect(read('昭和64年1月7日')).toBe('1989-01-07');
    expect(read('T1.7.30')).toBe('1912-07-30');
  });

  it('finds the year that was meant', () => {
    expect(read('4/22')).toBe('2026-04-22');
    expect(read('12/25')).toBe('2025-12-25');
    expect(read('12/10')).toBe('2026-12-10');
    expect(read('3/31', 'future')).toBe('2027-03-31');
    expect(parseDate('12/28', { today: '2027-01-05' })).toBe('2026-12-28');
  });

  it('refuses what is no day', () => {
    for (const text of ['2026-02-29', '2025-13-01', '11/31', '令和0年1月1日', 'abc', '', '99', '20261322']) expect(read(text)).toBeNull();
  });

  it('knows leap days', () => {
    expect(read('2028-02-29')).toBe('2028-02-29');
    expect(read('R6.2.29')).toBe('2024-02-29');
    expect(read('2100-02-29')).toBeNull();
  });
});

describe('a day as it is answered', () => {
  it('writes era, weekday and fiscal year', () => {
    expect(answerDate('2026-11-22')).toBe('令和8年11月22日(日) 令和8年度');
    expect(answerDate('2026-03-31')).toBe('令和8年3月31日(火) 令和7年度');
    expect(answerDate('2019-04-30')).toBe('平成31年4月30日(火) 平成31年度(令和元年度)');
    expect(answerDate('2019-05-01')).toBe('令和元年5月1日(水) 令和元年度');
    expect(answerDate('2026-11-22', 'en')).toBe('Sun 22 Nov 2026 FY2026');
  });
  it('knows fiscal years', () => {
    expect(fiscalYearOf('2026-03-31')).toBe(2025);
    expect(fiscalYearOf('2026-04-01')).toBe(2026);
    expect(fiscalYearLabel(2019)).toBe('令和元年度');
    expect(fiscalYearLabel(2018)).toBe('平成30年度');
    expect(fiscalYearLabel(1988)).toBe('昭和63年度');
    expect(fiscalYearLabel(1989)).toBe('平成元年度');
  });
  it('shortens within the fiscal year', () => {
    expect(shortDate('2026-11-17', 'ja', now)).toBe('11/17(火)');
    expect(shortDate('2025-11-17', 'ja', now)).toBe('R7.11.17(月)');
    expect(longDate('1989-01-07')).toBe('昭和64年1月7日(土)');
    expect(monthLabel('2019-05')).toBe('令和元年5月');
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2);
  });
  it('is the day in Japan', () => {
    expect(dayInJapan(new Date('2026-11-21T15:00:00Z'))).toBe('2026-11-22');
  });
  it('is the day of the server, and goes on by itself', () => {
    const computer = new Date('2027-03-01T15:00:00Z');
    expect(today(computer)).toBe('2027-03-02');
    agreeOnToday('2026-11-17', computer);
    try {
      expect(today(computer)).toBe('2026-11-17');
      expect(today(new Date('2027-03-02T15:00:00Z'))).toBe('2026-11-18');
      expect(inJapan('2027-03-01T15:00:00Z').date).toBe('2027-03-02');
    } finally {
      agreeOnToday('2027-03-02', computer);
    }
    expect(today(computer)).toBe('2027-03-02');
  });
});

describe('a time', () => {
  it.each([
    ['1021', '10:21'], ['10:21', '10:21'], ['午前10時21分', '10:21'], ['午後3時', '15:00'], ['15時半', '15:30'], ['930', '09:30'],
    ['午後12時10分', '12:10'], ['午後0時10分', '12:10'], ['10:21', '10:21'],
  ])('%s', (text, time) => expect(parseTime(text)).toBe(time));
  it('refuses what is no time', () => {
    for (const text of ['2460', '25:00', '午後13時', 'x', '']) expect(parseTime(text)).toBeNull();
  });
  it('is written and measured', () => {
    expect(longTime('10:21')).toBe('午前10時21分');
    expect(longTime('12:05')).toBe('午後0時5分');
    expect(minutesBetween('10:21', '10:33')).toBe(12);
    expect(minutesBetween('23:50', '00:10')).toBe(20);
  });
});
