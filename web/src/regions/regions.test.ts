import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { packsQuery } from '../packs/codes';
import { desksQuery, peopleQuery, regionsQuery, useNamesOnPaper } from './regions';

const all = [regionsQuery.queryKey, desksQuery.queryKey, peopleQuery.queryKey, packsQuery.queryKey];

/** What a paper is told when these answers are there. */
function told(there: readonly (readonly unknown[])[], failed?: readonly unknown[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, enabled: false } } });
  for (const key of there) queries.setQueryData(key, { items: [] } as never);
  if (failed) queries.getQueryCache().build(queries, { queryKey: failed }).setState({ status: 'error', error: new Error('gone') });
  let said: ReturnType<typeof useNamesOnPaper> | undefined;
  const Paper = () => {
    said = useNamesOnPaper();
    return null;
  };
  renderToString(createElement(QueryClientProvider, { client: queries }, createElement(Paper)));
  return { ready: said!.ready, error: said!.error?.message };
}

test('a paper waits for every list of names and for the words of codes', () => {
  expect(told(all)).toEqual({ ready: true, error: undefined });
  for (const missing of all) expect(told(all.filter((one) => one !== missing))).toEqual({ ready: false, error: undefined });
});

test('one that cannot be read is told; one that was read before is enough', () => {
  for (const key of all) {
    expect(told(all.filter((one) => one !== key), key)).toEqual({ ready: false, error: 'gone' });
    expect(told(all, key)).toEqual({ ready: true, error: undefined });
  }
});
