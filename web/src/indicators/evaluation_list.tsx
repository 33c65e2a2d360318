import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../api/types';
import { useMay } from '../app/session';
import { ListScreen } from '../records/list_screen';
import { useNames } from '../regions/regions';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { Tabs } from './tabs';

const noFilters: never[] = [];

export default function EvaluationList() {
  const { t } = useTranslation('indicators');
  const navigate = useNavigate();
  const may = useMay();
  const names = useNames();
  const language = useDateLanguage();
  const columns = useMemo<Column<Evaluation>[]>(
    () => [
      { name: 'evaluated_on', label: t('evaluation.field.evaluated_on'), width: 112, right: true, sort: [null, '-evaluated_on'], cell: (row) => shortDate(row.text.evaluated_on, language) },
      {
        name: 'subject',
        label: t('evaluation.subject'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/evaluations/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.subject_title || row.text.finding.split('\n')[0]}
          </Link>
        ),
      },
      { name: 'outcome', label: t('evaluation.field.outcome'), width: 112, always: true, cell: (row) => <StateChip kind="evaluation" state={row.text.outcome} plain /> },
      { name: 'judgements', label: t('evaluation.judgements_short'), width: 72, right: true, cell: (row) => row.text.judgements.length },
      { name: 'next', label: t('evaluation.next_issues'), width: 104, right: true, cell: (row) => row.next_issue_ids.length || '—' },
      { name: 'by', label: t('evaluation.by'), width: 112, cell: (row) => row.created_by_name },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
    ],
    [t, names, language],
  );
  const fixed = useMemo(() => ({ issue: () => t('filter.of_issue'), measure: () => t('filter.of_measure') }), [t]);
  return (
    <ListScreen<Evaluation>
      name="evaluations"
      api="/api/evaluations"
      to="/evaluations"
      title={t('evaluation.title')}
      columns={columns}
      filters={noFilters}
      fixed={fixed}
      sort="-evaluated_on"
      open={(row) => void navigate({ to: '/evaluations/$id', params: { id: row.id } })}
      empty={t('evaluation.none_yet')}
      searchLabel={t('evaluation.search')}
      above={<Tabs current="evaluations" />}
      make={
        may('indicators.write') && (
          <ButtonLink kind="primary" icon="plus" to="/evaluations/new">
            {t('evaluation.new')}
          </ButtonLink>
        )
      }
    />
  );
}
