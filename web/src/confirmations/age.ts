// How old something is, in words: days, then months, then years.
import { daysBetween, today } from '../ui/japanese_date';

export interface Age {
  unit: 'today' | 'days' | 'months' | 'years';
  count: number;
}

export function ageOf(day: string, now: string = today()): Age {
  const days = Math.max(0, daysBetween(day, now));
  if (days === 0) return { unit: 'today', count: 0 };
  const months = monthsBetween(day, now);
  if (months < 1) return { unit: 'days', count: days };
  return months < 24 ? { unit: 'months', count: months } : { unit: 'years', count: Math.floor(months / 12) };
}

/** Whole months, the last of them full. */
function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth, fromDay] = from.split('-').map(Number) as [number, number, number];
  const [toYear, toMonth, toDay] = to.split('-').map(Number) as [number, number, number];
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0);
}
