/** One sheet of the strip. */
export interface BegunItem {
  key: string;
  /** Absent: the server has not seen it. */
  id?: string;
  since: string;
  /** Something of it is kept in this browser and not with the server. */
  kept: boolean;
  who: string;
  topic: string | null | undefined;
  what: string;
}

type Say = (key: 'begun.now' | 'begun.minutes' | 'begun.hours' | 'begun.days', values?: { count: number }) => string;

/** How long ago the call came in, in the largest unit that is at least one. */
export function begunSince(since: string, now: number, t: Say): string {
  const minutes = Math.floor((now - Date.parse(since)) / 60_000);
  if (minutes < 1) return t('begun.now');
  if (minutes < 60) return t('begun.minutes', { count: minutes });
  if (minutes < 24 * 60) return t('begun.hours', { count: Math.floor(minutes / 60) });
  return t('begun.days', { count: Math.floor(minutes / (24 * 60)) });
}
