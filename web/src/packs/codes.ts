// Labels of codes come from the packs the desk has chosen, never from the screens.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { CodeEntry, Label, Scheme } from '../api/types';
import { today } from '../ui/japanese_date';

export const packsQuery = queryOptions({ queryKey: ['packs'], queryFn: () => ask(api.GET('/api/packs')), staleTime: 10 * 60_000 });

export function usePacks() {
  return useQuery(packsQuery).data;
}

export interface Codes {
  ready: boolean;
  scheme: (name: string) => Scheme | undefined;
  /** What a code is called; the code itself when no pack knows it. */
  label: (scheme: string, code: string | null | undefined) => string;
  /** For narrow heads and lists. */
  short: (scheme: string, code: string | null | undefined) => string;
  schemeLabel: (name: string) => string;
  /** Codes that can be chosen on `on`; a retired one only where it is chosen already. */
  choices: (scheme: string, options?: { on?: string; chosen?: readonly string[]; parent?: string | null }) => CodeEntry[];
  /** Position of a code in its scheme, from 1, as printed on paper. */
  number: (scheme: string, code: string) => number;
}

export function inForce(entry: CodeEntry, on: string): boolean {
  return (!entry.valid_from || entry.valid_from <= on) && (!entry.retired_on || on < entry.retired_on);
}

export function useWords(): (label: Label | undefined) => string {
  const { i18n } = useTranslation();
  const english = i18n.language === 'en';
  return useMemo(() => (label) => (english && label?.en ? label.en : (label?.ja ?? '')), [english]);
}

export function useCodes(): Codes {
  const packs = usePacks();
  const words = useWords();
  const { i18n } = useTranslation();
  return useMemo(() => {
    const schemes = new Map((packs?.schemes ?? []).map((s) => [s.name, s]));
    const find = (scheme: string, code: string | null | undefined) =>
      code ? schemes.get(scheme)?.codes.find((entry) => entry.code === code) : undefined;
    return {
      ready: packs !== undefined,
      scheme: (name) => schemes.get(name),
      schemeLabel: (name) => words(schemes.get(name)?.label),
      label: (scheme, code) => words(find(scheme, code)?.label) || (code ?? ''),
      short: (scheme, code) => {
        const entry = find(scheme, code);
        return (i18n.language === 'ja' && entry?.short_label) || words(entry?.label) || (code ?? '');
      },
      choices: (scheme, { on = today(), chosen = [], parent } = {}) =>
        (schemes.get(scheme)?.codes ?? []).filter(
          (entry) =>
            (inForce(entry, on) || chosen.includes(entry.code)) && (parent === undefined || (entry.parent ?? null) === parent),
        ),
      number: (scheme, code) => (schemes.get(scheme)?.codes ?? []).findIndex((entry) => entry.code === code) + 1,
    };
  }, [packs, words, i18n.language]);
}
