import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api/types';
import { periodLabel } from '../records/period';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { useMay } from '../app/session';
import { useDesks } from '../regions/regions';
import { Chart, targetFor } from './chart';
import { casesBehind, casesCounted, isRunning, seriesRows, type SeriesRow } from './counted';
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
                  <td className="r n">{one.value !== null && one.value !== undefined ? <Behind row={one} indicator={indicator} what="value">{withUnit(one.value, text.unit)}</Behind> : <span className="sub">{one.automatic ? t('counted.nothing') : codes.label('missing_reason', one.missing_reason)}</span>}</td>
                  {anyCases && (
                    <td className="r n">
                      <Behind row={one} indicator={indicator} what="cases">
                        {one.cases ?? ''}
                      </Behind>
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

/** A counted value, or what it was counted over, with the discharges it opens; words without a link where there are none. */
function Behind({ row, indicator, what, children }: { row: SeriesRow; indicator: Indicator; what: 'value' | 'cases'; children: ReactNode }) {
  const { t } = useTranslation('indicators');
  const language = useDateLanguage();
  const may = useMay();
  const desks = useDesks();
  const { figure } = indicator.text;
  const { counted } = row;
  if (!row.automatic || !counted || !figure || !may('discharges.read') || !counted.cases || (what === 'value' && !counted.value)) return <>{children}</>;
  const whose = desks.filter((desk) => desk.municipality_id === indicator.municipality_id && (desk.id === indicator.desk_id || desk.parent_id === indicator.desk_id)).map((desk) => desk.id);
  const search = what === 'cases' ? casesBehind(counted, whose) : casesCounted(figure, counted, whose);
  if (!search) return <>{children}</>;
  return (
    <Link to="/discharges/list" search={search} aria-label={t(`counted.open_${what}`, { period: periodLabel(row.period, language), shown: what === 'value' ? withUnit(counted.value, indicator.text.unit) : counted.cases })}>
      {children}
    </Link>
  );
}
