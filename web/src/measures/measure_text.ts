import { useTranslation } from 'react-i18next';
import type { MeasureText } from '../api/types';
import { useCodes } from '../packs/codes';
import { useIssueOptions } from '../records/pickers';
import { yen } from '../records/words';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';

export function emptyMeasure(): MeasureText {
  return {
    title: '', kind: null, description: '', issue_ids: [], feasibility: null, feasibility_note: '', starts_on: null, ends_on: null, actors: [], parties: '', budget_asked: null, budget_granted: null,
    budget_spent: null, evaluate_on: null, wide_area: false, departments: '', proposal_target: null, outputs: '', owner_id: null,
  };
}

const schemes: Record<string, string> = { kind: 'measure_kind', feasibility: 'feasibility', proposal_target: 'proposal_target' };

/** Every field of a measure in words. */
export function useMeasureWords(): { say: (field: string, text: MeasureText) => string; label: (field: string) => string } {
  const { t } = useTranslation(['measures', 'records', 'common']);
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const issues = useIssueOptions();
  const say = (field: string, of: MeasureText): string => {
    const value = of[field as keyof MeasureText];
    if (value === null || value === undefined || value === '') return '';
    if (schemes[field]) return codes.label(schemes[field], value as string);
    if (field === 'actors') return of.actors.map((code) => codes.label('actor', code)).join(t('records:and'));
    if (field === 'issue_ids') return of.issue_ids.map((one) => issues.find((option) => option.value === one)?.label ?? '').join('\n');
    if (field === 'owner_id') return names.person(of.owner_id);
    if (field === 'wide_area') return t(of.wide_area ? 'common:yes' : 'common:no');
    if (typeof value === 'number') return yen(value);
    if (field.endsWith('_on')) return longDate(value as string, language);
    return String(value);
  };
  return { say, label: (field) => t(`measures:field.${field}`, { defaultValue: '' }) };
}
