import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../analysis/export_menu';
import type { ReferralPage, ReferralRow } from '../api/types';
import type { Search } from '../app/router';
import { useCodes } from '../packs/codes';
import { ListScreen } from '../records/list_screen';
import { useNames } from '../regions/regions';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { longDate, shortDate, today } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { ageOf, answers, methods, states, tasks, waits } from './queries';
import { ReferralAnswerWords } from './referral_lines';
import { ReferralTabs } from './tabs';
import './referrals.css';

const open = 'to_send,late,waiting,to_settle,to_follow_up';

/** Asks on their way, the oldest first: whom, how long ago, what is to be done. */
export default function ReferralBoard() {
  const { t } = useTranslation(['referrals', 'common']);
  const navigate = useNavigate();
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const columns = useMemo<Column<ReferralRow>[]>(
    () => [
      { name: 'state', label: t('field.state'), width: 120, always: true, cell: (row) => <StateChip kind="referral" state={row.state} plain /> },
      {
        name: 'place',
        label: t('field.place'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/referrals/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.place_name}
          </Link>
        ),
      },
      { name: 'service', label: t('match.field.service'), width: 128, cell: (row) => codes.short('resource_service', row.service) },
      { name: 'case', label: t('field.case'), width: 208, cell: (row) => <Link to="/consultations/$id" params={{ id: row.consultation_id }}>{`${row.number} ${row.subject}`}</Link> },
      { name: 'method', label: t('field.method'), width: 96, cell: (row) => t(`method.${row.method}`) },
      { name: 'created_at', label: t('field.age'), width: 104, right: true, sort: ['-created_at', 'created_at'], cell: (row) => (waits(row.state) ? t('days', { count: ageOf(row, today()) }) : '—') },
      { name: 'reply_by', label: t('field.reply_by'), width: 112, right: true, sort: ['reply_by', null], cell: (row) => shortDate(row.reply_by, language) || '—' },
      { name: 'answer', label: t('field.answer'), width: 208, cell: (row) => <ReferralAnswerWords row={row} /> },
      { name: 'follow_up_on', label: t('field.follow_up_on'), width: 112, right: true, cell: (row) => shortDate(row.follow_up_on, language) || '—' },
      { name: 'district', label: t('match.field.district_id'), width: 128, extra: true, cell: (row) => names.region(row.district_id) || '—' },
      { name: 'distance', label: t('field.distance_km'), width: 96, right: true, extra: true, cell: (row) => row.distance_km?.toFixed(1) ?? '—' },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
      { name: 'by', label: t('field.asked_by'), width: 112, extra: true, cell: (row) => row.created_by_name },
    ],
    [t, codes, names, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      {
        name: 'task',
        label: t('field.task'),
        any: t('board.any_task'),
        say: (values) => (values.length === tasks.length ? t('board.open') : undefined),
        options: tasks.map((task) => ({ value: task, label: t(`task.${task}`) })),
      },
      { name: 'state', label: t('field.state'), any: t('board.any_state'), options: states.map((state) => ({ value: state, label: t(`common:state.referral.${state}`) })) },
      { name: 'answer', label: t('field.answer'), any: t('board.any_answer'), options: answers.map((answer) => ({ value: answer, label: t(`answer.${answer}`) })) },
      { name: 'service', label: t('match.field.service'), any: t('board.any_service'), options: codes.choices('resource_service').map((one) => ({ value: one.code, label: codes.label('resource_service', one.code) })) },
      { name: 'method', label: t('field.method'), any: t('board.any_method'), options: methods.map((method) => ({ value: method, label: t(`method.${method}`) })) },
      { name: 'mine', label: t('field.asked_by'), single: true, any: t('board.anybody'), options: [{ value: 'true', label: t('board.me') }] },
    ],
    [t, codes],
  );
  return (
    <ListScreen<ReferralRow>
      name="referrals"
      api="/api/referrals"
      to="/referrals"
      title={t('title')}
      columns={columns}
      filters={filters}
      fixed={{
        reason: (codeList) => codeList.split(',').map((code) => codes.label('refusal_reason', code)).join(t('and')),
        district: (ids) => ids.split(',').map(names.region).join(t('and')),
        place: () => t('board.one_place'),
        consultation: () => t('board.one_case'),
        from: (day) => t('board.from', { day: longDate(day, language) }),
        to: (day) => t('board.to', { day: longDate(day, language) }),
      }}
      sort="created_at"
      byDesk
      open={(row) => void navigate({ to: '/referrals/$id', params: { id: row.id } })}
      empty={t('board.none')}
      searchLabel={t('board.search')}
      above={<ReferralTabs current="board" />}
      totals={(page, query) => <Tasks page={page as unknown as ReferralPage} query={query} />}
    />
  );
}

/** What is to be done, each with its number; pressing one shows these alone. */
function Tasks({ page, query }: { page: ReferralPage; query: Search }) {
  const { t } = useTranslation('referrals');
  const count = (task: string) => page.tasks.find((one) => one.task === task)?.count ?? 0;
  const { sort: _sort, ...rest } = query;
  return (
    <div className="totals-line">
      <ul className="task-counts" aria-label={t('board.tasks')}>
        {tasks.map((task) => (
          <li key={task}>
            <Link to="/referrals" search={{ ...rest, desk: query.desk ?? 'all', task }} aria-current={query.task === task ? 'true' : undefined} activeProps={{}}>
              {t(`task.${task}`)} <b className="n">{count(task)}</b>
            </Link>
          </li>
        ))}
        <li>
          <Link to="/referrals" search={{ ...rest, desk: query.desk ?? 'all', task: open }} aria-current={query.task === open ? 'true' : undefined} activeProps={{}}>
            {t('board.open')}
          </Link>
        </li>
      </ul>
      <Suspense fallback={null}>
        <Export query={query} />
      </Suspense>
    </div>
  );
}

function Export({ query }: { query: Search }) {
  const { t } = useTranslation('referrals');
  const asked = Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const { menu, notice } = useExport('/api/referrals/export', asked, t('board.excel'));
  return (
    <>
      <p className="page-acts no-print">{menu}</p>
      {notice}
    </>
  );
}
