import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaceRow } from '../api/types';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { CheckedAge } from '../confirmations/checked_age';
import { FreshnessTabs } from '../confirmations/tabs';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { shortDate } from '../ui/japanese_date';
import { useCodedRegions, useHome, useMunicipalityName } from './queries';
import './resources.css';

/** 地域資源: what official files and the municipality know, by words, service and area. */
export default function PlaceList() {
  const { t } = useTranslation('resources');
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const regions = useCodedRegions();
  const home = useHome();
  const municipality = useMunicipalityName();
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
      { name: 'as_of', label: t('as_of'), width: 96, right: true, extra: true, cell: (row) => shortDate(row.as_of, language) || '—' },
    ],
    [t, codes, municipality, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      {
        name: 'municipality',
        label: t('municipality'),
        any: home?.code ? t('filter.home', { name: home.name }) : t('filter.everywhere'),
        options: [{ value: 'all', label: t('filter.everywhere') }, ...regions.map((one) => ({ value: one.code, label: one.name }))],
        single: true,
      },
      { name: 'service', label: t('services'), any: t('filter.any_service'), options: codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) })) },
      { name: 'local', label: t('local_layer'), single: true, options: (['true', 'false'] as const).map((value) => ({ value, label: t(`filter.local_${value}`) })) },
      { name: 'missing', label: t('to_check'), single: true, options: [{ value: 'true', label: t('filter.missing_true') }] },
    ],
    [t, codes, regions, home],
  );
  const toQuery = useMemo(
    () =>
      ({ municipality: chosen, ...rest }: Search): Search => {
        const code = chosen ?? home?.code;
        return code && code !== 'all' ? { ...rest, municipality: code } : rest;
      },
    [home],
  );
  return (
    <ListScreen<PlaceRow>
      name="places"
      api="/api/places"
      to="/resources"
      title={t('title')}
      columns={columns}
      filters={filters}
      toQuery={toQuery}
      sort="name"
      open={(row) => void navigate({ to: '/resources/$id', params: { id: row.id } })}
      empty={t('none_yet')}
      searchLabel={t('search')}
      above={<FreshnessTabs current="places" />}
      make={
        may('resources.import') && (
          <ButtonLink to="/official-imports">
            {t('official.link')}
          </ButtonLink>
        )
      }
    />
  );
}
