import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsultationTabs } from '../activities/tabs';
import { api, ask } from '../api/client';
import type { ConsultationRow } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { DataTable, ListFoot, useColumns, useCountWords, type Column } from '../ui/data_table';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { FilterSentence, FixedChip } from '../ui/filter_sentence';
import { inJapan, shortDate } from '../ui/japanese_date';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { CopyAddress, useRemembered } from '../ui/remembered';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { filterNames, listQuery, startingFilters, useFilters, valuesOf } from './filters';
import { FollowUp } from './follow_up';
import { Peek } from './peek';

export default function ConsultationList() {
  const { t } = useTranslation('consultations');
  const navigate = useNavigate();
  const count = useCountWords();
  const place = usePlace();
  const may = useMay();
  const [search, remember] = useRemembered('consultations', useSearch({ strict: false }) as Search, filterNames, ['words', 'id'], startingFilters);
  const sort = search.sort ?? '-received_on';
  const values = valuesOf(search);
  const year = Number(search.fiscal_year) || place.fiscalYear;
  const filters = useFilters(year);
  const query = listQuery(search, place);

  const list = useInfiniteQuery({
    queryKey: ['consultations', query, sort],
    queryFn: ({ pageParam }) => ask(api.GET('/api/consultations', { params: { query: { ...query, sort, limit: '50', ...(pageParam ? { after: pageParam } : {}) } } as never })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });

  const change = (next: Search) => {
    const chosen = { ...search, ...next };
    remember(chosen);
    // A condition that says "all" keeps the address from falling back to what is remembered.
    void navigate({ to: '/consultations', search: filterNames.some((name) => chosen[name]) ? chosen : { ...chosen, fiscal_year: String(place.fiscalYear) }, replace: true });
  };
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const columns = useListColumns(place.desk !== null || place.desks.length < 2);
  const { shown, chooser } = useColumns('consultations', columns);

  return (
    <>
      <PageTitle
        title={t('title')}
        actions={
          <>
            <CopyAddress to="/consultations" search={{ ...search, ...query, sort, fiscal_year: query.fiscal_year ?? 'all' }} />
            {chooser}
            {may('consultations.write') && <ButtonLink small to="/consultations/blank">{t('paper.blank_short')}</ButtonLink>}
            {may('consultations.write') && <ButtonLink small to="/phrases">{t('phrase.title')}</ButtonLink>}
            {may('consultations.write') && <ButtonLink small to="/imports">{t('import')}</ButtonLink>}
            <PrintButton />
          </>
        }
      />
      <ConsultationTabs current="list" />
      <FilterSentence
        filters={filters}
        value={values}
        onChange={(name, chosen) => change({ [name]: chosen.join(',') || undefined, ...(name === 'fiscal_year' ? { from: undefined, to: undefined } : {}) })}
        end={
          <span role="status">
            {t('filter.end')} {first && <b className="n">{count(first.total, first.total_capped)}</b>}
          </span>
        }
      >
        <FixedChips search={search} onChange={change} />
      </FilterSentence>
      {first?.searched != null && <p className="notice">{t('filter.searched', { count: first.searched, shown: first.searched.toLocaleString('en-US') })}</p>}
      <ProblemNotice error={list.error}>
        <Button onPress={() => void list.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {list.isPending && <Skeleton lines={12} />}
      {first && rows.length === 0 && (
        <div className="listgrid">
          <Empty
            action={
              <>
                <Button onPress={() => change(Object.fromEntries(filterNames.map((name) => [name, name === 'fiscal_year' ? 'all' : undefined])))}>{t('all_of_them')}</Button>
                {may('consultations.write') && (
                  <ButtonLink kind="primary" icon="plus" to="/consultations/new">
                    {t('common:new_consultation')}
                  </ButtonLink>
                )}
              </>
            }
          >
            {t('none_match')}
          </Empty>
        </div>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('list_label')}
          columns={shown}
          rows={rows}
          rowId={rowId}
          sort={sort}
          onSort={(next) => change({ sort: next })}
          onOpen={(row) => void navigate(row.state === 'draft' && may('consultations.write') ? { to: '/consultations/$id/edit', params: { id: row.id } } : { to: '/consultations/$id', params: { id: row.id } })}
          preview={(row, close) => <Peek row={row} onClose={close} />}
          foot={first && <ListFoot shown={rows.length} total={first.total} capped={first.total_capped} more={list.hasNextPage} onMore={() => void list.fetchNextPage()} />}
        />
      )}
    </>
  );
}

function rowId(row: ConsultationRow): string {
  return row.id;
}

function FixedChips({ search, onChange }: { search: Search; onChange: (next: Search) => void }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const names = useNames();
  return (
    <>
      {search.words && <FixedChip onRemove={() => onChange({ words: undefined })}>{t('filter.words', { words: search.words })}</FixedChip>}
      {(search.from || search.to) && (
        <FixedChip onRemove={() => onChange({ from: undefined, to: undefined })}>{t('filter.period', { from: shortDate(search.from, language), to: shortDate(search.to, language) })}</FixedChip>
      )}
      {search.id && <FixedChip onRemove={() => onChange({ id: undefined })}>{t('filter.cases', { count: search.id.split(',').length })}</FixedChip>}
      {search.due_by && <FixedChip onRemove={() => onChange({ due_by: undefined })}>{t('filter.due_by', { day: shortDate(search.due_by, language) })}</FixedChip>}
      {search.desk && search.desk !== 'all' && <FixedChip onRemove={() => onChange({ desk: undefined })}>{search.desk.split(',').map(names.desk).join(t('common:filter.or'))}</FixedChip>}
    </>
  );
}

/** Each desk counts for itself, so the desk stands beside the number where several are shown. */
function useListColumns(oneDesk: boolean): Column<ConsultationRow>[] {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  return useMemo(
    () => [
      { name: 'state', label: t('state'), width: 92, always: true, cell: (row) => <StateChip kind="consultation" state={row.state} plain /> },
      { name: 'number', label: t('number'), width: 78, sort: ['number', null], cell: (row) => <span className="n">{row.number || '—'}</span> },
      { name: 'received_on', label: t('received'), width: 92, right: true, sort: ['received_on', '-received_on'], cell: (row) => shortDate(row.received_on, language) || '—' },
      {
        name: 'subject',
        label: t('field.subject'),
        main: true,
        always: true,
        cell: (row) => (
          <Link to={row.state === 'draft' ? '/consultations/$id/edit' : '/consultations/$id'} params={{ id: row.id }} tabIndex={-1}>
            {row.subject || t('no_subject')}
          </Link>
        ),
      },
      { name: 'profession', label: t('field.caller_profession'), width: 114, cell: (row) => codes.short('profession', row.caller_profession) || '—' },
      { name: 'follow_up_on', label: t('field.follow_up_on'), width: 140, right: true, sort: ['follow_up_on', null], cell: (row) => (row.follow_up_on ? <FollowUp on={row.follow_up_on} closed={row.state === 'closed'} /> : '—') },
      { name: 'receiver', label: t('field.receiver_id'), width: 68, cell: (row) => names.family(row.receiver_id) || '—' },
      { name: 'topic', label: codes.schemeLabel('topic'), width: 128, extra: true, cell: (row) => codes.short('topic', row.topic) || '—' },
      { name: 'district', label: t('field.district_id'), width: 96, extra: true, cell: (row) => names.region(row.district_id) || '—' },
      { name: 'urgency', label: codes.schemeLabel('urgency'), width: 88, extra: true, cell: (row) => codes.short('urgency', row.urgency) || '—' },
      { name: 'difficulty', label: codes.schemeLabel('difficulty'), width: 112, extra: true, cell: (row) => codes.short('difficulty', row.difficulty) || '—' },
      { name: 'result', label: t('field.result'), width: 104, extra: true, cell: (row) => codes.short('result', row.result) || '—' },
      { name: 'desk', label: t('common:desk'), width: 136, extra: oneDesk, cell: (row) => names.desk(row.desk_id) || '—' },
      { name: 'updated_at', label: t('updated'), width: 96, right: true, extra: true, sort: [null, '-updated_at'], cell: (row) => shortDate(inJapan(row.updated_at).date, language) },
    ],
    [t, codes, names, language, oneDesk],
  );
}
