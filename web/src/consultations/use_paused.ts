import { useEffect, useState } from 'react';

/** The value as it was when it last stood still for so many milliseconds: nothing is asked for every letter typed. */
export function usePaused<T>(value: T, pause: number): T {
  const [paused, setPaused] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(JSON.parse(text) as T), pause);
    return () => clearTimeout(timer);
  }, [text, pause]);
  return paused;
}
