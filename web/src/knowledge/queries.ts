import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Learning, Term, TermKind } from '../api/types';
import { compile, type Matcher } from './matcher';

interface Terms {
  items: Term[];
  kinds: TermKind[];
}

const none: Terms = { items: [], kinds: [] };

/** Every term, the hidden ones too: one list for the page, the marks in texts and the explanations. */
export function useTerms(): Terms & { error: unknown; pending: boolean } {
  const { data, error, isPending } = useQuery({ queryKey: ['terms'], queryFn: () => ask(api.GET('/api/terms', { params: { query: { hidden: true } } })) as Promise<Terms>, staleTime: 10 * 60_000 });
  return { ...(data ?? none), error, pending: isPending };
}

export function useLearning() {
  return useQuery({ queryKey: ['learning'], queryFn: () => ask(api.GET('/api/learning')) as Promise<Learning> });
}

export interface TermWords {
  english: boolean;
  headword: (term: Term) => string;
  text: (text: Term['text']) => string;
  kind: (kind: string) => string;
}

/** A term in the language of the screen; what nobody wrote in English is shown in Japanese. */
export function useTermWords(kinds: TermKind[]): TermWords {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  return useMemo(
    () => ({
      english,
      headword: (term) => (english && term.text.english) || term.text.headword,
      text: (text) => (english && text.text_en) || text.text,
      kind: (name) => {
        const label = kinds.find((one) => one.kind === name)?.label;
        return (english && label?.en) || label?.ja || name;
      },
    }),
    [english, kinds],
  );
}

export interface TermBook {
  byId: Map<string, Term>;
  matcher: Matcher;
}

const books = new WeakMap<Term[], TermBook>();

/**
 * The terms that are marked in texts, with their matcher: made once for each list the server sends. A word that several
 * terms have belongs to the one whose headword it is, before other names and English ones; the municipality's text first.
 */
export function bookOf(items: Term[]): TermBook {
  let book = books.get(items);
  if (!book) {
    const shown = items.filter((term) => !term.hidden);
    const ownFirst = [...shown.filter((term) => term.own), ...shown.filter((term) => !term.own)];
    const called = (by: (text: Term['text']) => string[]) => ownFirst.map(({ id, text }) => ({ id, words: by(text) }));
    book = {
      byId: new Map(shown.map((term) => [term.id, term])),
      matcher: compile([called(({ headword }) => [headword]), called(({ names }) => names), called(({ english }) => [english])].flat()),
    };
    books.set(items, book);
  }
  return book;
}
