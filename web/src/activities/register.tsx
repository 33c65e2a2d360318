import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useExport } from '../analysis/export_menu';
import type { ActivityPage, ActivityRow } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { DueMark } from '../records/due_mark';
import { ListScreen } from '../records/list_screen';
import { useNames } from '../regions/regions';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { fiscalYearLabel, shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { activityStates, useActivityWords } from './activity_words';
import { ConsultationTabs } from './tabs';
import './activities.css';

const every = 'all';

/** Registers of what is asked and given beside the single case: by kind, state, year and desk, with totals. */
export default function Register() {
  const { t } = useTranslation(['activities', 'common']);
  const navigate = useNavigate();
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const words = useActivityWords();
  const language = useDateLanguage();
  const { fiscalYear } = usePlace();
  const columns = useMemo<Column<ActivityRow>[]>(
    () => [
      { name: 'done_on', label: t('activities:field.asked_on'), width: 112, always: true, sort: ['done_on', '-done_on'], cell: (row) => <span className="n">{shortDate(row.done_on, language)}</span> },
      { name: 'state', label: t('activities:field.state'), width: 112, always: true, cell: (row) => (row.state ? <StateChip kind="activity" state={row.state} plain /> : '—') },
      { name: 'kind', label: t('activities:field.kind'), width: 128, cell: (row) => codes.short('activity_kind', row.kind) },
      {
        name: 'with',
        label: t('activities:register.with'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/consultations/activities/$id" params={{ id: row.id }} tabIndex={-1}>
            {words.who(row) || words.kind(row.kind)}
          </Link>
        ),
      },
      { name: 'partner', label: t('activities:field.partner'), width: 168, cell: (row) => row.partner || '—' },
      { name: 'follow_up_on', label: t('activities:field.follow_up_on'), width: 120, right: true, cell: (row) => (row.follow_up_on ? <DueMark on={row.follow_up_on} /> : '—') },
      {
        name: 'details',
        label: t('activities:register.details'),
        width: 184,
        cell: (row) => [codes.short('advice_field', row.advice_field), ...row.startup_supports.map((one) => codes.short('startup_support', one))].filter(Boolean).join(t('activities:and')) || '—',
      },
      { name: 'case', label: t('activities:field.consultation'), width: 200, cell: (row) => (row.consultation_id ? <Link to="/consultations/$id" params={{ id: row.consultation_id }}>{`${row.number} ${row.subject}`}</Link> : t('activities:register.without_case')) },
      { name: 'minutes', label: t('activities:field.minutes'), width: 96, right: true, cell: (row) => (row.minutes === null ? '—' : words.spent(row.minutes)) },
      { name: 'settled_on', label: t('activities:field.settled_on'), width: 104, right: true, cell: (row) => shortDate(row.settled_on, language) || '—' },
      { name: 'agreed_on', label: t('activities:field.agreed_on'), width: 104, right: true, extra: true, cell: (row) => shortDate(row.agreed_on, language) || '—' },
      { name: 'begun_on', label: t('activities:field.begun_on'), width: 104, right: true, extra: true, cell: (row) => shortDate(row.begun_on, language) || '—' },
      { name: 'outcome', label: t('activities:field.outcome'), width: 240, extra: true, cell: (row) => row.outcome || '—' },
      { name: 'desk', label: t('common:desk'), width: 160, extra: true, cell: (row) => names.desk(row.desk_id) || '—' },
      { name: 'written_by', label: t('activities:field.written_by'), width: 112, extra: true, cell: (row) => row.created_by_name || '—' },
    ],
    [t, codes, names, words, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      {
        name: 'fiscal_year',
        label: t('common:fiscal_year'),
        single: true,
        any: t('activities:register.any_period'),
        after: t('activities:register.after_period'),
        options: [0, 1, 2, 3].map((back) => ({ value: String(fiscalYear - back), label: fiscalYearLabel(fiscalYear - back, language) })),
      },
      {
        name: 'form',
        label: t('activities:field.kind'),
        any: t('activities:register.any_kind'),
        after: t('activities:register.after_kind'),
        options: [...words.forms().map((form) => ({ value: form.code, label: codes.label('activity_form', form.code) })), { value: every, label: t('activities:register.all_kinds') }],
      },
      {
        name: 'state',
        label: t('activities:field.state'),
        any: t('activities:register.any_state'),
        say: (values) => (values.length === 2 && values.includes('asked') && values.includes('arranged') ? t('activities:register.waiting') : undefined),
        options: activityStates.map((state) => ({ value: state, label: t(`common:state.activity.${state}`) })),
      },
    ],
    [t, codes, words, fiscalYear, language],
  );
  const toQuery = (search: Search): Search => {
    const { fiscal_year, form, ...rest } = search;
    const year = Number(fiscal_year);
    const forms = form?.split(',').includes(every) ? undefined : (form ?? words.forms().map((one) => one.code).join(','));
    return { ...rest, ...(forms ? { form: forms } : {}), ...(year ? { from: `${year}-04-01`, to: `${year + 1}-03-31` } : {}) };
  };
  return (
    <ListScreen<ActivityRow>
      name="activities"
      api="/api/activities"
      to="/consultations/activities"
      title={t('activities:register.title')}
      columns={columns}
      filters={filters}
      sort="-done_on"
      toQuery={toQuery}
      byDesk
      open={(row) => void navigate({ to: '/consultations/activities/$id', params: { id: row.id } })}
      empty={t('activities:register.none')}
      searchLabel={t('activities:register.search')}
      above={<ConsultationTabs current="register" />}
      totals={(page, query) => <Totals page={page as unknown as ActivityPage} query={query} />}
      make={
        may('consultations.write') && (
          <ButtonLink kind="primary" icon="plus" to="/consultations/activities/new">
            {t('activities:register.new')}
          </ButtonLink>
        )
      }
    />
  );
}

/** How many at which stage, and the time spent on all of them. */
function Totals({ page, query }: { page: ActivityPage; query: Search }) {
  const { t } = useTranslation(['activities', 'common']);
  const words = useActivityWords();
  const count = (state: string) => page.states.find((one) => one.state === state)?.count ?? 0;
  return (
    <div className="totals-line">
    <dl className="totals" aria-label={t('activities:register.totals')}>
      {activityStates.map((state) => (
        <div key={state}>
          <dt>
            <StateChip kind="activity" state={state} plain />
          </dt>
          <dd className="n">{count(state).toLocaleString('en-US')}</dd>
        </div>
      ))}
      <div>
        <dt>{t('activities:register.total_minutes')}</dt>
        <dd className="n">{words.spent(page.minutes)}</dd>
      </div>
    </dl>
      {/* Its words come with it, after the list. */}
      <Suspense fallback={null}>
        <Export query={query} />
      </Suspense>
    </div>
  );
}

function Export({ query }: { query: Search }) {
  const { t } = useTranslation('activities');
  const asked = Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const { menu, notice } = useExport('/api/activities/export', asked, t('register.excel'));
  return (
    <>
      <span className="no-print">{menu}</span>
      {notice}
    </>
  );
}
