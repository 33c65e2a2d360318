// Desk, period and the other conditions of a table as the same sentence the list has.
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { filterNames, listQuery, useFilters, valuesOf } from '../consultations/filters';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { FilterSentence, FixedChip, type Filter } from '../ui/filter_sentence';
import { fiscalYearLabel, fiscalYearOf, today } from '../ui/japanese_date';
import { calendarPeriod, calendarYear, calendarYearLabel, fiscalPeriod, periodLabel, withPeriod, type Period } from './period';
import { PeriodDialog } from './period_dialog';
import type { Query } from './figures';

/** What is asked of the server for the conditions of this URL. A prefectural reader may choose the year only. */
export function useQueryOf(search: Search): Query {
  const place = usePlace();
  const may = useMay();
  const all = may('consultations.read');
  const text = JSON.stringify(search);
  const { desk, fiscalYear } = place;
  return useMemo(() => {
    const given = JSON.parse(text) as Search;
    if (!all) return { fiscal_year: given.fiscal_year ?? String(fiscalYear) };
    const query = listQuery({ ...given, fiscal_year: given.fiscal_year === 'all' ? undefined : given.fiscal_year }, { desk, fiscalYear });
    delete query.missing;
    return query;
  }, [text, all, desk, fiscalYear]);
}

export function periodOf(query: Query): Period {
  const year = fiscalPeriod(Number(query.fiscal_year) || fiscalYearOf(query.from ?? query.to ?? today()));
  if (query.fiscal_year) return year;
  return { from: query.from ?? year.from, to: query.to ?? year.to };
}

export function usePeriodLabel(): (period: Period) => string {
  const { t } = useTranslation('analysis');
  const language = useDateLanguage();
  return (period) =>
    periodLabel(period, language, {
      fiscal: (year) => t('period.fiscal', { year }),
      calendar: (year) => t('period.calendar', { year }),
      between: (from, to) => t('period.between', { from, to }),
    });
}

interface Props {
  search: Search;
  query: Query;
  onChange: (next: Search) => void;
  end: ReactNode;
}

export function Conditions({ search, query, onChange, end }: Props) {
  const { t } = useTranslation('analysis');
  const language = useDateLanguage();
  const names = useNames();
  const may = useMay();
  const { fiscalYear } = usePlace();
  const [dialog, setDialog] = useState(false);
  const all = may('consultations.read');
  const period = periodOf(query);
  const label = usePeriodLabel();
  const usual = useFilters(fiscalYear);
  const year = calendarYear(period);

  const filters = useMemo<Filter[]>(() => {
    const now = fiscalYearOf(today());
    const years = [...new Set([fiscalYear, ...Array.from({ length: 8 }, (_, at) => now - at)])].sort((a, b) => b - a);
    const fiscal = years.map((year) => ({ value: String(year), label: fiscalYearLabel(year, language) }));
    const calendar = years.slice(0, 5).map((year) => ({ value: `calendar-${year}`, label: t('period.calendar_short', { year: calendarYearLabel(year, language) }) }));
    const time: Filter = {
      name: 'fiscal_year',
      label: t('period.label'),
      single: true,
      any: fiscalYearLabel(fiscalYear, language),
      after: t('period.after'),
      say: () => (query.fiscal_year ? fiscalYearLabel(Number(query.fiscal_year), language) : year === null ? label(period) : t('period.calendar_short', { year: calendarYearLabel(year, language) })),
      options: all ? [...fiscal, ...calendar, { value: 'free', label: t('period.choose') }] : fiscal,
    };
    if (!all) return [time];
    const rest = usual
      .filter((filter) => !['fiscal_year', 'missing'].includes(filter.name))
      .map((filter) => (filter.name === 'state' ? { ...filter, any: undefined, say: undefined, options: filter.options.filter((option) => option.value !== 'draft') } : filter));
    return [time, ...rest];
  }, [all, fiscalYear, label, language, period, query.fiscal_year, t, usual, year]);

  const values = valuesOf(all ? search : {});
  values.fiscal_year = [query.fiscal_year ?? (year === null ? 'free' : `calendar-${year}`)];

  const change = (name: string, chosen: string[]) => {
    if (name !== 'fiscal_year') return onChange({ ...search, [name]: chosen.join(',') || undefined });
    const [value] = chosen;
    if (value === 'free') setDialog(true);
    else if (value?.startsWith('calendar-')) onChange(withPeriod(search, calendarPeriod(Number(value.slice(9)))));
    else onChange({ ...search, fiscal_year: value, from: undefined, to: undefined });
  };

  return (
    <>
      <FilterSentence filters={filters} value={values} onChange={change} end={end}>
        {all && search.words && <FixedChip onRemove={() => onChange({ ...search, words: undefined })}>{t('words', { words: search.words })}</FixedChip>}
        {all && search.desk && <FixedChip onRemove={() => onChange({ ...search, desk: undefined })}>{search.desk.split(',').map(names.desk).join(t('common:filter.or'))}</FixedChip>}
      </FilterSentence>
      {dialog && (
        <PeriodDialog
          period={period}
          onClose={() => setDialog(false)}
          onChoose={(next) => {
            setDialog(false);
            onChange(withPeriod(search, next));
          }}
        />
      )}
    </>
  );
}

/** The conditions of a URL alone, without what a table adds for itself. */
export function conditionsOnly(search: Search): Search {
  return Object.fromEntries(filterNames.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
}
