import { useTranslation } from 'react-i18next';
import type { VacancyRow } from '../api/types';
import { CheckedAge } from '../confirmations/checked_age';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';

/** State, number, since when, conditions, and the age of the word. One that is too old says so and tells no number. */
export function VacancyWords({ row }: { row: VacancyRow }) {
  const { t } = useTranslation('vacancies');
  const language = useDateLanguage();
  return (
    <>
      <StateChip kind="vacancy" state={row.state} plain /> {row.state !== 'expired' && row.free !== null && row.unit && t(`free.${row.unit}`, { count: row.free })}{' '}
      {row.state !== 'expired' && row.from_on && t('from', { day: shortDate(row.from_on, language) })} {row.state !== 'expired' && row.conditions}{' '}
      {row.told_on && (
        <span className="sub">
          <CheckedAge day={row.told_on} /> {t(row.by_page ? 'by_page' : 'by_phone')}
        </span>
      )}
    </>
  );
}
