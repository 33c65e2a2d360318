import { useTranslation } from 'react-i18next';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { longDate, shortDate, today } from '../ui/japanese_date';

/** The next day something is due; late days stand out by mark, word and colour together. */
export function FollowUp({ on, closed, long = false }: { on: string | null | undefined; closed: boolean; long?: boolean }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  if (!on) return <>—</>;
  const day = long ? longDate(on, language) : shortDate(on, language);
  if (closed || on > today()) return <>{day}</>;
  if (on === today()) return <span className="today">{t('due_today', { day })}</span>;
  return (
    <span className="late">
      <Icon name="late" /> {t('overdue', { day })}
    </span>
  );
}
