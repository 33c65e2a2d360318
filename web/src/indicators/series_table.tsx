import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api/types';
import { periodEnd, periodLabel } from '../records/period';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { Chart, targetFor } from './chart';
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
  const { text, values, targets } = indicator;
  if (values.length === 0 && targets.length === 0) return <p className="note">{t('no_values')}</p>;
  const sorted = [...values].sort((a, b) => periodEnd(a.period).localeCompare(periodEnd(b.period)));
  const anyCases = values.some((one) => one.cases !== null && one.cases !== undefined);
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
            {sorted.map((one) => {
              const target = targetFor(targets, one.period)?.value;
              const gap = target === undefined || one.value === null || one.value === undefined ? undefined : Number((one.value - target).toFixed(6));
              return (
                <tr key={one.period}>
                  <th scope="row">
                    <span className="nw">{periodLabel(one.period, language)}</span>
                    {one.note && <span className="sub note-line">{one.note}</span>}
                  </th>
                  <td className="r n">{one.value !== null && one.value !== undefined ? withUnit(one.value, text.unit) : <span className="sub">{codes.label('missing_reason', one.missing_reason)}</span>}</td>
                  {anyCases && <td className="r n">{one.cases ?? ''}</td>}
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
      <Chart name={text.name} unit={text.unit} values={values} targets={targets} />
    </div>
  );
}
