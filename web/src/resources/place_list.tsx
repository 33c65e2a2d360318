import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../analysis/export_menu';
import type { PlaceRow } from '../api/types';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { CheckedAge } from '../confirmations/checked_age';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { NearDialog } from './near_dialog';
import { placeConditions, spotOf, spotText, usePlaceFilters } from './place_filters';
import { PlaceTabs } from './place_tabs';
import { useMunicipalityName } from './queries';
import './resources.css';

const known: string[] = [...placeConditions, 'words', 'near'];

/** 1.2, 12: as exact as a straight line deserves. */
export function kilometres(metres: number): string {
  return metres < 9950 ? (metres / 1000).toFixed(1) : Math.round(metres / 1000).toLocaleString();
}

/** 地域資源: what official files and the municipality know, by words, service and area. */
export default function PlaceList() {
  const { t } = useTranslation(['resources', 'exchange']);
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const municipality = useMunicipalityName();
  const search = useSearch({ strict: false }) as Search;
  const { filters, toQuery } = usePlaceFilters(search);
  const spot = spotOf(search.near);
  const [choosing, setChoosing] = useState(false);
  const near = Boolean(spot);
  const { menu, notice } = useExport('/api/places/export', { ...toQuery(Object.fromEntries(Object.entries(search).filter(([key]) => known.includes(key)))), sort: search.sort ?? (near ? 'distance' : 'name') }, t('export_what'));
  const columns = useMemo<Column<PlaceRow>[]>(
    () => [
      {
        name: 'name',
        label: t('public.name'),
        main: true,
        always: true,
        sort: ['name', null],
        cell: (row) => (
          <Link to="/resources/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.name}
          </Link>
        ),
      },
      {
        name: 'services',
        label: t('services'),
        width: 240,
        cell: (row) => (
          <>
            {row.services.map((one) => codes.short('resource_service', one.service)).join(' · ') || '—'}
            {row.services.some((one) => one.missing_since) && <span className="mark-check"> {t('to_check')}</span>}
          </>
        ),
      },
      { name: 'municipality', label: t('municipality'), width: 96, sort: ['municipality', null], cell: (row) => municipality(row.municipality_code) },
      { name: 'address', label: t('public.address'), width: 240, extra: true, cell: (row) => [row.address, row.building].filter(Boolean).join(' ') || '—' },
      { name: 'phone', label: t('public.phone'), width: 128, cell: (row) => row.phone || '—' },
      { name: 'fax', label: t('public.fax'), width: 128, extra: true, cell: (row) => row.fax || '—' },
      { name: 'contact', label: t('local.contact'), width: 112, cell: (row) => codes.short('resource_contact', row.contact) || '—' },
      { name: 'checked_on', label: t('local.checked_on'), width: 96, right: true, cell: (row) => (row.checked_on ? <CheckedAge day={row.checked_on} /> : '—') },
      ...(near ? [{ name: 'distance', label: t('distance'), width: 112, right: true, sort: ['distance', null] as [string, null], cell: (row: PlaceRow) => (row.distance_m === null ? '—' : t('distance_km', { km: kilometres(row.distance_m) })) }] : []),
      { name: 'as_of', label: t('as_of'), width: 96, right: true, extra: true, cell: (row) => shortDate(row.as_of, language) || '—' },
    ],
    [t, codes, municipality, language, near],
  );
  const put = (next: Search) => void navigate({ to: '/resources', search: { ...search, ...next }, replace: true });
  // Without a spot there is no distance to order by.
  useEffect(() => {
    if (search.sort === 'distance' && !near) void navigate({ to: '/resources', search: { ...search, sort: undefined }, replace: true });
  }, [search, near, navigate]);
  return (
    <ListScreen<PlaceRow>
      name="places"
      api="/api/places"
      to="/resources"
      title={t('title')}
      columns={columns}
      filters={filters}
      toQuery={toQuery}
      fixed={{ near: (value) => t('near.chip', { name: spotOf(value)?.name ?? '' }) }}
      above={
        <>
          <PlaceTabs current="list" search={search} />
          <p className="page-acts no-print">
            <Button small onPress={() => setChoosing(true)}>
              {t('near.title')}
            </Button>
            {menu}
            <ButtonLink small kind="plain" to="/resources/public">
              {t('published.link')}
            </ButtonLink>
          </p>
          {choosing && (
            <NearDialog
              onClose={() => setChoosing(false)}
              onChoose={(chosen) => {
                setChoosing(false);
                put({ near: spotText(chosen), sort: undefined });
              }}
            />
          )}
        </>
      }
      sort={near ? 'distance' : 'name'}
      open={(row) => void navigate({ to: '/resources/$id', params: { id: row.id } })}
      empty={t('none_yet')}
      searchLabel={t('search')}
      make={
        <>
          <ButtonLink to="/exchange">{t('exchange:title')}</ButtonLink>
          <ButtonLink to="/own-places">{t('own.title')}</ButtonLink>
          {may('resources.import') && <ButtonLink to="/official-imports">{t('official.link')}</ButtonLink>}
        </>
      }
    >
      {notice}
    </ListScreen>
  );
}
