import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../analysis/export_menu';
import type { VacancyPage, VacancyRow } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { CheckedAge } from '../confirmations/checked_age';
import { PlaceTabs } from '../resources/place_tabs';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { useCodedRegions, useHome, useLocalMunicipality } from '../resources/queries';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { shortDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { acceptances, noteOf, useTelling, vacancyStates } from './queries';
import { TellDialog } from './tell_dialog';
import '../confirmations/confirmations.css';
import './vacancies.css';

/** 空き情報: who can take somebody comes first, with the age of the word; told by phone with one key. */
export default function VacancyList() {
  const { t } = useTranslation(['vacancies', 'resources', 'common']);
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const toast = useToast();
  const language = useDateLanguage();
  const regions = useCodedRegions();
  const home = useHome();
  const whose = useLocalMunicipality();
  const { tell, error } = useTelling();
  const [telling, setTelling] = useState<VacancyRow | null>(null);
  const writes = may('vacancies.write');
  const press = (what: string) => {
    const button = document.activeElement?.closest('tr')?.querySelector<HTMLButtonElement>(`button[data-do="${what}"]`);
    if (button) button.click();
    else toast(t('tell.choose_row'));
  };
  useKeys(writes ? acceptances.map((value, at) => ({ key: String(at + 1), label: t(`key.${value}`), run: () => press(value) })) : []);
  const columns = useMemo<Column<VacancyRow>[]>(() => {
    const all: Column<VacancyRow>[] = [
      { name: 'state', label: t('field.state'), width: 120, always: true, sort: ['state', null], cell: (row) => <StateChip kind="vacancy" state={row.state} plain /> },
      {
        name: 'place',
        label: t('resources:public.name'),
        main: true,
        always: true,
        sort: ['name', null],
        cell: (row) => (
          <Link to="/vacancies/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.place_name}
          </Link>
        ),
      },
      { name: 'service', label: t('resources:services'), width: 128, cell: (row) => codes.short('resource_service', row.service) },
      { name: 'free', label: t('field.free'), width: 72, right: true, always: true, cell: (row) => (row.state === 'expired' || row.free === null || !row.unit ? '—' : t(`free.${row.unit}`, { count: row.free })) },
      { name: 'conditions', label: t('field.conditions'), width: 176, cell: (row) => (row.state === 'expired' ? '—' : [row.from_on && t('from', { day: shortDate(row.from_on, language) }), row.conditions].filter(Boolean).join(' ') || '—') },
      { name: 'age', label: t('field.age'), width: 112, right: true, always: true, cell: (row) => (row.told_on ? <CheckedAge day={row.told_on} /> : '—') },
      { name: 'expires_on', label: t('field.expires_on'), width: 96, right: true, extra: true, cell: (row) => shortDate(row.expires_on, language) || '—' },
      { name: 'by', label: t('field.by'), width: 104, extra: true, cell: (row) => (row.version === 0 ? '—' : row.by_page ? t('by_page') : row.written_by_name) },
      { name: 'phone', label: t('resources:public.phone'), width: 128, cell: (row) => row.phone || '—' },
      { name: 'capacity', label: t('resources:capacity'), width: 72, right: true, extra: true, cell: (row) => row.capacity ?? '—' },
    ];
    if (writes)
      all.push({
        name: 'tell',
        label: t('tell.column'),
        width: 168,
        always: true,
        cell: (row) => (
          <span className="tell-keys">
            {acceptances.map((value) => (
              <button
                key={value}
                type="button"
                className="btn small"
                data-do={value}
                tabIndex={-1}
                aria-label={t('tell.one', { name: row.place_name, what: t(`short.${value}`) })}
                onClick={() => (value === 'conditional' ? setTelling(row) : void tell(row, noteOf(value, row)))}
              >
                {t(`short.${value}`)}
              </button>
            ))}
          </span>
        ),
      });
    return all;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what the row's buttons do changes with the municipality alone
  }, [t, codes, language, writes, whose]);
  const filters = useMemo<Filter[]>(
    () => [
      {
        name: 'municipality',
        label: t('resources:municipality'),
        any: home?.code ? t('resources:filter.home', { name: home.name }) : t('resources:filter.everywhere'),
        options: [{ value: 'all', label: t('resources:filter.everywhere') }, ...regions.map((one) => ({ value: one.code, label: one.name }))],
        single: true,
      },
      { name: 'service', label: t('resources:services'), any: t('resources:filter.any_service'), options: codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) })) },
      { name: 'state', label: t('field.state'), any: t('any_state'), options: vacancyStates.map((value) => ({ value, label: t(`common:state.vacancy.${value}`) })) },
    ],
    [t, codes, regions, home],
  );
  const toQuery = useMemo(
    () =>
      ({ municipality: wanted, ...rest }: Search): Search => {
        const code = wanted ?? home?.code;
        return { ...rest, municipality_id: whose, ...(code && code !== 'all' ? { municipality: code } : {}) };
      },
    [home, whose],
  );
  return (
    <>
      <ListScreen<VacancyRow>
        name="vacancies"
        api="/api/vacancies"
        to="/vacancies"
        title={t('title')}
        columns={columns}
        filters={filters}
        toQuery={toQuery}
        sort="state"
        open={(row) => void navigate({ to: '/vacancies/$id', params: { id: row.id } })}
        empty={t('none')}
        searchLabel={t('resources:search')}
        above={<PlaceTabs current="vacancies" />}
        totals={(page, query) => <Totals page={page as unknown as VacancyPage} query={query} />}
      >
        <ProblemNotice error={error} />
        {writes && <p className="note no-print">{t('tell.how')}</p>}
      </ListScreen>
      {telling && <TellDialog row={telling} first="conditional" onClose={() => setTelling(null)} />}
    </>
  );
}

function Totals({ page, query }: { page: VacancyPage; query: Search }) {
  const { t } = useTranslation(['vacancies', 'confirmations', 'common']);
  const asked = Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const { menu, notice } = useExport('/api/vacancies/export', asked, t('vacancies:excel'));
  return (
    <div className="list-totals">
      <p>{vacancyStates.flatMap((state) => page.states.filter((one) => one.state === state)).map((one) => `${t(`common:state.vacancy.${one.state}`)} ${one.count}`).join(t('confirmations:due.and'))}</p>
      <Suspense fallback={null}>
        <span className="no-print">{menu}</span>
        {notice}
      </Suspense>
    </div>
  );
}
