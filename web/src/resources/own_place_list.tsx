import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnPlaceRow } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { inJapan, shortDate } from '../ui/japanese_date';
import { ownServices } from './own_place_text';
import { useMunicipalityName } from './queries';
import './resources.css';

/** 地域で登録した資源: what the municipality registered itself, closed ones too. */
export default function OwnPlaceList() {
  const { t } = useTranslation('resources');
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const language = useDateLanguage();
  const municipality = useMunicipalityName();
  const columns = useMemo<Column<OwnPlaceRow>[]>(
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
      { name: 'services', label: t('services'), width: 240, cell: (row) => row.services.map((one) => codes.short('resource_service', one)).join(' · ') },
      { name: 'municipality', label: t('municipality'), width: 112, cell: (row) => municipality(row.municipality_code) },
      { name: 'phone', label: t('public.phone'), width: 128, cell: (row) => row.phone || '—' },
      { name: 'state', label: t('own.state'), width: 160, cell: (row) => (row.closed_on ? t('own.closed_since', { day: shortDate(row.closed_on, language) }) : t('own.open')) },
      { name: 'updated', label: t('written'), width: 160, sort: [null, 'updated'], cell: (row) => `${shortDate(inJapan(row.updated_at).date, language)} ${row.updated_by_name}` },
    ],
    [t, codes, municipality, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      { name: 'service', label: t('services'), any: t('filter.any_service'), options: ownServices.map((value) => ({ value, label: codes.label('resource_service', value) })) },
      { name: 'state', label: t('own.state'), single: true, any: t('own.any_state'), options: (['open', 'closed'] as const).map((value) => ({ value, label: t(`own.${value}`) })) },
    ],
    [t, codes],
  );
  return (
    <ListScreen<OwnPlaceRow>
      name="own-places"
      api="/api/own-places"
      to="/own-places"
      title={t('own.title')}
      columns={columns}
      filters={filters}
      sort="name"
      open={(row) => void navigate({ to: '/resources/$id', params: { id: row.id } })}
      empty={t('own.none_yet')}
      searchLabel={t('own.search')}
      make={
        may('resources.write') && (
          <ButtonLink kind="primary" to="/own-places/new">
            {t('own.new')}
          </ButtonLink>
        )
      }
    />
  );
}
