import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Element } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { shortDate } from '../ui/japanese_date';
import type { CaseBackground, Matrix, MatrixColumn } from './figures';

/** What stands over a column, and over a group of columns. */
export function useElementWords() {
  const language = useDateLanguage();
  const codes = useCodes();
  return {
    label: (column: MatrixColumn) => (language === 'en' && column.en) || column.ja,
    short: (column: MatrixColumn) => (language === 'ja' ? codes.short('element', column.element) : column.en) || column.ja,
    group: (column: MatrixColumn) => (language === 'en' && column.group_en) || column.group_ja,
  };
}

interface Props {
  matrix: Matrix;
  rows: CaseBackground[];
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  opened: string | undefined;
  onOpen: (id: string) => void;
  sort: string;
  onSort: (sort: string) => void;
  /** Elements of the chosen combination. */
  marked: readonly string[];
  subjects: boolean;
}

/** 図3. Arrows move between rows, Space selects, Shift with an arrow selects on the way, Enter shows the background. */
export function MatrixTable({ matrix, rows, selected, onSelect, opened, onOpen, sort, onSort, marked, subjects }: Props) {
  const { t } = useTranslation('analysis');
  const words = useElementWords();
  const language = useDateLanguage();
  const [at, setAt] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);
  const { columns } = matrix;
  const current = Math.min(at, Math.max(0, rows.length - 1));
  const groups = useMemo(() => {
    const spans: { column: MatrixColumn; span: number }[] = [];
    for (const column of columns) {
      const last = spans[spans.length - 1];
      if (last?.column.group === column.group) last.span += 1;
      else spans.push({ column, span: 1 });
    }
    return spans;
  }, [columns]);
  const firsts = new Set(groups.map((group) => group.column.element));
  const most = Math.max(1, ...columns.map((column) => column.count));
  const suspected = columns.reduce((sum, column) => sum + column.suspected, 0);

  useKeys([
    { key: '↑ ↓', label: t('common:table.move') },
    { key: t('common:table.space'), label: t('matrix.keys_select') },
    { key: 'Shift+↑ ↓', label: t('matrix.keys_extend') },
    { key: 'Enter', label: t('matrix.keys_open') },
  ]);

  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  const focusRow = (index: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, index));
    setAt(to);
    const line = body.current?.rows[to];
    line?.focus({ preventScroll: true });
    line?.scrollIntoView({ block: 'nearest' });
    return rows[to];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current];
    if (!row) return;
    const moves: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1, PageDown: current + 10, PageUp: current - 10 };
    const move = moves[event.key];
    if (move !== undefined) {
      const next = focusRow(move);
      if (event.shiftKey && next) onSelect(new Set([...selected, row.id, next.id]));
    } else if (event.key === ' ') toggle(row.id);
    else if (event.key === 'Enter') onOpen(row.id);
    else return;
    event.preventDefault();
  };

  return (
    <div>
      <div className="mtx-wrap" role="region" aria-label={t('matrix.region')} tabIndex={rows.length === 0 ? 0 : undefined}>
        <table className="mtx" role="grid" aria-multiselectable="true" aria-label={t('matrix.caption', { cases: rows.length, elements: columns.length })} aria-rowcount={rows.length}>
          <thead>
            <tr>
              <th rowSpan={2} scope="col" className="corner">
                {t('matrix.case')}
                <SortMenu sort={sort} onSort={onSort} />
              </th>
              {groups.map(({ column, span }) => (
                <th key={column.element} scope="colgroup" colSpan={span} className="first">
                  {words.group(column) || t('matrix.no_group')}
                </th>
              ))}
            </tr>
            <tr>
              {columns.map((column) => {
                const on = sort === `element:${column.element}`;
                return (
                  <th key={column.element} scope="col" aria-sort={on ? 'descending' : 'none'} className={[firsts.has(column.element) ? 'first' : '', marked.includes(column.element) ? 'hit' : ''].filter(Boolean).join(' ') || undefined}>
                    <button type="button" onClick={() => onSort(on ? 'newest' : `element:${column.element}`)} title={words.label(column)}>
                      {words.short(column)}
                      {on && <Icon name="desc" />}
                      <span className="vh">{t('matrix.sort_by')}</span>
                    </button>
                    <span className="only-print" aria-hidden="true">
                      {words.short(column)}
                    </span>
                  </th>
                );
              })}
            </tr>
            <tr className="counts">
              <th scope="row">{t('matrix.count')}</th>
              {columns.map((column) => (
                <td key={column.element} className={firsts.has(column.element) ? 'first' : undefined}>
                  <svg viewBox="0 0 24 32" aria-hidden="true">
                    <rect x="0" y={32 - (30 * column.count) / most} width="24" height={(30 * column.count) / most} />
                  </svg>
                  <b className="n">{column.count}</b>
                  <span className="vh">{column.suspected > 0 && t('matrix.suspected_of', { count: column.suspected })}</span>
                </td>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {rows.map((row, index) => {
              const on = selected.has(row.id);
              return (
                <tr
                  key={row.id}
                  tabIndex={index === current ? 0 : -1}
                  aria-selected={on}
                  className={opened === row.id ? 'opened' : undefined}
                  onFocus={() => setAt(index)}
                  onClick={(event) => {
                    if (event.target instanceof HTMLElement && event.target.closest('button, input, label')) return;
                    setAt(index);
                    toggle(row.id);
                  }}
                >
                  <th scope="row">
                    <span className="who">
                      <input type="checkbox" tabIndex={-1} checked={on} onChange={() => toggle(row.id)} aria-label={t('matrix.select', { number: row.number })} />
                      <button type="button" tabIndex={-1} className="n" aria-expanded={opened === row.id} onClick={() => onOpen(row.id)} aria-label={t('matrix.background_of', { number: row.number, subject: row.subject })}>
                        {row.number}
                      </button>
                      <span className="sub only-print">{shortDate(row.received_on, language)}</span>
                    </span>
                    {subjects && <span className="subject">{row.subject}</span>}
                  </th>
                  {columns.map((column) => (
                    <Mark key={column.element} mark={row.elements.find((one) => one.element === column.element)} first={firsts.has(column.element)} strong={on && marked.includes(column.element)} />
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="legend">
        <span>
          <i className="mark yes" aria-hidden="true">
            ○
          </i>{' '}
          {t('matrix.legend_yes')}
        </span>
        <span>
          <i className="mark suspected" aria-hidden="true">
            <span>{t('matrix.suspected')}</span>
          </i>{' '}
          {t('matrix.legend_suspected')}
        </span>
        <span>
          <i className="mark words" aria-hidden="true">
            {t('matrix.words')}
          </i>{' '}
          {t('matrix.legend_words')}
        </span>
        <span>
          <i className="mark" aria-hidden="true" /> {t('matrix.legend_none')}
        </span>
        <span>{t('matrix.filled', { count: matrix.filled, suspected })}</span>
      </p>
    </div>
  );
}

function Mark({ mark, first, strong }: { mark: Element | undefined; first: boolean; strong: boolean }) {
  const { t } = useTranslation('analysis');
  const kind = mark ? { yes: 'yes', suspected: 'suspected', text: 'words' }[mark.value] : '';
  const name = ['mark', kind, first ? 'first' : '', strong ? 'strong' : ''].filter(Boolean).join(' ');
  if (!mark) return <td className={name} />;
  if (mark.value === 'yes')
    return (
      <td className={name}>
        <span role="img" aria-label={t('matrix.legend_yes')}>
          ○
        </span>
      </td>
    );
  return (
    <td className={name}>
      <span className={mark.value === 'suspected' || [...mark.text].length <= 5 ? 'short' : undefined}>{mark.value === 'suspected' ? t('matrix.suspected') : mark.text}</span>
    </td>
  );
}

function SortMenu({ sort, onSort }: { sort: string; onSort: (sort: string) => void }) {
  const { t } = useTranslation('analysis');
  return (
    <label className="sort no-print">
      <span className="vh">{t('matrix.order')}</span>
      <select value={sort} onChange={(event) => onSort(event.target.value)}>
        {['newest', 'oldest', 'count'].map((one) => (
          <option key={one} value={one}>
            {t(`matrix.order_${one}`)}
          </option>
        ))}
        {sort.startsWith('element:') && <option value={sort}>{t('matrix.order_element')}</option>}
      </select>
    </label>
  );
}
