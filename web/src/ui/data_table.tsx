import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../app/keys';
import { usePreference } from '../app/preference';
import { Button } from './button';
import { Dialog } from './dialog';
import { Icon } from './icon';

export interface Column<Row> {
  name: string;
  label: string;
  /** Pixels; the one without takes the rest. */
  width?: number;
  right?: boolean;
  cell: (row: Row) => ReactNode;
  /** Sort orders of the API: [ascending, descending]; one may be missing. */
  sort?: [string | null, string | null];
  /** Cannot be taken out. */
  always?: boolean;
  /** Not shown until chosen. */
  extra?: boolean;
  /** Text that wraps and stands out on a phone. */
  main?: boolean;
}

interface Props<Row> {
  /** Under which the person's columns are remembered. */
  name: string;
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  sort?: string;
  onSort?: (sort: string) => void;
  onOpen: (row: Row) => void;
  /** Shown beside the table while a row is previewed. */
  preview?: (row: Row, close: () => void) => ReactNode;
  /** Under the table, left: how many are shown, "more". */
  foot?: ReactNode;
}

/** Columns the person has chosen, and the button that lets them choose. */
export function useColumns<Row>(name: string, columns: Column<Row>[]) {
  const { t } = useTranslation('common');
  const [hidden, setHidden] = usePreference<Record<string, boolean>>(`columns.${name}`, {});
  const [open, setOpen] = useState(false);
  const isHidden = (column: Column<Row>) => !column.always && (hidden[column.name] ?? column.extra ?? false);
  const shown = columns.filter((column) => !isHidden(column));
  const chooser = (
    <>
      <Button small onPress={() => setOpen(true)}>
        {t('table.columns')}
      </Button>
      {open && (
        <Dialog title={t('table.columns')} onClose={() => setOpen(false)} actions={<Button kind="primary" onPress={() => setOpen(false)}>{t('close')}</Button>}>
          <p className="help">{t('table.columns_help')}</p>
          <div className="opts c2">
            {columns
              .filter((column) => !column.always)
              .map((column) => (
                <label className="opt" key={column.name}>
                  <input type="checkbox" checked={!isHidden(column)} onChange={() => setHidden({ ...hidden, [column.name]: !isHidden(column) })} />
                  {column.label}
                </label>
              ))}
          </div>
        </Dialog>
      )}
    </>
  );
  return { shown, chooser };
}

/** Ruled rows of 40 px. Arrows move, Enter opens, Space previews, Esc closes the preview. */
export function DataTable<Row>({ label, columns: wanted, rows, rowId, sort, onSort, onOpen, preview, foot }: Omit<Props<Row>, 'name'>) {
  const { t } = useTranslation('common');
  const [at, setAt] = useState(0);
  const [peeked, setPeeked] = useState<string | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const columns = useFitting(wanted, box);
  const current = Math.min(at, Math.max(0, rows.length - 1));
  const peekRow = useMemo(() => rows.find((row) => rowId(row) === peeked), [rows, rowId, peeked]);

  useKeys([
    { key: '↑ ↓', label: t('table.move') },
    { key: 'Enter', label: t('table.open') },
    ...(preview ? [{ key: t('table.space'), label: t('table.preview') }] : []),
  ]);

  useEffect(() => setAt(0), [sort]);

  const focusRow = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setAt(to);
    const line = body.current?.rows[to];
    line?.focus();
    line?.scrollIntoView({ block: 'nearest' });
    const row = rows[to];
    if (peeked !== null && row) setPeeked(rowId(row));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.target instanceof HTMLElement && event.target.closest('a, button') && event.key === 'Enter') return;
    const row = rows[current];
    const moves: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1, PageDown: current + 10, PageUp: current - 10 };
    const move = moves[event.key];
    if (move !== undefined) focusRow(move);
    else if (event.key === 'Enter' && row) onOpen(row);
    else if (event.key === ' ' && row && preview) setPeeked(peeked === rowId(row) ? null : rowId(row));
    else if (event.key === 'Escape' && peeked !== null) setPeeked(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className={peekRow ? 'listgrid peeking' : 'listgrid'}>
      <div className="table-scroll" ref={box}>
        <table className="grid-t" role="grid" aria-label={label} aria-rowcount={rows.length}>
          <colgroup>
            {columns.map((column) => (
              <col key={column.name} width={column.width} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeadCell key={column.name} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {rows.map((row, index) => (
              <tr
                key={rowId(row)}
                tabIndex={index === current ? 0 : -1}
                aria-selected={peeked === rowId(row)}
                onFocus={() => setAt(index)}
                onClick={(event) => {
                  if (event.target instanceof HTMLElement && event.target.closest('a, button')) return;
                  if (window.getSelection()?.toString()) return;
                  setAt(index);
                  if (preview && !window.matchMedia('(max-width: 999px)').matches) setPeeked(rowId(row));
                  else onOpen(row);
                }}
              >
                {columns.map((column) => {
                  const content = column.cell(row);
                  // Stacked on a phone a cell has no head above it: figures and days say what they are, and empty cells go.
                  const name = `${column.main ? 'ttl' : 'keep'}${column.right ? ' n r' : ''}${content === '—' ? ' none' : ''}`;
                  return (
                    <td key={column.name} className={name} data-label={column.right ? column.label : undefined}>
                      {content}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
        <div className="tfoot">
          <span className="sm">{foot}</span>
          <span className="keys no-print" aria-hidden="true">
            <span>
              <kbd>↑</kbd> <kbd>↓</kbd> {t('table.move')}
            </span>
            <span>
              <kbd>Enter</kbd> {t('table.open')}
            </span>
            {preview && (
              <span>
                <kbd>{t('table.space')}</kbd> {t('table.preview')}
              </span>
            )}
            <span>
              <kbd>?</kbd> {t('table.other_keys')}
            </span>
          </span>
        </div>
      </div>
      {peekRow && preview?.(peekRow, () => setPeeked(null))}
    </div>
  );
}

/** Pixels the text that names a row keeps at least. */
const leastMain = 240;

/** Beside a preview, on a tablet or at 200% the last columns give way to the text; a phone stacks them all, paper shares them out. */
function useFitting<Row>(columns: Column<Row>[], box: RefObject<HTMLElement | null>): Column<Row>[] {
  const [room, setRoom] = useState(Infinity);
  useLayoutEffect(() => {
    const look = () => {
      if (!box.current || window.matchMedia('print').matches) return;
      setRoom(window.matchMedia('(max-width: 640px)').matches ? Infinity : box.current.clientWidth);
    };
    look();
    const watch = new ResizeObserver(look);
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, [box]);
  const fixed = columns.reduce((sum, column) => sum + (column.always && !column.main ? (column.width ?? 0) : 0), leastMain);
  let left = room - fixed;
  return columns.filter((column) => {
    if (column.always || column.main) return true;
    left -= column.width ?? 0;
    return left >= 0;
  });
}

function HeadCell<Row>({ column, sort, onSort }: { column: Column<Row>; sort?: string; onSort?: (sort: string) => void }) {
  const { t } = useTranslation('common');
  const [up, down] = column.sort ?? [null, null];
  const ascending = up !== null && sort === up;
  const descending = down !== null && sort === down;
  if (!column.sort || !onSort) {
    return (
      <th scope="col" className={column.right ? 'r' : undefined}>
        {column.label}
      </th>
    );
  }
  const next = ascending ? (down ?? up) : descending ? (up ?? down) : (down ?? up);
  return (
    <th scope="col" className={column.right ? 'r' : undefined} aria-sort={ascending ? 'ascending' : descending ? 'descending' : 'none'}>
      <button type="button" onClick={() => next && onSort(next)}>
        {column.label}
        {(ascending || descending) && <Icon name={ascending ? 'asc' : 'desc'} />}
        <span className="vh">{t('table.sort')}</span>
      </button>
    </th>
  );
}

/** 16件すべてを表示しています。 · 60件のうち25件を表示しています。 + button */
export function ListFoot({ shown, total, capped, more, onMore }: { shown: number; total: number; capped: boolean; more: boolean; onMore: () => void }) {
  const { t } = useTranslation('common');
  const count = useCountWords();
  return (
    <>
      {more ? t('table.shown_some', { shown, total: count(total, capped) }) : t('table.shown_all', { count: shown })}{' '}
      {more && (
        <Button small onPress={onMore} className="no-print">
          {t('table.more')}
        </Button>
      )}
    </>
  );
}

/** 16件 · 10,000件以上 */
export function useCountWords(): (total: number, capped?: boolean) => string {
  const { t } = useTranslation('common');
  return (total, capped = false) => t(capped ? 'count_capped' : 'count', { count: total, shown: total.toLocaleString('en-US') });
}
