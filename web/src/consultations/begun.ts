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

/** How long ago the call came in, in the largest unit that is at least one: `begun.minutes` with its count. */
export function begunSince(since: string, now: number): { unit: 'now' | 'minutes' | 'hours' | 'days'; count: number } {
  const minutes = Math.floor((now - Date.parse(since)) / 60_000);
  if (minutes < 1) return { unit: 'now', count: 0 };
  if (minutes < 60) return { unit: 'minutes', count: minutes };
  if (minutes < 24 * 60) return { unit: 'hours', count: Math.floor(minutes / 60) };
  return { unit: 'days', count: Math.floor(minutes / (24 * 60)) };
}
