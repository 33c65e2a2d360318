import { useSyncExternalStore } from 'react';

const known = new Map<string, boolean>();

/** On paper nothing changes its place: what is printed is what stands on the screen. */
function matches(condition: string): boolean {
  const before = known.get(condition);
  if (before !== undefined && window.matchMedia('print').matches) return before;
  const now = window.matchMedia(condition).matches;
  known.set(condition, now);
  return now;
}

/** Whether the window matches a condition of media, also after it was turned or widened. */
export function useMedia(condition: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(condition);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matches(condition),
  );
}
