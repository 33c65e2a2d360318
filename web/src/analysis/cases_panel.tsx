import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import { Button } from '../ui/button';
import { useCountWords } from '../ui/data_table';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { CaseText } from './case_panel';
import type { Query } from './figures';

/** The cases behind a figure with their background. */
export function CasesPanel({ title, query, onClose }: { title: string; query: Query; onClose: () => void }) {
  const { t } = useTranslation('analysis');
  const count = useCountWords();
  const box = useRef<HTMLElement>(null);
  const list = useInfiniteQuery({
    queryKey: ['consultations', 'cases', query],
    queryFn: ({ pageParam }) => ask(api.GET('/api/consultations/cases', { params: { query: { ...query, limit: '20', ...(pageParam ? { after: pageParam } : {}) } } as never })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const first = list.data?.pages[0];
  const cases = list.data?.pages.flatMap((page) => page.items) ?? [];
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    if (window.matchMedia('(max-width: 1199px)').matches) box.current?.scrollIntoView({ block: 'start' });
  }, [title]);
  return (
    <section
      className="cases no-print"
      aria-labelledby="cases-h"
      tabIndex={-1}
      ref={box}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="cases-h">
        <h2 id="cases-h">{title}</h2>
        <Button kind="plain" small icon="x" className="close" onPress={onClose}>
          {t('common:close')}
        </Button>
      </div>
      <ProblemNotice error={list.error} />
      {list.isPending && <Skeleton />}
      {first && (
        <p className="sm">
          {count(first.total, first.total_capped)}{' '}
          <Link to="/consultations" search={query}>
            {t('case.as_list')}
          </Link>
        </p>
      )}
      {first && cases.length === 0 && <p className="note">{t('case.none')}</p>}
      {cases.map((one) => (
        <CaseText key={one.id} one={one} />
      ))}
      {list.hasNextPage && (
        <Button small onPress={() => void list.fetchNextPage()}>
          {t('common:table.more')}
        </Button>
      )}
    </section>
  );
}
