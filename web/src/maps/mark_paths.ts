// Forms and colours of the marks on a map, within 16 by 16.
import type { ServiceGroup } from './groups';

export const markPaths: Record<ServiceGroup, string> = {
  medical: 'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
  visit: 'M8 2a6 6 0 1 0 .01 0z',
  day: 'M3 3h10v10H3z',
  stay: 'M8 2l6 6v6H2V8z',
  both: 'M8 1l7 7-7 7-7-7z',
  planning: 'M8 2l6.5 12h-13z',
  other: 'M8 14L1.5 2h13z',
};

/** As .map-mark in maps.css. */
export const markColours: Record<ServiceGroup, string> = { medical: '#a30f2d', visit: '#00428c', day: '#1d6b30', stay: '#7a3b9c', both: '#8a5200', planning: '#00687a', other: '#4d4d4d' };
