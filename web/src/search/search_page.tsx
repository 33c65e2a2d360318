// One box over everything the person may read: what answers, kind by kind, with the place that answers.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { ProblemError } from '../api/problem';
import type { HitGroup, HitKind, SearchAnswer, TermNote } from '../api/types';
import { useKeys } from '../app/keys';
import type { Search } from '../app/router';
import { useMay, useSession } from '../app/session';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { FilterSentence } from '../ui/filter_sentence';
import { Icon } from '../ui/icon';
import { longDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { HitItem } from './hit_item';
import { recentSearches, rememberSearch } from './recent';
import { useSearchFilters } from './search_filters';
import '../records/records.css';
import './search.css';

const kinds: HitKind[] = ['consultation', 'activity', 'attachment', 'referral', 'discharge', 'issue', 'meeting', 'measure', 'indicator', 'evaluation', 'user'];
const needs: Partial<Record<HitKind, string>> = {
  consultation: 'consultations.read',
  activity: 'consultations.read',
  attachment: 'persons.read',
  referral: 'referrals.read',
  discharge: 'discharges.read',
  issue: 'issues.read',
  meeting: 'meetings.read',
  measure: 'measures.read',
  indicator: 'indicators.read',
  evaluation: 'indicators.read',
};

export default function SearchPage() {
  const { t } = useTranslation(['search', 'common']);
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const may = useMay();
  const { session } = useSession();
  const names = useNames();
  const results = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  const q = (search.q ?? '').trim();
  const readable = kinds.filter((kind) => !needs[kind] || may(needs[kind]));
  const kind = readable.find((one) => one === search.kind);
  const { filters, values, query: conditions } = useSearchFilters(kind, search);
  const query = { q, ...conditions, ...(kind ? { kind, limit: '25' } : {}) };
  const go = (next: Search, replace = false) => void navigate({ to: '/search', search: { ...search, ...next }, replace });

  const { data, error, isPending, refetch, fetchNextPage, hasNextPage } = useInfiniteQuery({
    queryKey: ['search', query],
    queryFn: ({ pageParam }) => ask(api.GET('/api/search', { params: { query: { ...query, ...(pageParam ? { after: pageParam } : {}) } } } as never)) as Promise<SearchAnswer>,
    initialPageParam: '',
    getNextPageParam: (page) => (kind ? (page.groups[0]?.next ?? undefined) : undefined),
    enabled: q !== '',
  });
  const unclear = error instanceof ProblemError ? ['too_short', 'too_many'].find((reason) => error.problem.fields?.some((field) => field.pointer === '?q' && field.reason === reason)) : undefined;
  useEffect(() => {
    if (data) rememberSearch(session.user_id, q);
  }, [data, q, session.user_id]);
  useKeys([
    { key: '/', label: t('common:keys.search'), run: () => box.current?.select() },
    { key: '↑ ↓', label: t('keys.move') },
    { key: 'Enter', label: t('keys.open') },
  ]);

  const first = data?.pages[0];
  const groups = kind && data ? [{ ...data.pages[0]!.groups[0]!, items: data.pages.flatMap((page) => page.groups[0]?.items ?? []) }] : (first?.groups ?? []);
  // A page that compared its fill may end without a hit and still go on.
  const found = groups.filter((group) => group.items.length > 0 || (!kind && group.next));
  const nothing = found.length === 0 && !hasNextPage;
  const move = (event: KeyboardEvent) => {
    // From the box and from hit to hit; the arrows of the conditions are their own.
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || !(event.target as Element).matches('[type=search], .hit-link') || event.nativeEvent.isComposing) return;
    const links = [...(results.current?.querySelectorAll<HTMLElement>('.hit-link') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement) + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    if (at < 0) box.current?.focus();
    else links[at]?.focus();
  };

  return (
    <div className="search-page" onKeyDown={move}>
      <PageTitle title={q ? t('title_of', { q }) : t('title')} tab={t('title')} actions={found.length > 0 && <PrintButton />} />
      <SearchBox key={q} input={box} q={q} onSearch={(words) => go({ q: words || undefined })} />
      {q === '' ? (
        <Suggestions readable={readable} onSearch={(words) => go({ q: words })} />
      ) : (
        <>
          <nav className="tabs no-print" aria-label={t('kinds')}>
            <Link to="/search" search={{ ...search, kind: undefined, state: undefined }} aria-current={kind ? undefined : 'page'} activeOptions={{ exact: true }} activeProps={{}}>
              {t('all_kinds')}
            </Link>
            {readable.map((one) => (
              <Link key={one} to="/search" search={{ ...search, kind: one, state: undefined }} aria-current={kind === one ? 'page' : undefined} activeOptions={{ exact: true }} activeProps={{}}>
                {t(`kind.${one}`)}
              </Link>
            ))}
          </nav>
          <FilterSentence filters={filters} value={values} onChange={(name, chosen) => go({ [name]: chosen.join(',') || undefined }, true)} end={<span>{t('filter_end')}</span>} />
          {first && <Understood terms={first.terms} />}
          {unclear ? (
            <p className="notice">{t(`unclear.${unclear}`)}</p>
          ) : (
            <ProblemNotice error={error}>
              <Button onPress={() => void refetch()}>{t('common:try_again')}</Button>
            </ProblemNotice>
          )}
          {isPending && <Skeleton lines={10} />}
          <p className="vh" role="status">
            {first && (nothing ? t('none') : t('status', { count: found.reduce((sum, group) => sum + group.items.length, 0) }))}
          </p>
          {groups.some((group) => group.indexing) && <p className="notice">{t('indexing')}</p>}
          {first && nothing && (
            <Empty action={(kind || Object.keys(conditions).length > 0) && <Button onPress={() => void navigate({ to: '/search', search: { q } })}>{t('without_conditions')}</Button>}>{t('none_try')}</Empty>
          )}
          <div ref={results}>
            {found.map((group) => (
              <Group key={group.kind} group={group} alone={kind !== undefined} deskName={names.desk} onAll={() => go({ kind: group.kind })} />
            ))}
            {kind && hasNextPage && (
              <p className="more-hits no-print">
                <Button onPress={() => void fetchNextPage()}>
                  {t('common:table.more')}
                </Button>
              </p>
            )}
          </div>
        </>
      )}
    </div>
  );
}

function SearchBox({ input, q, onSearch }: { input: React.RefObject<HTMLInputElement | null>; q: string; onSearch: (words: string) => void }) {
  const { t } = useTranslation('search');
  const [words, setWords] = useState(q);
  useEffect(() => {
    // Where it would bring up a keyboard over the results, it waits to be touched.
    if (q && !matchMedia('(pointer: fine)').matches) return;
    input.current?.focus();
    input.current?.select();
  }, [input, q]);
  return (
    <form
      className="words-search no-print"
      role="search"
      aria-label={t('box')}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(words.trim());
      }}
    >
      <label className="search">
        <Icon name="find" />
        <input ref={input} type="search" maxLength={200} aria-label={t('box')} placeholder={t('placeholder')} value={words} onChange={(event) => setWords(event.target.value)} />
      </label>
      <Button type="submit">{t('go')}</Button>
    </form>
  );
}

/** Before anything is asked: what was asked before, and what can be asked. */
function Suggestions({ readable, onSearch }: { readable: HitKind[]; onSearch: (words: string) => void }) {
  const { t } = useTranslation('search');
  const { session } = useSession();
  const recent = recentSearches(session.user_id);
  return (
    <>
      {recent.length > 0 && (
        <Section id="recent" title={t('recent')} note={t('recent_note')}>
          <ul className="recent">
            {recent.map((words) => (
              <li key={words}>
                <Button kind="plain" onPress={() => onSearch(words)}>
                  {words}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section id="tips" title={t('tips.title')}>
        <p className="note">{t('tips.over', { kinds: readable.map((kind) => t(`kind.${kind}`)).join(t('and')) })}</p>
        <dl className="tips">
          {['words', 'spelling', 'synonyms', 'phrase', 'minus', 'day', 'phone', 'number'].map((tip) => (
            <div key={tip}>
              <dt>
                <code>{t(`tips.${tip}.example`)}</code>
              </dt>
              <dd>{t(`tips.${tip}.what`)}</dd>
            </div>
          ))}
        </dl>
        <p className="note">{t('tips.not')}</p>
      </Section>
    </>
  );
}

/** How the words were read, where that is not plain. */
function Understood({ terms }: { terms: TermNote[] }) {
  const { t } = useTranslation('search');
  const language = useDateLanguage();
  const notes = terms.flatMap((term) => [
    ...(term.also.length > 0 ? [t('also', { word: term.typed, others: term.also.join(t('and')) })] : []),
    ...(term.day ? [t('day', { word: term.typed, day: longDate(term.day, language) })] : []),
    ...(term.excluded ? [t('excluded', { word: term.typed })] : []),
  ]);
  if (notes.length === 0) return null;
  return (
    <ul className="understood">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function Group({ group, alone, deskName, onAll }: { group: HitGroup; alone: boolean; deskName: (id: string | null) => string; onAll: () => void }) {
  const { t } = useTranslation('search');
  const what = t(`kind.${group.kind}`);
  return (
    <Section id={`hits-${group.kind}`} title={what} note={t(group.kind === 'activity' || group.kind === 'attachment' ? 'newest_written_first' : 'newest_first')}>
      {group.items.length > 0 && (
        <ul className="hits">
          {group.items.map((hit) => (
            <HitItem key={hit.id} hit={hit} desk={deskName(hit.desk_id)} />
          ))}
        </ul>
      )}
      {!alone && group.next && (
        <p className="more-hits no-print">
          <Button kind="plain" onPress={onAll}>
            {t('more_of', { what })}
          </Button>
        </p>
      )}
    </Section>
  );
}
