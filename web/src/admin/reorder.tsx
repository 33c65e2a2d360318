// The order of a list by keyboard and by drag.
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon';

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, one);
  return next;
}

interface Drag {
  over: number | null;
  row: (at: number) => { onDragOver: (event: DragEvent) => void; onDrop: (event: DragEvent) => void; 'data-over'?: true };
  handle: (at: number) => { draggable: true; onDragStart: (event: DragEvent) => void; onDragEnd: () => void };
}

/** What the rows and their handles need to be dragged. */
export function useDrag(onMove: (from: number, to: number) => void): Drag {
  const from = useRef<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  return {
    over,
    row: (at) => ({
      onDragOver: (event) => {
        if (from.current === null) return;
        event.preventDefault();
        setOver(at);
      },
      onDrop: (event) => {
        event.preventDefault();
        if (from.current !== null && from.current !== at) onMove(from.current, at);
        from.current = null;
        setOver(null);
      },
      ...(over === at ? { 'data-over': true as const } : {}),
    }),
    handle: (at) => ({
      draggable: true,
      onDragStart: (event) => {
        from.current = at;
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', String(at));
      },
      onDragEnd: () => {
        from.current = null;
        setOver(null);
      },
    }),
  };
}

/** A grip to drag, and two buttons that do the same from the keyboard; arrows on either of them move the row too. */
export function MoveButtons({ at, last, name, drag, onMove }: { at: number; last: number; name: string; drag: Drag; onMove: (from: number, to: number) => void }) {
  const { t } = useTranslation('admin');
  const say = (to: number) => to >= 0 && to <= last && onMove(at, to);
  return (
    <span
      className="moves"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        say(at + (event.key === 'ArrowUp' ? -1 : 1));
      }}
    >
      <span className="grip" aria-hidden="true" {...drag.handle(at)}>
        ⠿
      </span>
      <button type="button" aria-label={t('order.up', { name })} onClick={() => say(at - 1)}>
        <Icon name="up" />
      </button>
      <button type="button" aria-label={t('order.down', { name })} onClick={() => say(at + 1)}>
        <Icon name="down" />
      </button>
    </span>
  );
}
