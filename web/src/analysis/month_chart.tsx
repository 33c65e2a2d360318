import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useDateLanguage } from '../ui/date_field';
import { SelectField } from '../ui/field';
import { monthLabel } from '../ui/japanese_date';
import { Section } from '../ui/page';
import type { ColumnGroup, Count, MonthTable } from './figures';
import { isToCome, useColumnWords } from './month_table';

/** Two drawings of the numbers above: one column over the months, and how one group divides. */
export function MonthChart({ table }: { table: MonthTable }) {
  const { t } = useTranslation('analysis');
  const language = useDateLanguage();
  const words = useColumnWords();
  const [column, setColumn] = useState('0');
  const [group, setGroup] = useState<ColumnGroup>('topic');
  const at = Math.min(Number(column), table.columns.length - 1);
  const months = table.rows.map((row) => ({ name: monthLabel(row.month, language), short: language === 'ja' ? row.month.slice(5).replace(/^0/, '') : (monthLabel(row.month, 'en').split(' ')[0] ?? ''), count: row.counts[at] ?? null, toCome: isToCome(row.month) }));
  const parts = table.columns.flatMap((one, index) => (one.group === group ? [{ name: words(one, language === 'ja'), count: table.total.counts[index] ?? null }] : []));
  const groups = [...new Set(table.columns.map((one) => one.group))].filter((one) => one !== 'total');
  return (
    <Section id="chart" title={t('chart.title')} note={t('chart.same')}>
      <div className="charts">
        <figure>
          <SelectField
            label={t('chart.column')}
            value={String(at)}
            onChange={setColumn}
            options={table.columns.map((one, index) => ({ value: String(index), label: one.group === 'total' ? words(one) : t('chart.column_of', { group: t(`group.${one.group}`), column: words(one) }) }))}
          />
          <MonthBars bars={months} label={t('chart.months_label', { column: words(table.columns[at]!) })} unit={language === 'ja'} />
        </figure>
        <figure>
          <SelectField label={t('chart.group')} value={group} onChange={(value) => setGroup(value as ColumnGroup)} options={groups.map((one) => ({ value: one, label: t(`group.${one}`) }))} />
          <PartBars parts={parts} label={t('chart.parts_label', { group: t(`group.${group}`) })} />
        </figure>
      </div>
    </Section>
  );
}

function said(bars: { name: string; count: Count }[], withheld: string): string {
  return bars.map((bar) => `${bar.name} ${bar.count ?? withheld}`).join(', ');
}

/** On a phone the drawing is narrower, so that its letters keep their size. */
function useNarrow(): boolean {
  const [query] = useState(() => window.matchMedia('(max-width: 640px)'));
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}

/** An even number a little above the highest. */
function niceTop(value: number): number {
  const step = [2, 4, 10, 20, 40, 100, 200, 400, 1000, 2000, 4000, 10_000].find((one) => value <= one * 5) ?? 20_000;
  return Math.max(step, Math.ceil(value / step) * step);
}

function MonthBars({ bars, label, unit }: { bars: { name: string; short: string; count: Count; toCome: boolean }[]; label: string; unit: boolean }) {
  const { t } = useTranslation('analysis');
  const width = useNarrow() ? 340 : 600;
  const height = 220;
  const left = 36;
  const bottom = 28;
  const top = niceTop(Math.max(0, ...bars.map((bar) => bar.count ?? 0)));
  const room = (width - left) / Math.max(1, bars.length);
  const thick = Math.min(36, room * 0.64);
  const y = (count: number) => 20 + (height - bottom - 20) * (1 - count / top);
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${label}: ${said(bars.filter((bar) => !bar.toCome), t('months.withheld'))}`}>
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line x1={left} x2={width} y1={y(value)} y2={y(value)} className={value === 0 ? 'axis' : 'rule'} />
          <text x={left - 6} y={y(value) + 5} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {bars.map((bar, at) => {
        const x = left + room * at + (room - thick) / 2;
        const middle = x + thick / 2;
        return (
          <g key={bar.name}>
            {bar.count !== null && bar.count > 0 && <rect x={x} y={y(bar.count)} width={thick} height={y(0) - y(bar.count)} className="bar" />}
            {room > 22 && !bar.toCome && (
              <text x={middle} y={bar.count === null ? y(0) - 6 : y(bar.count) - 5} textAnchor="middle" className="b">
                {bar.count ?? '＊'}
              </text>
            )}
            {(room > 22 || at % 3 === 0) && (
              <text x={middle} y={height - 8} textAnchor="middle">
                {unit && room > 30 ? t('chart.month', { month: bar.short }) : bar.short}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function PartBars({ parts, label }: { parts: { name: string; count: Count }[]; label: string }) {
  const { t } = useTranslation('analysis');
  const narrow = useNarrow();
  const width = narrow ? 340 : 600;
  const row = 28;
  const left = narrow ? 152 : 216;
  const top = Math.max(1, ...parts.map((part) => part.count ?? 0));
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${parts.length * row + 8}`} role="img" aria-label={`${label}: ${said(parts, t('months.withheld'))}`}>
      {parts.map((part, at) => {
        const length = ((width - left - 56) * (part.count ?? 0)) / top;
        const y = at * row + 4;
        return (
          <g key={`${part.name}${at}`}>
            <text x={left - 8} y={y + 17} textAnchor="end">
              {part.name}
            </text>
            <rect x={left} y={y + 3} width={length} height={row - 10} className="bar" />
            <text x={left + length + 6} y={y + 17} className="b">
              {part.count ?? '＊'}
            </text>
          </g>
        );
      })}
      <line x1={left} x2={left} y1={0} y2={parts.length * row + 8} className="axis" />
    </svg>
  );
}
