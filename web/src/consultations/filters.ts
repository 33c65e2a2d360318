// The conditions of the list: what stands in the URL, what is sent to the server, and the words of the sentence.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import { useCodes } from '../packs/codes';
import { useDistricts, usePeople } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { fiscalYearLabel, fiscalYearOf, today } from '../ui/japanese_date';

/** Conditions chosen from a list, with the scheme their words come from. */
const bySchemes = { topic: 'topic', subtopic: 'subtopic', urgency: 'urgency', difficulty: 'difficulty', result: 'result', profession: 'profession', caller: 'caller_column', relisted: 'relisted', element: 'element', kind: 'kind' } as const;

/** Everything a URL of this list may say. */
export const filterNames = ['fiscal_year', 'district', 'scene', 'state', 'standing', ...Object.keys(bySchemes), 'receiver', 'desk', 'from', 'to', 'due_by', 'words', 'missing', 'id'] as const;

export const unfinished = ['open', 'on_hold', 'reopened'];
export const startingFilters: Search = { state: unfinished.join(',') };

export function valuesOf(search: Search): Record<string, string[]> {
  return Object.fromEntries(filterNames.map((name) => [name, (search[name] ?? '').split(',').filter(Boolean)]));
}

/** The query for the server. The header's desk and year hold where the URL does not say otherwise. */
export function listQuery(search: Search, place: { desk: { id: string } | null; fiscalYear: number }): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of filterNames) if (search[name]) query[name] = search[name];
  if (!query.desk && place.desk) query.desk = place.desk.id;
  if (query.id || query.desk === 'all') delete query.desk;
  if (query.fiscal_year === 'all' || query.from || query.to || query.id) delete query.fiscal_year;
  else query.fiscal_year ??= String(place.fiscalYear);
  return query;
}

export function useFilters(fiscalYear: number): Filter[] {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const codes = useCodes();
  const districts = useDistricts();
  const people = usePeople();
  return useMemo(() => {
    const ofScheme = (scheme: string) => (codes.scheme(scheme)?.codes ?? []).map((entry) => ({ value: entry.code, label: codes.label(scheme, entry.code) }));
    const now = fiscalYearOf(today());
    const years = [...new Set([fiscalYear, ...Array.from({ length: 8 }, (_, at) => now - at)])].sort((a, b) => b - a);
    return [
      {
        name: 'fiscal_year',
        label: t('filter.fiscal_year'),
        single: true,
        any: fiscalYearLabel(fiscalYear, language),
        after: t('filter.after_year'),
        options: [...years.map((year) => ({ value: String(year), label: fiscalYearLabel(year, language) })), { value: 'all', label: t('filter.all_years') }],
      },
      { name: 'district', label: t('field.district_id'), any: t('filter.any_district'), after: t('filter.after_district'), options: districts.map((region) => ({ value: region.id, label: region.name })) },
      { name: 'scene', label: t('field.scenes'), any: t('filter.any_scene'), after: t('filter.after_scene'), options: ofScheme('scene') },
      {
        name: 'state',
        label: t('state'),
        any: t('filter.any_state'),
        say: (values) => (values.join() === unfinished.join() ? t('filter.unfinished') : undefined),
        options: ['draft', 'open', 'on_hold', 'closed', 'reopened'].map((state) => ({ value: state, label: t(`common:state.consultation.${state}`) })),
      },
      { name: 'standing', label: t('filter.standing'), options: ['received', 'worked_on', 'awaiting_advice', 'on_agenda'].map((value) => ({ value, label: t(`filter.standing_${value}`) })) },
      ...Object.entries(bySchemes).map(([name, scheme]) => ({ name, label: codes.schemeLabel(scheme) || name, options: ofScheme(scheme) })),
      { name: 'receiver', label: t('field.receiver_id'), options: people.map((person) => ({ value: person.id, label: person.name })) },
      { name: 'missing', label: t('filter.missing'), options: ['topic', 'district', 'profession'].map((name) => ({ value: name, label: t(`filter.missing_${name}`) })) },
    ];
  }, [t, language, codes, districts, people, fiscalYear]);
}
