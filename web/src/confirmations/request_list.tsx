import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useMemo, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { useExport } from '../analysis/export_menu';
import { api, ask } from '../api/client';
import type { ConfirmationPage, ConfirmationRow } from '../api/types';
import type { Search } from '../app/router';
import { ListScreen } from '../records/list_screen';
import { useLocalMunicipality } from '../resources/queries';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import type { Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import { TextField } from '../ui/field';
import type { Filter } from '../ui/filter_sentence';
import { shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import { confirmationStates, methods, roundsQuery, writtenCode } from './queries';
import { useSending } from './sending';
import { PlaceTabs } from '../resources/place_tabs';
import './confirmations.css';

/** Requests on their way and what came of them; a reply code from a paper finds its request. */
export default function RequestList() {
  const { t } = useTranslation(['confirmations', 'common']);
  const navigate = useNavigate();
  const language = useDateLanguage();
  const whose = useLocalMunicipality();
  const { data: rounds } = useQuery(roundsQuery(whose));
  const columns = useMemo<Column<ConfirmationRow>[]>(
    () => [
      { name: 'state', label: t('field.state'), width: 112, always: true, cell: (row) => <StateChip kind="confirmation" state={row.state} plain /> },
      {
        name: 'place',
        label: t('field.place'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to="/confirmations/$id" params={{ id: row.id }} tabIndex={-1}>
            {row.place_name}
          </Link>
        ),
      },
      { name: 'answer', label: t('field.answer'), width: 136, cell: (row) => (row.answered_on ? t(row.nothing_changed ? 'unchanged' : 'corrected') : '—') },
      { name: 'code', label: t('field.reply_code'), width: 104, cell: (row) => <span className="n">{writtenCode(row.reply_code)}</span> },
      { name: 'method', label: t('field.method'), width: 104, cell: (row) => t(`method.${row.method}`) },
      { name: 'sent_on', label: t('field.sent_on'), width: 96, right: true, sort: ['-created_at', 'created_at'], cell: (row) => shortDate(row.sent_on, language) },
      { name: 'due_on', label: t('field.due_on'), width: 96, right: true, sort: ['due_on', null], cell: (row) => shortDate(row.due_on, language) },
      { name: 'reminded_on', label: t('field.reminded_on'), width: 96, right: true, cell: (row) => shortDate(row.reminded_on, language) || '—' },
      { name: 'answered_on', label: t('field.answered_on'), width: 96, right: true, extra: true, cell: (row) => shortDate(row.answered_on, language) || '—' },
      { name: 'phone', label: t('field.phone'), width: 128, cell: (row) => row.phone || '—' },
      { name: 'fax', label: t('field.fax'), width: 128, extra: true, cell: (row) => row.fax || '—' },
      { name: 'by', label: t('field.created_by'), width: 112, extra: true, cell: (row) => row.created_by_name },
    ],
    [t, language],
  );
  const filters = useMemo<Filter[]>(
    () => [
      { name: 'state', label: t('field.state'), any: t('requests.any_state'), options: confirmationStates.map((value) => ({ value, label: t(`common:state.confirmation.${value}`) })) },
      { name: 'method', label: t('field.method'), any: t('requests.any_method'), options: methods.map((value) => ({ value, label: t(`method.${value}`) })) },
      { name: 'round', label: t('rounds.one'), any: t('requests.any_round'), single: true, options: (rounds ?? []).map((one) => ({ value: one.id, label: one.text.title })) },
    ],
    [t, rounds],
  );
  const fixed = { late: () => t('requests.late'), place: () => t('requests.one_place') };
  return (
    <ListScreen<ConfirmationRow>
      name="confirmations"
      api="/api/confirmations"
      to="/confirmations/requests"
      title={t('requests.title')}
      columns={columns}
      filters={filters}
      fixed={fixed}
      toQuery={(search) => ({ ...search, municipality_id: whose })}
      sort="-created_at"
      open={(row) => void navigate({ to: '/confirmations/$id', params: { id: row.id } })}
      empty={t('requests.none')}
      searchLabel={t('requests.search')}
      make={<ButtonLink to="/confirmations">{t('requests.make')}</ButtonLink>}
      above={
        <>
          <PlaceTabs current="requests" />
          <CodeSearch />
        </>
      }
      totals={(page, query) => <Totals page={page as unknown as ConfirmationPage} query={query} />}
    />
  );
}

/** From the paper to its request. */
function CodeSearch() {
  const { t } = useTranslation('confirmations');
  const navigate = useNavigate();
  const whose = useLocalMunicipality();
  const [code, setCode] = useState('');
  const [none, setNone] = useState(false);
  const { send, field, notices } = useSending(() => t('field.reply_code'), { asks: true });
  const asked = useRef(0);
  const find = (event: FormEvent) => {
    event.preventDefault();
    setNone(false);
    const turn = ++asked.current;
    void send(
      async () => {
        const page = await ask(api.GET('/api/confirmations', { params: { query: { code, municipality_id: whose } } } as never)) as unknown as ConfirmationPage;
        if (turn !== asked.current) return;
        const found = page.items[0];
        if (found) await navigate({ to: '/confirmations/$id', params: { id: found.id } });
        else setNone(true);
      },
      code.trim() ? [] : [{ field: '?code' }],
    );
  };
  const wired = field('?code');
  return (
    <form className="code-search no-print" onSubmit={find} noValidate role="search" aria-label={t('requests.by_code')}>
      {notices}
      <TextField {...wired} label={t('requests.by_code')} help={t('requests.by_code_help')} error={wired.error ?? (none ? t('requests.no_code') : undefined)} inputMode="numeric" maxLength={40} className="reply-code-in" value={code} onChange={setCode} />
      <Button type="submit">{t('requests.find')}</Button>
    </form>
  );
}

function Totals({ page, query }: { page: ConfirmationPage; query: Search }) {
  const { t } = useTranslation(['confirmations', 'common']);
  const asked = Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const { menu, notice } = useExport('/api/confirmations/export', asked, t('requests.excel'));
  return (
    <div className="list-totals">
      <p>
        {page.states.map((one) => `${t(`common:state.confirmation.${one.state}`)} ${one.count}`).join(t('due.and'))}{' '}
        {page.late > 0 && (
          <Link to="/confirmations/requests" search={{ late: 'true' }}>
            {t('requests.late_count', { count: page.late })}
          </Link>
        )}
      </p>
      <Suspense fallback={null}>
        <span className="no-print">{menu}</span>
        {notice}
      </Suspense>
    </div>
  );
}
