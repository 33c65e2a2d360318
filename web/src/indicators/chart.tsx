// A line of values with its targets dashed, drawn from the same rows as the table beside it.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndicatorTarget, IndicatorValue } from '../api/types';
import { periodEnd, periodLabel, periodShort } from '../records/period';
import { useDateLanguage } from '../ui/date_field';

const width = 480;
const height = 240;
const edge = { left: 48, right: 24, top: 24, bottom: 28 };

/** Target a value of that period is on the way to: the next one to come, else the last. */
export function targetFor(targets: readonly IndicatorTarget[], period: string): IndicatorTarget | undefined {
  const sorted = [...targets].sort((a, b) => periodEnd(a.period).localeCompare(periodEnd(b.period)));
  return sorted.find((target) => periodEnd(target.period) >= periodEnd(period)) ?? sorted[sorted.length - 1];
}

function steps(low: number, high: number): number[] {
  const raw = (high - low) / 4 || 1;
  const base = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * base).find((one) => one >= raw) ?? raw;
  const first = Math.floor(low / step) * step;
  const list: number[] = [];
  for (let at = first; at < high + step * 0.999; at += step) list.push(Number(at.toFixed(10)));
  return list;
}

export function Chart({ name, unit, values, targets }: { name: string; unit: string; values: readonly IndicatorValue[]; targets: readonly IndicatorTarget[] }) {
  const { t } = useTranslation('indicators');
  const language = useDateLanguage();
  const id = useId();
  const known = values.flatMap((one) => (one.value === null || one.value === undefined ? [] : [one.value]));
  if (known.length < 2) return null;
  const periods = [...values].sort((a, b) => periodEnd(a.period).localeCompare(periodEnd(b.period)));
  const wanted = periods.map((one) => targetFor(targets, one.period)?.value);
  const all = [...known, ...wanted.filter((one) => one !== undefined)];
  const least = Math.min(...all);
  const most = Math.max(...all);
  const ticks = steps(least > 0 && least < most * 0.6 ? 0 : Math.min(least, 0) || Math.max(0, least - (most - least) * 0.3), most);
  const [low, high] = [ticks[0]!, ticks[ticks.length - 1]!];
  const x = (at: number) => edge.left + ((width - edge.left - edge.right) * (at + 0.5)) / periods.length;
  const y = (value: number) => height - edge.bottom - ((height - edge.top - edge.bottom) * (value - low)) / (high - low || 1);
  const every = Math.ceil(periods.length / 8);
  const half = (width - edge.left - edge.right) / periods.length / 2;

  let line = '';
  periods.forEach((one, at) => {
    if (one.value === null || one.value === undefined) return;
    const before = periods[at - 1]?.value;
    line += `${before === null || before === undefined ? 'M' : 'L'}${x(at)} ${y(one.value)}`;
  });
  let dashed = '';
  wanted.forEach((value, at) => {
    if (value === undefined) return;
    dashed += `${wanted[at - 1] === undefined ? 'M' : 'L'}${x(at) - half} ${y(value)}L${x(at) + half} ${y(value)}`;
  });
  const first = periods.find((one) => one.value !== null && one.value !== undefined)!;
  const last = [...periods].reverse().find((one) => one.value !== null && one.value !== undefined)!;
  const goal = wanted.find((one) => one !== undefined);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={`${id}-t`}>
        <title id={`${id}-t`}>
          {t('chart.says', { name, from: periodLabel(first.period, language), first: first.value, to: periodLabel(last.period, language), last: last.value, unit })}
          {goal !== undefined && ` ${t('chart.says_target', { target: wanted[wanted.length - 1] ?? goal, unit })}`}
        </title>
        {ticks.map((tick) => (
          <g key={tick}>
            <path className="tick" d={`M${edge.left} ${y(tick)}H${width - edge.right}`} />
            <text x={edge.left - 6} y={y(tick) + 4} textAnchor="end">
              {tick.toLocaleString('en-US')}
            </text>
          </g>
        ))}
        <text x={edge.left - 6} y={12} textAnchor="end">
          {unit}
        </text>
        {dashed && <path className="target" d={dashed} />}
        {goal !== undefined && (
          <text className="t" x={x(0) - half + 2} y={y(goal) + (first.value !== null && first.value! < goal ? -6 : 16)}>
            {t('chart.target', { target: goal.toLocaleString('en-US'), unit })}
          </text>
        )}
        <path className="line" d={line} />
        {periods.map((one, at) => (
          <g key={one.period}>
            {one.value !== null && one.value !== undefined && (
              <>
                <circle cx={x(at)} cy={y(one.value)} r="3.5" />
                {(periods.length <= 14 || one === last || one === first) && (
                  <text className="v" x={x(at)} y={y(one.value) - 9} textAnchor="middle">
                    {one.value.toLocaleString('en-US')}
                  </text>
                )}
              </>
            )}
            {at % every === 0 && (
              <text x={x(at)} y={height - 8} textAnchor="middle">
                {periodShort(one.period, language)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className="note">{t('chart.note', { unit: unit || t('value') })}</figcaption>
    </figure>
  );
}
