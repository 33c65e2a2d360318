import { useSyncExternalStore } from 'react';

/** Whether the window matches a condition of media, also after it was turned or widened. */
export function useMedia(condition: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(condition);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(condition).matches,
  );
}
