import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CasesPanel } from '../analysis/cases_panel';
import { useExport } from '../analysis/export_menu';
import { fiscalPeriod } from '../analysis/period';
import { PeriodDialog } from '../analysis/period_dialog';
import '../analysis/analysis.css';
import { api, ask } from '../api/client';
import type { GapReason, GapRow, GapTable } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { useDistricts, useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { FilterSentence, FixedChip, type Filter } from '../ui/filter_sentence';
import { fiscalYearLabel, fiscalYearOf, longDate, today } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { GapMap } from './gap_map';
import { ReferralTabs } from './tabs';
import './referrals.css';

interface Opened {
  title: string;
  cases: string[];
}

/** What the region lacks: district by service, how often it was not to be had and why; each figure opens its cases. */
export default function Gaps() {
  const { t } = useTranslation(['referrals', 'common']);
  const navigate = useNavigate();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const { desk, fiscalYear } = usePlace();
  const districts = useDistricts(desk?.municipality_id);
  const search = useSearch({ strict: false }) as Search;
  const [opened, setOpened] = useState<Opened | null>(null);
  const [choosing, setChoosing] = useState(false);
  const year = search.from || search.to ? null : search.fiscal_year === 'all' ? null : Number(search.fiscal_year) || fiscalYear;
  const query = useMemo(() => {
    const wanted: Record<string, string> = {};
    for (const name of ['service', 'district', 'reason'] as const) if (search[name]) wanted[name] = search[name];
    if (search.desk !== 'all') {
      const at = search.desk ?? desk?.id;
      if (at) wanted.desk = at;
    }
    const period = year ? fiscalPeriod(year) : { from: search.from, to: search.to };
    if (period.from) wanted.from = period.from;
    if (period.to) wanted.to = period.to;
    return wanted;
  }, [search, desk, year]);
  const table = useQuery({ queryKey: ['gaps', query], queryFn: () => ask(api.GET('/api/gaps', { params: { query } } as never)) as Promise<GapTable>, placeholderData: (before) => before });
  const exported = useExport('/api/gaps/export', query, t('gaps.excel'));
  const change = (next: Search) => {
    setOpened(null);
    void navigate({ to: '/gaps', search: { ...search, ...next }, replace: true });
  };
  const filters = useMemo<Filter[]>(() => {
    const now = fiscalYearOf(today());
    return [
      {
        name: 'fiscal_year',
        label: t('common:fiscal_year'),
        single: true,
        any: fiscalYearLabel(fiscalYear, language),
        options: [...[0, 1, 2, 3].map((back) => ({ value: String(now - back), label: fiscalYearLabel(now - back, language) })), { value: 'all', label: t('gaps.all_years') }, { value: 'free', label: t('gaps.choose_period') }],
      },
      { name: 'service', label: t('match.field.service'), any: t('board.any_service'), options: codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) })) },
      { name: 'district', label: t('match.field.district_id'), any: t('gaps.any_district'), options: districts.map((one) => ({ value: one.id, label: one.name })) },
      { name: 'reason', label: t('field.reason'), any: t('gaps.any_reason'), options: codes.choices('refusal_reason').map((one) => ({ value: one.code, label: codes.label('refusal_reason', one.code) })) },
    ];
  }, [t, codes, districts, fiscalYear, language]);
  const values = Object.fromEntries(filters.map((filter) => [filter.name, (search[filter.name] ?? '').split(',').filter(Boolean)]));
  const data = table.data;
  const open = (title: string, cases: string[]) => setOpened({ title, cases });
  return (
    <div className="sheet-landscape">
      <PageTitle
        title={t('gaps.title')}
        actions={
          <>
            {exported.menu}
            <PrintButton />
          </>
        }
      />
      <ReferralTabs current="gaps" />
      <FilterSentence
        filters={filters}
        value={values}
        onChange={(name, chosen) => {
          if (name === 'fiscal_year' && chosen[0] === 'free') setChoosing(true);
          else change(name === 'fiscal_year' ? { fiscal_year: chosen[0], from: undefined, to: undefined } : { [name]: chosen.join(',') || undefined });
        }}
        end={<span role="status">{data && t('gaps.end', { asks: data.total.asks, searches: data.total.searches })}</span>}
      >
        {(search.from || search.to) && (
          <FixedChip onRemove={() => change({ from: undefined, to: undefined })}>{t('gaps.between', { from: longDate(search.from, language), to: longDate(search.to, language) })}</FixedChip>
        )}
        {search.desk && search.desk !== 'all' && <FixedChip onRemove={() => change({ desk: undefined })}>{search.desk.split(',').map(names.desk).join(t('and'))}</FixedChip>}
      </FilterSentence>
      {exported.notice}
      <ProblemNotice error={table.error}>
        <Button onPress={() => void table.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {table.isPending && <Skeleton lines={12} />}
      {data?.items.length === 0 && <Empty action={<Button onPress={() => change({ fiscal_year: 'all', service: undefined, district: undefined, reason: undefined, from: undefined, to: undefined, desk: 'all' })}>{t('gaps.without_conditions')}</Button>}>{t('gaps.none')}</Empty>}
      {data && data.items.length > 0 && (
        <div className={opened ? 'with-cases open' : 'with-cases'}>
          <div>
            <Table table={data} opened={opened} onOpen={open} />
            <GapMap rows={data.items} onRegion={open} />
          </div>
          {opened && <Behind opened={opened} onClose={() => setOpened(null)} />}
        </div>
      )}
      <p className="note">{t('gaps.what')}</p>
      {choosing && (
        <PeriodDialog
          period={{ from: query.from ?? fiscalPeriod(fiscalYear).from, to: query.to ?? fiscalPeriod(fiscalYear).to }}
          onClose={() => setChoosing(false)}
          onChoose={(period) => {
            setChoosing(false);
            change({ ...period, fiscal_year: undefined });
          }}
        />
      )}
    </div>
  );
}

/** The cases behind a figure, and the step from them to an issue. */
function Behind({ opened, onClose }: { opened: Opened; onClose: () => void }) {
  const { t } = useTranslation('referrals');
  const may = useMay();
  return (
    <div>
      {may('issues.write') && (
        <p className="no-print">
          <ButtonLink small kind="primary" to="/issues/new" search={{ from: opened.cases.join(',') }}>
            {t('gaps.make_issue', { count: opened.cases.length })}
          </ButtonLink>
        </p>
      )}
      <CasesPanel key={opened.title} title={opened.title} query={{ id: opened.cases.join(',') }} onClose={onClose} />
    </div>
  );
}

const figures = ['searches', 'no_fitting', 'not_found', 'asks', 'accepted', 'refused', 'unanswered'] as const;

function Table({ table, opened, onOpen }: { table: GapTable; opened: Opened | null; onOpen: (title: string, cases: string[]) => void }) {
  const { t } = useTranslation('referrals');
  const codes = useCodes();
  const names = useNames();
  const reasons = table.total.reasons.map((one) => one.reason);
  const km = (value: number | null) => (value === null ? '—' : value.toFixed(1));
  const cell = (own: readonly GapReason[], reason: string, where: string) => {
    const found = own.find((one) => one.reason === reason);
    if (!found) return <td key={reason} className="r n" />;
    const title = t('gaps.cell', { where, reason: codes.label('refusal_reason', reason) });
    return (
      <td key={reason} className="r n">
        <Figure title={title} count={found.count} cases={found.cases} opened={opened} onOpen={onOpen} />
      </td>
    );
  };
  const nameOf = (row: GapRow) => `${names.region(row.district_id) || t('gaps.no_district')} ${codes.short('resource_service', row.service)}`;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('gaps.title')}>
      <table className="plain-t gaps-t">
        <caption className="vh">{t('gaps.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('match.field.district_id')}</th>
            <th scope="col">{t('match.field.service')}</th>
            {figures.map((name) => (
              <th key={name} scope="col" className="r">
                {t(`gaps.${name}`)}
              </th>
            ))}
            <th scope="col" className="r">{t('gaps.average_km')}</th>
            <th scope="col" className="r">{t('gaps.longest_km')}</th>
            {reasons.map((reason) => (
              <th key={reason} scope="col" className="r reason">
                {codes.short('refusal_reason', reason)}
              </th>
            ))}
            <th scope="col" className="r">{t('gaps.cases')}</th>
          </tr>
        </thead>
        <tbody>
          {table.items.map((row) => (
            <tr key={`${row.district_id ?? ''}${row.service}`}>
              <th scope="row">{names.region(row.district_id) || t('gaps.no_district')}</th>
              <td>{codes.label('resource_service', row.service)}</td>
              {figures.map((name) => (
                <td key={name} className="r n">
                  {row[name] || ''}
                </td>
              ))}
              <td className="r n">{km(row.average_km)}</td>
              <td className="r n">{km(row.longest_km)}</td>
              {reasons.map((reason) => cell(row.reasons, reason, nameOf(row)))}
              <td className="r n">
                <Figure title={t('gaps.all_of', { where: nameOf(row) })} count={row.cases.length} cases={row.cases} opened={opened} onOpen={onOpen} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('gaps.total')}
            </th>
            {figures.map((name) => (
              <td key={name} className="r n">
                {table.total[name]}
              </td>
            ))}
            <td className="r n">{km(table.total.average_km)}</td>
            <td className="r n">{km(table.total.longest_km)}</td>
            {reasons.map((reason) => cell(table.total.reasons, reason, t('gaps.total')))}
            <td className="r n">
              <Figure title={t('gaps.all_of', { where: t('gaps.total') })} count={table.total.cases.length} cases={table.total.cases} opened={opened} onOpen={onOpen} />
            </td>
          </tr>
        </tfoot>
      </table>
      {table.total.cases.length === 100 && (
        <p className="sub">
          {t('gaps.newest')} <Link to="/referrals">{t('title')}</Link>
        </p>
      )}
    </div>
  );
}

function Figure({ title, count, cases, opened, onOpen }: { title: string; count: number; cases: string[]; opened: Opened | null; onOpen: (title: string, cases: string[]) => void }) {
  if (cases.length === 0) return <>{count || ''}</>;
  return (
    <button type="button" className="figure" aria-label={`${title} ${count}`} aria-pressed={opened?.title === title} onClick={() => onOpen(title, cases)}>
      {count}
    </button>
  );
}
