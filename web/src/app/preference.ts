import { useCallback, useState } from 'react';
import { useSession } from './session';

function read<T>(name: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(name);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** A choice of this person on this computer: columns, folded navigation, last filters. Never record data. */
export function usePreference<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const { session } = useSession();
  const key = `tsunagi.${session.user_id}.${name}`;
  const [value, setValue] = useState<T>(() => read(key, otherwise));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      localStorage.setItem(key, JSON.stringify(next));
    },
    [key],
  );
  return [value, set];
}
