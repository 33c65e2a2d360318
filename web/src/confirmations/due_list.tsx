import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DueRow } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { useCodedRegions, useHome, useLocalMunicipality, useMunicipalityName } from '../resources/queries';
import { Button } from '../ui/button';
import type { Column } from '../ui/data_table';
import type { Filter } from '../ui/filter_sentence';
import { ProblemNotice } from '../ui/problem_notice';
import { StateChip } from '../ui/state_chip';
import { useToast } from '../ui/toast';
import { AskDialog } from './ask_dialog';
import { CheckedAge } from './checked_age';
import { useConfirming } from './confirming';
import { reasons } from './queries';
import { PlaceTabs } from '../resources/place_tabs';
import './confirmations.css';

const most = 200;

/** Places whose knowledge is old, was never confirmed, or is contradicted; the oldest first. */
export default function DueList() {
  const { t } = useTranslation(['confirmations', 'resources', 'common']);
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const toast = useToast();
  const regions = useCodedRegions();
  const home = useHome();
  const whose = useLocalMunicipality();
  const municipality = useMunicipalityName();
  const { confirm, error } = useConfirming();
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [asking, setAsking] = useState(false);
  const writes = may('resources.write');
  const toggle = (row: DueRow) =>
    setChosen((before) => {
      const next = new Map(before);
      if (!next.delete(row.id) && next.size < most) next.set(row.id, row.name);
      return next;
    });
  const press = (what: string) => {
    const button = document.activeElement?.closest('tr')?.querySelector<HTMLButtonElement>(`button[data-do="${what}"]`);
    if (button) button.click();
    else toast(t('due.choose_row'));
  };
  useKeys(
    writes
      ? [
          { key: 'k', label: t('confirm.key'), run: () => press('confirm') },
          { key: 's', label: t('due.select_key'), run: () => press('select') },
        ]
      : [],
  );
  const columns = useMemo<Column<DueRow>[]>(() => {
    const all: Column<DueRow>[] = [
      {
        name: 'select',
        label: t('due.select'),
        width: 56,
        always: true,
        cell: (row) => (
          <button type="button" role="checkbox" data-do="select" className="pick-box" aria-checked={chosen.has(row.id)} aria-label={t('due.select_one', { name: row.name })} tabIndex={-1} onClick={() => toggle(row)} />
        ),
      },
      {
        name: 'name',
        label: t('resources:public.name'),
        main: true,
        always: true,
        sort: ['name', null],
        cell: (row) => (
          <Link to="/resources/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.name}
          </Link>
        ),
      },
      { name: 'services', label: t('resources:services'), width: 176, cell: (row) => row.services.map((one) => codes.short('resource_service', one.service)).join(' · ') || '—' },
      { name: 'why', label: t('due.why'), width: 168, always: true, cell: (row) => row.why.map((why) => t(`why.${why}`)).join(t('due.and')) },
      { name: 'checked_on', label: t('due.checked'), width: 144, right: true, always: true, sort: ['checked_on', null], cell: (row) => <CheckedAge day={row.checked_on} /> },
      { name: 'checked_by', label: t('due.checked_by'), width: 112, extra: true, cell: (row) => row.checked_by_name || '—' },
      { name: 'phone', label: t('resources:public.phone'), width: 128, cell: (row) => row.phone || '—' },
      { name: 'fax', label: t('resources:public.fax'), width: 128, extra: true, cell: (row) => row.fax || '—' },
      { name: 'municipality', label: t('resources:municipality'), width: 96, extra: true, cell: (row) => municipality(row.municipality_code) },
      {
        name: 'request',
        label: t('due.request'),
        width: 112,
        cell: (row) =>
          row.request_id && row.request_state ? (
            <Link to="/confirmations/$id" params={{ id: row.request_id }} tabIndex={-1}>
              <StateChip kind="confirmation" state={row.request_state} plain />
            </Link>
          ) : (
            '—'
          ),
      },
    ];
    if (!writes) return all.slice(1);
    all.push({
      name: 'confirm',
      label: t('confirm.column'),
      width: 120,
      always: true,
      cell: (row) => (
        <button type="button" data-do="confirm" className="btn small" tabIndex={-1} aria-label={t('confirm.one', { name: row.name })} onClick={() => void confirm({ id: row.id, name: row.name, version: row.local_version })}>
          {t('confirm.short')}
        </button>
      ),
    });
    return all;
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what the row's buttons do changes with neither
  }, [t, codes, municipality, chosen, writes, whose]);
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
      { name: 'why', label: t('due.why'), any: t('due.any_reason'), options: reasons.map((value) => ({ value, label: t(`why.${value}`) })) },
      { name: 'months', label: t('due.months'), any: t('due.months_usual'), single: true, options: ['3', '6', '12', '24', '36'].map((value) => ({ value, label: t('due.months_of', { count: Number(value) }) })) },
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
      <ListScreen<DueRow>
        name="due"
        api="/api/confirmations/due"
        to="/confirmations"
        title={t('due.title')}
        columns={columns}
        filters={filters}
        toQuery={toQuery}
        sort="checked_on"
        open={(row) => void navigate({ to: '/resources/$id', params: { id: row.id } })}
        empty={t('due.none')}
        searchLabel={t('resources:search')}
        above={<PlaceTabs current="due" />}
      >
        <ProblemNotice error={error} />
        {writes && (
          <div className="pick-bar no-print" role="status">
            {chosen.size === 0 && <span className="note">{t('due.how')}</span>}
            {chosen.size > 0 && (
              <>
                <Button kind="primary" small onPress={() => setAsking(true)}>
                  {t('due.ask', { count: chosen.size })}
                </Button>
                <Button kind="plain" small onPress={() => setChosen(new Map())}>
                  {t('due.unselect')}
                </Button>
              </>
            )}
          </div>
        )}
      </ListScreen>
      {asking && <AskDialog places={chosen} onClose={() => setAsking(false)} onDone={() => setChosen(new Map())} />}
    </>
  );
}
