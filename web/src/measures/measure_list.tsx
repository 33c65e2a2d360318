import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureRow } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { TemplatesLink } from '../packs/template_link';
import { DueMark } from '../records/due_mark';
import { ListScreen } from '../records/list_screen';
import { measureSteps } from '../records/state_actions';
import { useNames } from '../regions/regions';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { inJapan, shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { Percent } from './percent';

const unfinished = ['draft', 'coordination', 'approved', 'budgeted', 'underway', 'evaluating'];

export default function MeasureList() {
  const { t } = useTranslation('measures');
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const columns = useMemo<Column<MeasureRow>[]>(
    () => [
      { name: 'state', label: t('state'), width: 108, always: true, cell: (row) => <StateChip kind="measure" state={row.state} plain /> },
      {
        name: 'title',
        label: t('field.title'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/measures/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.title}
          </Link>
        ),
      },
      { name: 'kind', label: t('field.kind'), width: 96, cell: (row) => codes.short('measure_kind', row.kind) || '—' },
      { name: 'percent', label: t('progress.short'), width: 168, cell: (row) => <Percent value={row.percent} /> },
      { name: 'starts_on', label: t('field.starts_on'), width: 104, right: true, sort: ['starts_on', null], cell: (row) => shortDate(row.starts_on, language) || '—' },
      { name: 'evaluate_on', label: t('field.evaluate_on'), width: 120, right: true, sort: ['evaluate_on', null], cell: (row) => (row.evaluate_on ? <DueMark on={row.evaluate_on} done={row.state === 'finished' || row.state === 'cancelled'} /> : '—') },
      { name: 'issues', label: t('issues_short'), width: 64, right: true, cell: (row) => row.issue_count },
      { name: 'indicators', label: t('indicators_short'), width: 64, right: true, cell: (row) => row.indicator_count },
      { name: 'updated_at', label: t('updated'), width: 96, right: true, extra: true, sort: [null, '-updated_at'], cell: (row) => shortDate(inJapan(row.updated_at).date, language) },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
    ],
    [t, codes, names, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      {
        name: 'state',
        label: t('state'),
        any: t('filter.any_state'),
        say: (values) => (values.length === unfinished.length && unfinished.every((one) => values.includes(one)) ? t('filter.unfinished') : undefined),
        options: Object.keys(measureSteps).map((state) => ({ value: state, label: t(`common:state.measure.${state}`) })),
      },
    ],
    [t],
  );
  const fixed = useMemo(() => ({ issue: () => t('filter.of_issue') }), [t]);
  return (
    <ListScreen<MeasureRow>
      name="measures"
      api="/api/measures"
      to="/measures"
      title={t('title')}
      columns={columns}
      filters={filters}
      fixed={fixed}
      sort="-updated_at"
      open={(row) => void navigate({ to: '/measures/$id', params: { id: row.id } })}
      empty={t('none_yet')}
      searchLabel={t('search')}
      above={<TemplatesLink />}
      make={
        may('measures.write') && (
          <ButtonLink kind="primary" icon="plus" to="/measures/new">
            {t('new')}
          </ButtonLink>
        )
      }
    />
  );
}
