import { lazy, Suspense, useRef, useState } from 'react';
import { Icon } from '../ui/icon';
import type { Choice } from './switch_menu';

const loadMenu = () => import('./switch_menu');
const SwitchMenu = lazy(loadMenu);

interface Props {
  label: string;
  value: string;
  choices: Choice[];
  /** The choice that stands; absent where each is something to do. */
  chosen?: string;
  onChoose: (id: string) => void;
}

/** A word of the header that opens a menu. The menu's code is fetched when the pointer or the keyboard comes near it. */
export function Switch({ label, value, ...menu }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<'first' | 'last' | null>(null);
  const near = () => void loadMenu();
  return (
    <>
      <button
        ref={button}
        type="button"
        className="switch"
        aria-haspopup="menu"
        aria-expanded={open !== null}
        onPointerEnter={near}
        onFocus={near}
        onClick={() => setOpen('first')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        <span className="vh">{label}: </span>
        <b>{value}</b>
        <Icon name="down" />
      </button>
      {open && (
        <Suspense fallback={null}>
          <SwitchMenu {...menu} label={label} trigger={button} start={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
