// One screen for every list after the consultations: conditions as a sentence and in the URL, table, "more", empty state.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../api/types';
import { usePlace } from '../app/place';
import type { Search } from '../app/router';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { DataTable, ListFoot, useColumns, useCountWords, type Column } from '../ui/data_table';
import { Empty } from '../ui/empty';
import { FilterSentence, FixedChip, type Filter } from '../ui/filter_sentence';
import { Icon } from '../ui/icon';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { CopyAddress, useRemembered } from '../ui/remembered';
import { readPage } from './queries';
import './records.css';

interface Props<Row extends { id: string }> {
  /** Of columns and cache: issues, meetings. */
  name: string;
  api: Parameters<typeof readPage>[0];
  to: string;
  title: string;
  columns: Column<Row>[];
  filters: Filter[];
  /** Names the URL may say besides the filters, each with the words of its chip. */
  fixed?: Record<string, (value: string) => string>;
  sort?: string;
  /** What the URL's conditions mean to the server. */
  toQuery?: (search: Search) => Search;
  /** The header's desk holds where the URL does not say otherwise. */
  byDesk?: boolean;
  open: (row: Row) => void;
  empty: string;
  /** Button that makes a new one, for the title and for an empty list. */
  make?: ReactNode;
  /** Above the sentence: a switch between neighbouring lists. */
  above?: ReactNode;
  searchLabel: string;
  /** Sums over everything that fits, from the first page. */
  totals?: (page: Page<Row>, query: Search) => ReactNode;
  children?: ReactNode;
}

export function ListScreen<Row extends { id: string }>({ name, api, to, title, columns, filters, fixed = {}, sort: usual = '', toQuery = (search) => search, byDesk, open, empty, make, above, searchLabel, totals, children }: Props<Row>) {
  const { t } = useTranslation(['records', 'common']);
  const navigate = useNavigate();
  const count = useCountWords();
  const place = usePlace();
  const names = useNames();
  const passing = [...Object.keys(fixed), 'words'];
  const known = new Set([...filters.map((filter) => filter.name), ...passing, 'desk']);
  const [search, remember] = useRemembered(name, useSearch({ strict: false }) as Search, [...known], passing);
  const sort = search.sort ?? usual;
  const asked = toQuery(Object.fromEntries(Object.entries(search).filter(([key]) => known.has(key))));
  const query: Search = { ...asked, ...(byDesk && !asked.desk && place.desk ? { desk: place.desk.id } : {}), ...(sort ? { sort } : {}) };
  if (query.desk === 'all') delete query.desk;

  const list = useInfiniteQuery({
    queryKey: [name, 'list', api, query],
    queryFn: ({ pageParam }) => readPage<Row>(api, { ...query, limit: '50', after: pageParam }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const { shown, chooser } = useColumns(name, columns);
  const put = (chosen: Search) => {
    remember(chosen);
    void navigate({ to, search: chosen, replace: true });
  };
  const change = (next: Search) => put({ ...search, ...next });
  const values = Object.fromEntries(filters.map((filter) => [filter.name, (search[filter.name] ?? '').split(',').filter(Boolean)]));
  const conditions = [...known].filter((key) => search[key]);

  return (
    <>
      <PageTitle
        title={title}
        actions={
          <>
            <CopyAddress to={to} search={{ ...search, ...query }} />
            {chooser}
            <PrintButton />
            {make}
          </>
        }
      />
      {above}
      <FilterSentence
        filters={filters}
        value={values}
        onChange={(filter, chosen) => change({ [filter]: chosen.join(',') || undefined })}
        end={
          <span role="status">
            {filters.length + conditions.length > 0 && t('filter_end')} {first && <b className="n">{count(first.total, first.total_capped)}</b>}
          </span>
        }
      >
        {search.words && <FixedChip onRemove={() => change({ words: undefined })}>{t('filter_words', { words: search.words })}</FixedChip>}
        {search.desk && search.desk !== 'all' && <FixedChip onRemove={() => change({ desk: undefined })}>{search.desk.split(',').map(names.desk).join(t('common:filter.or'))}</FixedChip>}
        {Object.entries(fixed).map(([key, say]) => search[key] && <FixedChip key={key} onRemove={() => change({ [key]: undefined })}>{say(search[key])}</FixedChip>)}
      </FilterSentence>
      <WordsSearch label={searchLabel} words={search.words ?? ''} onSearch={(words) => change({ words: words || undefined })} />
      {children}
      {first && rows.length > 0 && totals?.(first, query)}
      <ProblemNotice error={list.error}>
        <Button onPress={() => void list.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {list.isPending && <Skeleton lines={12} />}
      {first && rows.length === 0 && (
        <div className="listgrid">
          <Empty
            action={
              <>
                {conditions.length > 0 && <Button onPress={() => put({ sort: search.sort })}>{t('without_conditions')}</Button>}
                {make}
              </>
            }
          >
            {conditions.length > 0 ? t('none_match') : make ? empty : t('none_to_read')}
          </Empty>
        </div>
      )}
      {rows.length > 0 && (
        <DataTable
          label={title}
          columns={shown}
          rows={rows}
          rowId={rowId}
          sort={sort}
          onSort={(next) => change({ sort: next })}
          onOpen={open}
          foot={first && <ListFoot shown={rows.length} total={first.total} capped={first.total_capped} more={list.hasNextPage} onMore={() => void list.fetchNextPage()} />}
        />
      )}
    </>
  );
}

function rowId(row: { id: string }): string {
  return row.id;
}

export function WordsSearch({ label, words, onSearch }: { label: string; words: string; onSearch: (words: string) => void }) {
  const { t } = useTranslation('records');
  const [text, setText] = useState(words);
  useEffect(() => setText(words), [words]);
  return (
    <form
      className="words-search no-print"
      role="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <label className="search">
        <Icon name="find" />
        <input type="search" aria-label={label} placeholder={label} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <Button type="submit" small>
        {t('search')}
      </Button>
    </form>
  );
}
