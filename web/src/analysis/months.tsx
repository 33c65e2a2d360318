import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreference } from '../app/preference';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { monthLabel } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import './analysis.css';
import { AnalysisTabs } from './analysis_tabs';
import { CasesPanel } from './cases_panel';
import { Conditions, conditionsOnly, usePeriodLabel, useQueryOf } from './conditions';
import { useExport } from './export_menu';
import { addressOf, cellQuery, useMonthTable, type ColumnGroup, type MonthColumn, type MonthTable } from './figures';
import { MonthChart } from './month_chart';
import { MonthTableView, useColumnWords } from './month_table';
import { SumChecks } from './sum_checks';

const groups: ColumnGroup[] = ['topic', 'relisted', 'caller', 'district'];

/** A cell in the URL: month~group~code, the month empty in the total row. */
function cellName(month: string, column: MonthColumn): string {
  return [month, column.group, column.code].join('~');
}

export default function Months() {
  const { t } = useTranslation('analysis');
  const navigate = useNavigate();
  const may = useMay();
  const language = useDateLanguage();
  const search = useSearch({ strict: false }) as Search;
  const query = useQueryOf(search);
  const table = useMonthTable(query);
  const label = usePeriodLabel();
  const exported = useExport('/api/analysis/months/export', query);
  const [hidden, setHidden] = usePreference<ColumnGroup[]>('months.hidden', []);
  const [heat, setHeat] = usePreference('months.heat', true);
  const words = useColumnWords();
  const before = useRef<HTMLElement | null>(null);

  const links = may('consultations.read') && table.data?.suppressed !== true;
  const change = (next: Search) => void navigate({ to: '/analysis/months', search: { ...next, cell: undefined }, replace: true });
  const opened = useMemo(() => (links && table.data ? openedCell(table.data, search.cell) : null), [links, table.data, search.cell]);
  const openCell = (cell: string | undefined) => void navigate({ to: '/analysis/months', search: { ...search, cell }, replace: true, resetScroll: false });
  const data = table.data;
  const empty = data && data.total.counts.every((count) => count === 0);

  return (
    <div className="sheet-landscape">
      <PageTitle
        title={t('months.title')}
        actions={
          <>
            {exported.menu}
            <PrintButton />
          </>
        }
      />
      <AnalysisTabs current="months" />
      <div>
        <Conditions search={search} query={query} onChange={change} end={<span role="status">{data && t('months.end', { count: data.total.counts[0] ?? 0 })}</span>} />
      </div>
      {exported.notice}
      <ProblemNotice error={table.error}>
        <Button onPress={() => void table.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {table.isPending && <Skeleton lines={14} />}
      {data && empty && (
        <Empty
          action={
            <Button onPress={() => change({})}>{t('clear_conditions')}</Button>
          }
        >
          {t('months.none')}
        </Empty>
      )}
      {data && !empty && (
        <>
          <div className="tools no-print">
            <p className="sub">{label(data)}</p>
            <fieldset className="checks">
              <legend className="vh">{t('months.groups')}</legend>
              {groups.map((group) => (
                <label key={group} className="opt">
                  <input type="checkbox" checked={!hidden.includes(group)} onChange={() => setHidden(hidden.includes(group) ? hidden.filter((one) => one !== group) : [...hidden, group])} />
                  {t(`group.${group}`)}
                </label>
              ))}
              <label className="opt">
                <input type="checkbox" checked={heat} onChange={() => setHeat(!heat)} />
                {t('months.heat')}
              </label>
            </fieldset>
          </div>
          <SumChecks table={data} required />
          <div className={opened ? 'with-cases open' : 'with-cases'}>
            <MonthTableView
              table={data}
              hidden={hidden}
              heat={heat}
              opened={search.cell}
              linkOf={links ? (month, column) => addressOf('/analysis/months', { ...conditionsOnly(search), cell: cellName(month, column) }) : undefined}
              onOpen={(month, column) => {
                before.current = document.activeElement as HTMLElement;
                openCell(cellName(month, column));
              }}
            />
            {opened && (
              <CasesPanel
                title={t('months.cell', { month: opened.month ? monthLabel(opened.month, language) : t('months.all_months'), column: opened.column.group === 'total' ? t('months.total') : words(opened.column) })}
                query={cellQuery(query, data, opened.month, opened.column)}
                onClose={() => {
                  openCell(undefined);
                  before.current?.focus();
                }}
              />
            )}
          </div>
          <SumChecks table={data} />
          <MonthChart table={data} />
        </>
      )}
    </div>
  );
}

function openedCell(table: MonthTable, cell: string | undefined): { month: string; column: MonthColumn } | null {
  const [month, group, code] = (cell ?? '').split('~');
  const column = table.columns.find((one) => one.group === group && one.code === code);
  return month !== undefined && column ? { month, column } : null;
}
