import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DischargePage, DischargeRow } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { useNames } from '../regions/regions';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { PaperSummary } from './paper_marks';
import { dischargeStates, isClosed, openStates } from './queries';
import { DischargeTabs } from './tabs';
import '../activities/activities.css';

/** All coordinations, by state, destination, hospital, and what is missing. */
export default function DischargeList() {
  const { t } = useTranslation(['discharges', 'common']);
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const columns = useMemo<Column<DischargeRow>[]>(
    () => [
      { name: 'state', label: t('state'), width: 120, always: true, cell: (row) => <StateChip kind="discharge" state={row.state} plain /> },
      {
        name: 'subject',
        label: t('field.subject'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/discharges/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.subject}
          </Link>
        ),
      },
      { name: 'hospital', label: t('field.hospital'), width: 176, cell: (row) => [row.hospital, row.ward].filter(Boolean).join(' ') },
      { name: 'admitted_on', label: t('field.admitted_on'), width: 96, right: true, cell: (row) => shortDate(row.admitted_on, language) || '—' },
      { name: 'planned_on', label: t('field.planned_on'), width: 112, right: true, sort: ['planned_on', '-planned_on'], cell: (row) => shortDate(row.left_on ?? row.planned_on, language) || '—' },
      { name: 'papers', label: t('field.papers'), width: 216, cell: (row) => <PaperSummary papers={row.papers} closed={isClosed(row.state)} /> },
      { name: 'destination', label: t('field.destination'), width: 112, cell: (row) => codes.short('discharge_destination', row.destination) || '—' },
      { name: 'owner', label: t('field.owner_id'), width: 112, cell: (row) => row.owner_name || '—' },
      { name: 'case', label: t('field.consultation'), width: 112, extra: true, cell: (row) => (row.consultation_id ? <Link to="/consultations/$id" params={{ id: row.consultation_id }}>{row.number}</Link> : '—') },
      { name: 'decided_on', label: t('field.decided_on'), width: 112, right: true, extra: true, cell: (row) => shortDate(row.decided_on, language) || '—' },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
    ],
    [t, codes, names, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      {
        name: 'state',
        label: t('state'),
        any: t('list.any_state'),
        say: (values) => (values.length === openStates.length && openStates.every((one) => values.includes(one)) ? t('list.open') : undefined),
        options: dischargeStates.map((state) => ({ value: state, label: t(`common:state.discharge.${state}`) })),
      },
      { name: 'destination', label: t('field.destination'), options: codes.choices('discharge_destination').map((one) => ({ value: one.code, label: codes.label('discharge_destination', one.code) })) },
      { name: 'late', label: t('list.late'), single: true, options: [{ value: 'true', label: t('list.late') }] },
      { name: 'missed', label: t('list.missed'), single: true, options: [{ value: 'true', label: t('list.missed') }] },
      { name: 'readmitted', label: t('list.readmitted'), single: true, options: [{ value: 'true', label: t('list.readmitted') }] },
      { name: 'mine', label: t('list.mine'), single: true, options: [{ value: 'true', label: t('list.mine') }] },
    ],
    [t, codes],
  );
  const fixed = useMemo(
    () => ({
      hospital: (value: string) => t('list.of_hospital', { hospital: value }),
      left_from: (day: string) => t('list.left_from', { day: shortDate(day, language) }),
      left_to: (day: string) => t('list.left_to', { day: shortDate(day, language) }),
      consultation: () => t('list.of_case'),
    }),
    [t, language],
  );
  return (
    <ListScreen<DischargeRow>
      name="discharges"
      api="/api/discharges"
      to="/discharges/list"
      title={t('title')}
      columns={columns}
      filters={filters}
      fixed={fixed}
      sort="-updated_at"
      byDesk
      open={(row) => void navigate({ to: '/discharges/$id', params: { id: row.id } })}
      empty={t('list.none')}
      searchLabel={t('list.search')}
      above={<DischargeTabs current="list" />}
      totals={(page) => <Totals page={page as unknown as DischargePage} />}
      make={
        may('discharges.write') && (
          <ButtonLink kind="primary" icon="plus" to="/discharges/new">
            {t('new')}
          </ButtonLink>
        )
      }
    />
  );
}

function Totals({ page }: { page: DischargePage }) {
  const { t } = useTranslation('discharges');
  return (
    <dl className="totals" aria-label={t('list.totals')}>
      {dischargeStates
        .map((state) => ({ state, count: page.states.find((one) => one.state === state)?.count ?? 0 }))
        .filter((one) => one.count > 0)
        .map(({ state, count }) => (
          <div key={state}>
            <dt>
              <StateChip kind="discharge" state={state} plain />
            </dt>
            <dd className="n">{count.toLocaleString('en-US')}</dd>
          </div>
        ))}
    </dl>
  );
}
