// Keys of the page. A screen names its keys with useKeys; `?` shows them all.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';

export interface Key {
  /** As KeyboardEvent.key, with `Ctrl+` or `Alt+` before it: `n`, `/`, `Ctrl+Enter`. */
  key: string;
  label: string;
  /** Absent where a part handles the key itself and it is only to be shown in the dialog. */
  run?: () => void;
}

interface Registry {
  add: (keys: Key[]) => () => void;
  all: () => Key[];
}

const KeysContext = createContext<Registry | null>(null);

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(target.type);
}

function nameOf(event: KeyboardEvent): string {
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.key}`;
}

export function KeysProvider({ children, help }: { children: ReactNode; help: (close: () => void, keys: Key[]) => ReactNode }) {
  const lists = useRef<Key[][]>([]);
  const [open, setOpen] = useState<Key[] | null>(null);
  const registry = useMemo<Registry>(
    () => ({
      add(keys) {
        lists.current = [...lists.current, keys];
        return () => {
          lists.current = lists.current.filter((list) => list !== keys);
        };
      },
      all: () => lists.current.flat(),
    }),
    [],
  );

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const name = nameOf(event);
      const plain = !name.startsWith('Ctrl+') && !name.startsWith('Alt+');
      if (plain && typing(event.target)) return;
      if (document.querySelector('[role="dialog"]') && plain) return;
      // F1 where a `?` would be written into the field.
      if (name === '?' || name === 'F1') {
        event.preventDefault();
        setOpen(registry.all());
        return;
      }
      // Keys of the innermost part win over those of the frame.
      const hit = [...lists.current].reverse().flat().find((key) => key.key === name && key.run);
      if (!hit) return;
      event.preventDefault();
      hit.run?.();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [registry]);

  return (
    <KeysContext.Provider value={registry}>
      {children}
      {open && help(() => setOpen(null), open)}
    </KeysContext.Provider>
  );
}

export function useKeys(keys: Key[]): void {
  const registry = useContext(KeysContext);
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const signature = keys.map((key) => `${key.key}\t${key.label}`).join('\n');
  useEffect(() => {
    if (!registry) return;
    const stable = latest.current.map((key, at) => ({
      key: key.key,
      label: key.label,
      run: key.run && (() => latest.current[at]?.run?.()),
    }));
    return registry.add(stable);
  }, [registry, signature]);
}
