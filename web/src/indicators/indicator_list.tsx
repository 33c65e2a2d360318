import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndicatorRow } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { TemplatesLink } from '../packs/template_link';
import { ListScreen } from '../records/list_screen';
import { periodLabel } from '../records/period';
import { useNames } from '../regions/regions';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import { Reached, withUnit } from './series_table';
import { Tabs } from './tabs';

export default function IndicatorList() {
  const { t } = useTranslation('indicators');
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const columns = useMemo<Column<IndicatorRow>[]>(
    () => [
      {
        name: 'name',
        label: t('field.name'),
        main: true,
        always: true,
        sort: ['name', null],
        cell: (row) => (
          <Link to="/indicators/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.name}
          </Link>
        ),
      },
      { name: 'kind', label: t('field.kind'), width: 132, cell: (row) => codes.label('indicator_kind', row.kind).replace(/\(.*/, '') || '—' },
      { name: 'last_value', label: t('last_value'), width: 104, right: true, cell: (row) => withUnit(row.last_value, row.unit) || t('no_value') },
      { name: 'last_period', label: t('last_period'), width: 128, cell: (row) => periodLabel(row.last_period, language) || '—' },
      { name: 'figure', label: t('field.figure'), width: 200, extra: true, cell: (row) => t(row.figure ? `figure.${row.figure}` : 'figure.by_hand') },
      { name: 'target', label: t('target'), width: 104, right: true, cell: (row) => withUnit(row.target_value, row.unit) || '—' },
      { name: 'target_period', label: t('target_period'), width: 128, cell: (row) => periodLabel(row.target_period, language) || '—' },
      { name: 'reached', label: t('reached.title'), width: 136, always: true, cell: (row) => <Reached reached={row.reached} /> },
      { name: 'direction', label: t('field.direction'), width: 128, extra: true, cell: (row) => codes.label('direction', row.direction) || '—' },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
    ],
    [t, codes, names, language],
  );
  const fixed = useMemo(() => ({ issue: () => t('filter.of_issue'), measure: () => t('filter.of_measure') }), [t]);
  return (
    <ListScreen<IndicatorRow>
      name="indicators"
      api="/api/indicators"
      to="/indicators"
      title={t('title')}
      columns={columns}
      filters={noFilters}
      fixed={fixed}
      sort="name"
      open={(row) => void navigate({ to: '/indicators/$id', params: { id: row.id } })}
      empty={t('none_yet')}
      searchLabel={t('search')}
      above={
        <>
          <Tabs current="indicators" />
          <TemplatesLink />
        </>
      }
      make={
        may('indicators.write') && (
          <ButtonLink kind="primary" icon="plus" to="/indicators/new">
            {t('new')}
          </ButtonLink>
        )
      }
    />
  );
}

const noFilters: never[] = [];
