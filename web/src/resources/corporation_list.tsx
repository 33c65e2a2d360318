import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Search } from '../app/router';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';
import { TextField } from '../ui/field';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import './resources.css';

/** 法人: who runs the places, by name or number. */
export default function CorporationList() {
  const { t } = useTranslation('resources');
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const [words, setWords] = useState(search.words ?? '');
  const list = useInfiniteQuery({
    queryKey: ['places', 'corporations', search.words ?? ''],
    queryFn: ({ pageParam }) => ask(api.GET('/api/corporations', { params: { query: { words: search.words, limit: 100, after: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="wide">
      <PageTitle title={t('corporations.title')} crumbs={[{ to: '/resources', label: t('title') }]} actions={<PrintButton />} />
      <form
        className="row2 no-print"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ to: '/corporations', search: { words: words.trim() || undefined }, replace: true });
        }}
      >
        <TextField id="f-words" label={t('corporations.search')} maxLength={100} value={words} onChange={setWords} />
        <div className="f acts-below">
          <Button type="submit">{t('corporations.find')}</Button>
        </div>
      </form>
      <ProblemNotice error={list.error} />
      {list.isPending && <Skeleton lines={8} />}
      {list.data && items.length === 0 && <Empty>{t(search.words ? 'corporations.none' : 'corporations.none_yet')}</Empty>}
      {items.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('corporations.title')}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('public.corporation')}</th>
                <th scope="col">{t('public.corporate_number')}</th>
                <th scope="col" className="r">{t('corporations.places')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.number}>
                  <th scope="row">
                    <Link to="/corporations/$number" params={{ number: one.number }}>{one.name}</Link>
                  </th>
                  <td className="n">{one.number}</td>
                  <td className="r n">{one.places.toLocaleString()}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && <p className="no-print"><Button onPress={() => void list.fetchNextPage()}>{t('official.more')}</Button></p>}
    </div>
  );
}
