import type { Desk, SessionView } from '../api/types';

/**
 * The municipality whose knowledge of a place is shown and written: that of the desk in the header, for whom serves several.
 * Undefined: the only one there is, or the first, which the server knows.
 */
export function municipalityOf(desk: Pick<Desk, 'municipality_id'> | null, own: readonly Pick<Desk, 'municipality_id'>[], assignments: SessionView['assignments']): string | undefined {
  const served = (assignments ?? []).flatMap((one) => (one.role === 'municipal' && one.region_id ? [one.region_id] : []));
  const all = new Set([...own.map((one) => one.municipality_id), ...served]);
  return desk && all.size > 1 && all.has(desk.municipality_id) ? desk.municipality_id : undefined;
}
