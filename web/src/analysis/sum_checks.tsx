import { useTranslation } from 'react-i18next';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { monthLabel } from '../ui/japanese_date';
import type { MonthTable, SumCheck } from './figures';

/** Sums that do not match, in words. Those that must match stand out; the others are a note under the table. */
export function SumChecks({ table, required = false }: { table: MonthTable; required?: boolean }) {
  const { t } = useTranslation('analysis');
  const language = useDateLanguage();
  const checks = table.checks.filter((check) => check.required === required);
  const words = (check: SumCheck) =>
    t(check.actual < check.expected ? 'checks.less' : 'checks.more', {
      month: check.month ? monthLabel(check.month, language) : t('months.sum'),
      group: t(`group.${check.group}`),
      actual: check.actual,
      expected: check.expected,
      difference: Math.abs(check.expected - check.actual),
    });
  if (checks.length === 0) return required || table.suppressed ? null : <p className="note checks-ok">{table.checks.length === 0 ? t('checks.all_match') : null}</p>;
  const lines = (
    <ul>
      {checks.map((check) => (
        <li key={`${check.month}${check.group}`}>{words(check)}</li>
      ))}
    </ul>
  );
  if (!required)
    return (
      <details className="fold-more no-print">
        <summary>{t('checks.others', { count: checks.length })}</summary>
        <div className="note">
          <p>{t('checks.others_what')}</p>
          {lines}
        </div>
      </details>
    );
  return (
    <div className="notice problem" role="status">
      <h2>
        <span className="late">
          <Icon name="late" />
        </span>{' '}
        {t('checks.title')}
      </h2>
      <div className="sm">
        {lines}
        <p>{t('checks.what')}</p>
      </div>
    </div>
  );
}
