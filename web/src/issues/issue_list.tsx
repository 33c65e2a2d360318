import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IssueRow } from '../api/types';
import { usePlace } from '../app/place';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { DueMark } from '../records/due_mark';
import { useNumber, useOptions } from '../records/words';
import { issueSteps } from '../records/state_actions';
import { useNames } from '../regions/regions';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { fiscalYearLabel, fiscalYearOf, inJapan, shortDate, today } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';

const unfinished = ['sign', 'reviewing', 'planned', 'underway', 'evaluating', 'continued', 'reconsidered', 'on_hold'];

export default function IssueList() {
  const { t } = useTranslation('issues');
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const number = useNumber();
  const options = useOptions();
  const language = useDateLanguage();
  const { fiscalYear } = usePlace();

  const columns = useMemo<Column<IssueRow>[]>(
    () => [
      { name: 'state', label: t('state'), width: 116, always: true, cell: (row) => <StateChip kind="issue" state={row.state} plain /> },
      { name: 'number', label: t('number'), width: 92, sort: ['number', '-number'], cell: (row) => <span className="n">{number('issue', row.number)}</span> },
      {
        name: 'title',
        label: t('field.title'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/issues/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.title}
          </Link>
        ),
      },
      { name: 'kind', label: t('field.kind'), width: 96, cell: (row) => codes.short('issue_kind', row.kind) || '—' },
      { name: 'evidence', label: t('evidence.short'), width: 72, right: true, cell: (row) => t('evidence.count', { count: row.evidence_count }) },
      { name: 'owner', label: t('field.owner_id'), width: 96, cell: (row) => names.family(row.owner_id) || '—' },
      { name: 'due_on', label: t('field.due_on'), width: 120, right: true, sort: ['due_on', null], cell: (row) => (row.due_on ? <DueMark on={row.due_on} done={row.state === 'solved'} /> : '—') },
      { name: 'updated_at', label: t('updated'), width: 100, right: true, sort: [null, '-updated_at'], cell: (row) => shortDate(inJapan(row.updated_at).date, language) },
      { name: 'created_at', label: t('created'), width: 100, right: true, extra: true, cell: (row) => shortDate(inJapan(row.created_at).date, language) },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
    ],
    [t, number, codes, names, language],
  );
  const fixed = useMemo(() => ({ consultation: () => t('filter.of_case'), owner: (id: string) => t('filter.of_owner', { name: names.person(id) }), on_agenda: () => t('filter.on_agenda') }), [t, names]);
  const filters = useMemo<Filter[]>(() => {
    const now = fiscalYearOf(today());
    const years = [...new Set([fiscalYear, ...Array.from({ length: 6 }, (_, at) => now - at)])].sort((a, b) => b - a);
    return [
      { name: 'fiscal_year', label: t('common:fiscal_year'), single: true, any: t('filter.any_year'), after: t('filter.after_year'), options: years.map((year) => ({ value: String(year), label: fiscalYearLabel(year, language) })) },
      { name: 'scene', label: t('field.scenes'), any: t('filter.any_scene'), after: t('filter.after_scene'), options: options('scene') },
      {
        name: 'state',
        label: t('state'),
        any: t('filter.any_state'),
        say: (values) => (values.length === unfinished.length && unfinished.every((one) => values.includes(one)) ? t('filter.unfinished') : undefined),
        options: Object.keys(issueSteps).map((state) => ({ value: state, label: t(`common:state.issue.${state}`) })),
      },
      { name: 'kind', label: t('field.kind'), options: options('issue_kind') },
    ];
  }, [t, fiscalYear, language, options]);

  return (
    <ListScreen<IssueRow>
      name="issues"
      api="/api/issues"
      to="/issues"
      title={t('title')}
      columns={columns}
      filters={filters}
      fixed={fixed}
      sort="-updated_at"
      byDesk={false}
      open={(row) => void navigate({ to: '/issues/$id', params: { id: row.id } })}
      empty={t('none_yet')}
      searchLabel={t('search')}
      make={
        may('issues.write') && (
          <ButtonLink kind="primary" icon="plus" to="/issues/new">
            {t('new')}
          </ButtonLink>
        )
      }
    />
  );
}
