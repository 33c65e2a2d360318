import { useTranslation } from 'react-i18next';
import type { EvaluationText, IndicatorText } from '../api/types';
import { useCodes } from '../packs/codes';
import { useIssueOptions, useMeasureOptions } from '../records/pickers';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';

export const indicatorSchemes: Record<string, string> = { kind: 'indicator_kind', view: 'indicator_view', grain: 'grain', direction: 'direction' };
export const indicatorPeriods = ['month', 'fiscal_year', 'point'];

/** Every field of an indicator in words. */
export function useIndicatorWords(): { say: (field: string, text: IndicatorText) => string; label: (field: string) => string } {
  const { t } = useTranslation(['indicators', 'records']);
  const codes = useCodes();
  const issues = useIssueOptions();
  const measures = useMeasureOptions();
  const say = (field: string, of: IndicatorText): string => {
    const value = of[field as keyof IndicatorText];
    if (!value) return '';
    if (indicatorSchemes[field]) return codes.label(indicatorSchemes[field], value as string);
    if (field === 'scenes') return of.scenes.map((code) => codes.label('scene', code)).join(t('records:and'));
    if (field === 'period') return indicatorPeriods.includes(of.period) ? t(`indicators:period.${of.period}`) : of.period;
    if (field === 'figure') return t(`indicators:figure.${of.figure}`);
    if (field === 'issue_ids') return of.issue_ids.map((one) => issues.find((option) => option.value === one)?.label ?? '').join('\n');
    if (field === 'measure_ids') return of.measure_ids.map((one) => measures.find((option) => option.value === one)?.label ?? '').join('\n');
    return String(value);
  };
  return { say, label: (field) => t(`indicators:field.${field}`, { defaultValue: '' }) };
}

/** Every field of an evaluation in words. */
export function useEvaluationWords(): { say: (field: keyof EvaluationText & string, text: EvaluationText) => string; label: (field: string, pointer?: string) => string } {
  const { t } = useTranslation('indicators');
  const language = useDateLanguage();
  const issues = useIssueOptions();
  const measures = useMeasureOptions();
  const say = (field: keyof EvaluationText & string, of: EvaluationText): string => {
    if (field === 'measure_id') return measures.find((one) => one.value === of.measure_id)?.label ?? '';
    if (field === 'issue_id') return issues.find((one) => one.value === of.issue_id)?.label ?? '';
    if (field === 'evaluated_on') return longDate(of.evaluated_on, language);
    if (field === 'outcome') return t(`evaluation.outcome.${of.outcome}`);
    if (field === 'judgements') return of.judgements.map((one) => `${one.indicator_name} ${one.value ?? '—'} / ${one.target ?? '—'} ${one.comment}`).join('\n');
    return of[field];
  };
  const label = (field: string, pointer = '') => {
    const row = field === 'judgements' ? Number(/judgements\/(\d+)/.exec(pointer)?.[1]) : NaN;
    const name = t(`evaluation.field.${field}`, { defaultValue: '' });
    return Number.isNaN(row) ? name : t('series.nth', { name, count: row + 1 });
  };
  return { say, label };
}
