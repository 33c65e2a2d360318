import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { monthLabel, today } from '../ui/japanese_date';
import type { ColumnGroup, Count, MonthColumn, MonthRow, MonthTable } from './figures';

const schemes: Partial<Record<ColumnGroup, string>> = { topic: 'topic', relisted: 'relisted', caller: 'caller_column' };

/** What stands over a column; `short` for the narrow head. */
export function useColumnWords(): (column: MonthColumn, short?: boolean) => string {
  const { t } = useTranslation('analysis');
  const codes = useCodes();
  const language = useDateLanguage();
  return (column, short = false) => {
    if (column.group === 'total') return t('months.total');
    if (!column.code) return t('months.not_filled_in');
    const scheme = schemes[column.group];
    const full = (language === 'en' && column.en) || column.ja;
    return (short && scheme && codes.scheme(scheme)?.codes.some((entry) => entry.code === column.code) && codes.short(scheme, column.code)) || full;
  };
}

interface Shown {
  column: MonthColumn;
  at: number;
  /** First of its group: a heavier line before it. */
  first: boolean;
}

interface Props {
  table: MonthTable;
  hidden: readonly ColumnGroup[];
  heat: boolean;
  opened: string | undefined;
  linkOf?: (month: string, column: MonthColumn) => string;
  onOpen: (month: string, column: MonthColumn) => void;
}

/** 図8: months by topics, re-listed items, callers and districts. Arrows move from number to number. */
export function MonthTableView({ table, hidden, heat, opened, linkOf, onOpen }: Props) {
  const { t } = useTranslation('analysis');
  const words = useColumnWords();
  const body = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<[number, number]>([0, 0]);
  const shown = useMemo<Shown[]>(() => {
    const columns = table.columns.map((column, index) => ({ column, at: index })).filter(({ column }) => !hidden.includes(column.group));
    return columns.map((one, index) => ({ ...one, first: index > 0 && columns[index - 1]!.column.group !== one.column.group }));
  }, [table.columns, hidden]);
  const groups = useMemo(() => {
    const spans: { group: ColumnGroup; span: number }[] = [];
    for (const { column } of shown) {
      const last = spans[spans.length - 1];
      if (last?.group === column.group) last.span += 1;
      else spans.push({ group: column.group, span: 1 });
    }
    return spans;
  }, [shown]);
  const lightness = useMemo(() => levels(table), [table]);
  const required = new Set(table.checks.filter((check) => check.required).map((check) => check.month));

  useKeys(linkOf ? [{ key: '← ↑ ↓ →', label: t('months.keys_move') }, { key: 'Enter', label: t('months.keys_open') }] : []);

  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const steps: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-at]') : null;
    if (!step || !cell) return;
    const [row, column] = cell.dataset.at!.split(',').map(Number) as [number, number];
    for (let r = row + step[0], c = column + step[1]; r >= 0 && r <= table.rows.length && c >= 0 && c < shown.length; r += step[0], c += step[1]) {
      const link = body.current?.querySelector<HTMLElement>(`[data-at="${r},${c}"] a`);
      if (link) {
        setAt([r, c]);
        link.focus();
        break;
      }
    }
    event.preventDefault();
  };

  const open = (event: MouseEvent<HTMLTableElement>) => {
    const link = event.target instanceof HTMLElement ? event.target.closest('a') : null;
    const cell = link?.closest<HTMLElement>('[data-at]');
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const [row, column] = cell.dataset.at!.split(',').map(Number) as [number, number];
    setAt([row, column]);
    onOpen(table.rows[row]?.month ?? '', shown[column]!.column);
  };

  const line = (row: MonthRow, index: number) => (
    <tr key={row.month || 'total'} className={row.month ? undefined : 'total'}>
      <th scope="row">
        {row.month ? <MonthName month={row.month} before={table.rows[index - 1]?.month} /> : t('months.sum')}
        {required.has(row.month) && (
          <span className="late block">
            <span aria-hidden="true">▲ </span>
            {t('months.does_not_match')}
          </span>
        )}
      </th>
      {shown.map(({ column, at: place, first }, c) => {
        const count = row.counts[place] ?? null;
        const level = heat && row.month ? (lightness.level.get(`${place},${row.month}`) ?? 0) : 0;
        const toCome = count === 0 && isToCome(row.month);
        const most = heat && row.month !== '' && lightness.most.get(place) === row.month;
        const name = `${row.month}~${column.group}~${column.code}`;
        return (
          <td
            key={place}
            data-at={`${index},${c}`}
            className={[first ? 'first' : '', level ? `heat-${level}` : '', column.group === 'relisted' ? 'apart' : '', toCome ? 'to-come' : '', opened === name ? 'opened' : ''].filter(Boolean).join(' ') || undefined}
          >
            {toCome ? (
              <span className="vh">{t('months.to_come')}</span>
            ) : (
              <Figure count={count} href={count && linkOf ? linkOf(row.month, column) : undefined} current={at[0] === index && at[1] === c} most={most} label={t('months.figure', { column: words(column), count: count ?? 0 })} />
            )}
          </td>
        );
      })}
    </tr>
  );

  // One number must always be reachable by Tab, also when the one that was is gone.
  const reachable = linkOf && shown[at[1]] && (table.rows[at[0]] ?? table.total).counts[shown[at[1]]!.at];
  if (linkOf && !reachable && (at[0] !== table.rows.length || at[1] !== 0)) setAt([table.rows.length, 0]);

  return (
    <div className="months-wrap" tabIndex={linkOf ? undefined : 0} role="region" aria-label={t('months.title')}>
      <table className="months" ref={body} onKeyDown={linkOf ? move : undefined} onClick={linkOf ? open : undefined}>
        <caption className="vh">{t('months.caption')}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className="corner">
              {t('months.month')}
            </th>
            {groups.map(({ group, span }, index) =>
              group === 'total' ? (
                <th key={group} scope="col" rowSpan={2} className={standing(t('months.total'))}>
                  <span>{t('months.total')}</span>
                </th>
              ) : (
                <th key={group} scope="colgroup" colSpan={span} className={index > 0 ? 'first' : undefined}>
                  {t(`group.${group}`)}
                  {group === 'relisted' && <span className="vh"> {t('months.outside')}</span>}
                </th>
              ),
            )}
          </tr>
          <tr>
            {shown
              .filter(({ column }) => column.group !== 'total')
              .map(({ column, at: place, first }) => (
                <th key={place} scope="col" className={[standing(words(column, true)), first ? 'first' : '', column.group === 'relisted' ? 'apart' : ''].filter(Boolean).join(' ')} title={words(column)}>
                  <span>{words(column, true)}</span>
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(line)}
          {line(table.total, table.rows.length)}
        </tbody>
      </table>
      <p className="legend">
        {!hidden.includes('relisted') && (
          <span>
            <i className="apart" aria-hidden="true" /> {t('months.legend_relisted')}
          </span>
        )}
        {heat && (
          <>
            <span>
              <i className="heat-1" aria-hidden="true" />
              <i className="heat-2" aria-hidden="true" />
              <i className="heat-3" aria-hidden="true" /> {t('months.legend_heat')}
            </span>
            <span>
              <b aria-hidden="true">▲</b> {t('months.legend_most')}
            </span>
          </>
        )}
        {table.suppressed && (
          <span>
            <b aria-hidden="true">＊</b> {t('months.legend_suppressed')}
          </span>
        )}
      </p>
    </div>
  );
}

/** How a narrow head stands: Japanese downwards letter by letter, Latin words on their side. */
function standing(words: string): string {
  return /[\u3000-\u9fff]/.test(words) ? 'up' : 'up side';
}

/** Nothing can have happened there: no 0, which would read as a result. */
export function isToCome(month: string): boolean {
  return month > today().slice(0, 7);
}

function MonthName({ month, before }: { month: string; before: string | undefined }) {
  const language = useDateLanguage();
  const full = monthLabel(month, language);
  const year = language === 'ja' ? full.replace(/年.*$/, '年') : (full.split(' ')[1] ?? '');
  const name = language === 'ja' ? full.slice(year.length) : (full.split(' ')[0] ?? '');
  const sameYear = before?.slice(0, 4) === month.slice(0, 4) && monthLabel(before, language).startsWith(language === 'ja' ? year : '');
  return (
    <>
      <span className={sameYear ? 'vh' : 'year'}>{year}</span> <span className="nw">{name}</span>
    </>
  );
}

function Figure({ count, href, current, most, label }: { count: Count; href?: string; current: boolean; most: boolean; label: string }) {
  const { t } = useTranslation('analysis');
  if (count === null)
    return (
      <>
        <span aria-hidden="true">＊</span>
        <span className="vh">{t('months.withheld')}</span>
      </>
    );
  const mark = most ? (
    <span className="most" aria-hidden="true">
      ▲
    </span>
  ) : null;
  if (count === 0) return <span className="zero">0</span>;
  const text = count.toLocaleString('en-US');
  return (
    <>
      {mark}
      {href ? (
        <a href={href} tabIndex={current ? 0 : -1} aria-label={label}>
          {text}
        </a>
      ) : (
        text
      )}
    </>
  );
}

/** Lightness within a group of columns, and the month in which a column has its one highest number. */
function levels(table: MonthTable): { level: Map<string, number>; most: Map<number, string> } {
  const level = new Map<string, number>();
  const most = new Map<number, string>();
  const largest = new Map<ColumnGroup, number>();
  table.columns.forEach((column, at) => {
    const counts = table.rows.map((row) => row.counts[at] ?? 0);
    largest.set(column.group, Math.max(largest.get(column.group) ?? 0, ...counts));
    const top = Math.max(0, ...counts);
    if (top > 1 && counts.filter((count) => count === top).length === 1) most.set(at, table.rows[counts.indexOf(top)]!.month);
  });
  table.columns.forEach((column, at) => {
    const top = largest.get(column.group) ?? 0;
    for (const row of table.rows) {
      const share = top > 0 ? (row.counts[at] ?? 0) / top : 0;
      level.set(`${at},${row.month}`, share >= 0.75 ? 3 : share >= 0.4 ? 2 : share >= 0.15 ? 1 : 0);
    }
  });
  return { level, most };
}
