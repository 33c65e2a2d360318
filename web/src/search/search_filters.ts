// What narrows a search beside its words: desk, fiscal year, and the state once one kind is chosen.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HitKind } from '../api/types';
import type { Search } from '../app/router';
import { usePlace, years } from '../app/place';
import { useDateLanguage } from '../ui/date_field';
import type { Filter } from '../ui/filter_sentence';
import { fiscalYearLabel } from '../ui/japanese_date';

const states: Partial<Record<HitKind, string[]>> = {
  consultation: ['draft', 'open', 'on_hold', 'closed', 'reopened'],
  activity: ['asked', 'arranged', 'done', 'declined'],
  referral: ['prepared', 'sent', 'received', 'answered', 'settled', 'followed', 'withdrawn'],
  discharge: ['planning', 'decided', 'discharged', 'ended', 'readmitted', 'cancelled'],
  issue: ['sign', 'reviewing', 'planned', 'underway', 'evaluating', 'solved', 'continued', 'reconsidered', 'on_hold'],
  meeting: ['planned', 'held', 'cancelled'],
  measure: ['draft', 'coordination', 'approved', 'budgeted', 'underway', 'evaluating', 'finished', 'cancelled'],
  evaluation: ['continue', 'change', 'finish'],
};

export function useSearchFilters(kind: HitKind | undefined, search: Search) {
  const { t } = useTranslation(['search', 'common']);
  const language = useDateLanguage();
  const { desks } = usePlace();
  return useMemo(() => {
    const all: Filter[] = [
      { name: 'fiscal_year', label: t('filter.fiscal_year'), single: true, any: t('filter.any_year'), options: years().map((year) => ({ value: String(year), label: fiscalYearLabel(year, language) })) },
      ...(desks.length > 1 ? [{ name: 'desk', label: t('common:desk'), any: t('common:all_desks'), options: desks.map((desk) => ({ value: desk.id, label: desk.name })) }] : []),
      ...(kind && states[kind] ? [{ name: 'state', label: t('filter.state'), any: t('filter.any_state'), options: states[kind].map((state) => ({ value: state, label: t(`common:state.${kind}.${state}`) })) }] : []),
    ];
    for (const filter of all.slice(0, -1)) filter.after = t('filter.between');
    const values = Object.fromEntries(all.map((filter) => [filter.name, (search[filter.name] ?? '').split(',').filter(Boolean)]));
    const query = Object.fromEntries(all.flatMap((filter) => (search[filter.name] ? [[filter.name, search[filter.name]!]] : [])));
    return { filters: all, values, query };
  }, [t, language, desks, kind, search]);
}
