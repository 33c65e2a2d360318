import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api/types';
import { periodLabel } from '../records/period';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { useMay } from '../app/session';
import { useDesks } from '../regions/regions';
import { Chart, targetFor } from './chart';
import { casesBehind, isRunning, seriesRows, type SeriesRow } from './counted';
import './indicators.css';

/** Whether a value is as good as its target; undefined where direction, value or target is missing. */
export function isReached(direction: string | null, value: number | null | undefined, target: number | null | undefined): boolean | undefined {
  if (!direction || value === null || value === undefined || target === null || target === undefined) return undefined;
  return direction === 'lower' ? value <= target : value >= target;
}

export function Reached({ reached }: { reached: boolean | null | undefined }) {
  const { t } = useTranslation('indicators');
  if (reached === null || reached === undefined) return <span className="sub">{t('reached.unknown')}</span>;
  return (
    <span className="nw">
      <Icon name={reached ? 'saved' : 'none'} /> {t(reached ? 'reached.yes' : 'reached.no')}
    </span>
  );
}

/** 26日 */
export function withUnit(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? '' : `${value.toLocaleString('en-US', { maximumFractionDigits: 4 })}${unit}`;
}

/** Table first, the chart beside it, both from the same rows. */
export function SeriesTable({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation('indicators');
  const codes = useCodes();
  const language = useDateLanguage();
  const { text, targets } = indicator;
  const rows = seriesRows(indicator);
  if (rows.length === 0 && targets.length === 0) return <p className="note">{t(text.figure ? 'no_counted' : 'no_values')}</p>;
  const anyCases = rows.some((one) => one.cases !== null && one.cases !== undefined);
  return (
    <div className="series">
      <div className="scroll-x" role="region" aria-label={t('series.table_of', { name: text.name })} tabIndex={0}>
        <table className="plain-t">
          <caption className="vh">{text.name}</caption>
          <thead>
            <tr>
              <th scope="col">{t('series.period')}</th>
              <th scope="col" className="r">
                {t('series.value')}
              </th>
              {anyCases && (
                <th scope="col" className="r">
                  {t('series.cases')}
                </th>
              )}
              <th scope="col" className="r">
                {t('series.gap')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => {
              const target = targetFor(targets, one.period)?.value;
              const gap = target === undefined || one.value === null || one.value === undefined || isRunning(one) ? undefined : Number((one.value - target).toFixed(6));
              return (
                <tr key={one.period}>
                  <th scope="row">
                    <span className="nw">{periodLabel(one.period, language)}</span>
                    {one.automatic && <span className="sub"> {t(isRunning(one) ? 'counted.running' : 'counted.mark')}</span>}
                    {one.note && <span className="sub note-line">{one.note}</span>}
                    {!one.automatic && one.counted && <span className="sub note-line">{t('counted.beside', { value: withUnit(one.counted.value, text.unit) || t('counted.nothing') })}</span>}
                  </th>
                  <td className="r n">{one.value !== null && one.value !== undefined ? withUnit(one.value, text.unit) : <span className="sub">{one.automatic ? t('counted.nothing') : codes.label('missing_reason', one.missing_reason)}</span>}</td>
                  {anyCases && (
                    <td className="r n">
                      <Cases row={one} indicator={indicator} />
                    </td>
                  )}
                  <td className="r n">
                    {gap !== undefined && (
                      <>
                        {isReached(text.direction, one.value, target) && (
                          <>
                            <Icon name="check" />
                            <span className="vh">{t('reached.yes')}</span>{' '}
                          </>
                        )}
                        {gap > 0 ? '+' : ''}
                        {withUnit(gap, text.unit)}
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
          {targets.length > 0 && (
            <tfoot>
              {targets.map((target) => (
                <tr key={target.period}>
                  <th scope="row" className="nw">{t('series.target_by', { period: periodLabel(target.period, language) })}</th>
                  <td className="r n">{withUnit(target.value, text.unit)}</td>
                  <td colSpan={1 + Number(anyCases)} className="sm">
                    {target.note}
                  </td>
                </tr>
              ))}
            </tfoot>
          )}
        </table>
      </div>
      <Chart name={text.name} unit={text.unit} values={rows.filter((one) => !isRunning(one))} targets={targets} />
      {text.figure && <p className="note">{t('counted.note')}</p>}
    </div>
  );
}

/** How many stand behind a value; of a counted one they can be opened. */
function Cases({ row, indicator }: { row: SeriesRow; indicator: Indicator }) {
  const { t } = useTranslation('indicators');
  const language = useDateLanguage();
  const may = useMay();
  const desks = useDesks();
  const { figure } = indicator.text;
  if (!row.automatic || !row.counted || !figure || !row.cases || !may('discharges.read')) return <>{row.cases ?? ''}</>;
  const counted = desks.filter((desk) => desk.id === indicator.desk_id || desk.parent_id === indicator.desk_id).map((desk) => desk.id);
  return (
    <Link to="/discharges/list" search={casesBehind(figure, row.counted, counted)} aria-label={t('counted.open', { period: periodLabel(row.period, language) })}>
      {row.cases}
    </Link>
  );
}
