import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../analysis/export_menu';
import type { DayFigure, DischargeFigures, FiguresBy, FiguresLine } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { SelectField } from '../ui/field';
import { fiscalYearLabel, longDate } from '../ui/japanese_date';
import { periodLabel } from '../records/period';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { figuresQuery } from './queries';
import { DischargeTabs } from './tabs';
import './discharges.css';

const ways: FiguresBy[] = ['month', 'fiscal_year', 'hospital', 'destination'];

/** Days needed and missed hand-overs by month, fiscal year, hospital or destination; every count opens its coordinations. */
export default function DischargeFiguresPage() {
  const { t } = useTranslation(['discharges', 'common']);
  const navigate = useNavigate();
  const language = useDateLanguage();
  const search = useSearch({ strict: false }) as Search;
  const may = useMay();
  const { desk, fiscalYear } = usePlace();
  const year = Number(search.fiscal_year ?? fiscalYear);
  const by = (ways.includes(search.by as FiguresBy) ? search.by : 'month') as FiguresBy;
  const query: Record<string, string> = { from: `${by === 'fiscal_year' ? year - 3 : year}-04-01`, to: `${year + 1}-03-31`, by, ...(search.desk === 'all' ? {} : search.desk ? { desk: search.desk } : desk ? { desk: desk.id } : {}) };
  const { data, error, refetch } = useQuery(figuresQuery(query));
  const go = (next: Search) => void navigate({ to: '/discharges/figures', search: { ...search, ...next }, replace: true });
  return (
    <div className="sheet-landscape wide">
      <PageTitle
        title={t('figures.title')}
        actions={
          <>
            <Suspense fallback={null}>
              <Export query={query} />
            </Suspense>
            {may('indicators.write') && (
              <ButtonLink to="/indicators/new" search={{ figure: 'missed_handover_share' }}>
                {t('figures.to_indicator')}
              </ButtonLink>
            )}
            <PrintButton />
          </>
        }
      />
      <DischargeTabs current="figures" />
      <div className="row2 no-print">
        <SelectField label={t('common:fiscal_year')} value={String(year)} onChange={(value) => go({ fiscal_year: value })} options={[0, 1, 2, 3].map((back) => ({ value: String(fiscalYear - back), label: fiscalYearLabel(fiscalYear - back, language) }))} />
        <SelectField label={t('figures.by')} value={by} onChange={(value) => go({ by: value })} options={ways.map((way) => ({ value: way, label: t(`figures.way.${way}`) }))} />
      </div>
      <ProblemNotice error={error}>
        <Button onPress={() => void refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {!data && !error && <Skeleton lines={10} />}
      {data && data.total.discharges === 0 && <Empty>{t('figures.none', { year: fiscalYearLabel(year, language) })}</Empty>}
      {data && data.total.discharges > 0 && <Table figures={data} desk={query.desk} />}
    </div>
  );
}

function Export({ query }: { query: Record<string, string> }) {
  const { t } = useTranslation('discharges');
  const { menu, notice } = useExport('/api/discharges/figures/export', query, t('figures.excel'));
  return (
    <>
      {menu}
      {notice}
    </>
  );
}

function lastDay(month: string): string {
  const [year, of] = month.split('-').map(Number) as [number, number];
  return `${month}-${String(new Date(Date.UTC(year, of, 0)).getUTCDate()).padStart(2, '0')}`;
}

function Table({ figures, desk }: { figures: DischargeFigures; desk: string | undefined }) {
  const { t } = useTranslation(['discharges', 'common']);
  const codes = useCodes();
  const language = useDateLanguage();
  const name = (key: string) => (figures.by === 'month' || figures.by === 'fiscal_year' ? periodLabel(key, language) : figures.by === 'destination' ? codes.label('discharge_destination', key) || t('figures.unknown') : key);
  const periodOf = (line: FiguresLine | null) => {
    if (line && figures.by === 'month') return { left_from: `${line.key}-01`, left_to: lastDay(line.key) };
    if (line && figures.by === 'fiscal_year') return { left_from: `${line.key}-04-01`, left_to: `${Number(line.key) + 1}-03-31` };
    return { left_from: figures.from, left_to: figures.to };
  };
  /** The list behind a count. */
  const listOf = (line: FiguresLine | null, extra: Search = {}): Search => ({
    ...periodOf(line),
    ...(line && figures.by === 'hospital' ? { hospital: line.key } : {}),
    ...(line && figures.by === 'destination' && line.key ? { destination: line.key } : {}),
    desk: desk ?? 'all',
    state: 'planning,decided,discharged,ended,readmitted',
    ...extra,
  });
  const count = (number: number, line: FiguresLine | null, extra: Search, what: string) => (
    <td className="r n">
      {number > 0 && !(line && figures.by === 'destination' && !line.key) ? (
        <Link to="/discharges/list" search={listOf(line, extra)} aria-label={t('figures.open', { what, name: line ? name(line.key) : t('figures.sum'), count: number })}>
          {number}
        </Link>
      ) : (
        number
      )}
    </td>
  );
  const figure = (one: DayFigure) => (
    <>
      <td className="r n">{one.median === null ? '—' : one.median.toFixed(1)}</td>
      <td className="r n">{one.mean === null ? '—' : one.mean.toFixed(1)}</td>
      <td className="r n sub">{one.count}</td>
    </>
  );
  const row = (line: FiguresLine, of: FiguresLine | null) => (
    <tr key={of ? line.key : 'sum'} className={of ? undefined : 'sum'}>
      <th scope="row">{of ? name(line.key) : t('figures.sum')}</th>
      {count(line.discharges, of, {}, t('figures.discharges'))}
      {figure(line.to_decision)}
      {figure(line.to_leaving)}
      {figure(line.stay)}
      <td className="r n">{line.papers}</td>
      <td className="r n">{line.in_time}</td>
      <td className="r n">{line.late}</td>
      <td className="r n">{line.missing}</td>
      {count(line.missed, of, { missed: 'true' }, t('figures.missed'))}
      {count(line.readmitted, of, { readmitted: 'true' }, t('figures.readmitted'))}
    </tr>
  );
  return (
    <>
      <p className="sub">{t('figures.period', { from: longDate(figures.from, language), to: longDate(figures.to, language) })}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t('figures.title')}>
        <table className="plain-t figures-t">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>{t(`figures.way.${figures.by}`)}</th>
              <th scope="col" rowSpan={2} className="r">{t('figures.discharges')}</th>
              {(['to_decision', 'to_leaving', 'stay'] as const).map((part) => (
                <th key={part} scope="colgroup" colSpan={3}>{t(`figures.${part}`)}</th>
              ))}
              <th scope="colgroup" colSpan={4}>{t('figures.papers')}</th>
              <th scope="col" rowSpan={2} className="r">{t('figures.missed')}</th>
              <th scope="col" rowSpan={2} className="r">{t('figures.readmitted')}</th>
            </tr>
            <tr>
              {['to_decision', 'to_leaving', 'stay'].flatMap((part) => (['median', 'mean', 'counted'] as const).map((what) => <th key={`${part}${what}`} scope="col" className="r">{t(`figures.${what}`)}</th>))}
              {(['needed', 'in_time', 'late', 'missing'] as const).map((what) => (
                <th key={what} scope="col" className="r">{t(`figures.paper_${what}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.lines.map((line) => row(line, line))}
            {row(figures.total, null)}
          </tbody>
        </table>
      </div>
      <p className="note">{t('figures.note')}</p>
    </>
  );
}
