import { useTranslation } from 'react-i18next';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { daysBetween, shortDate, today } from '../ui/japanese_date';

/** A day something is due: late ones say so in words, with a mark. */
export function DueMark({ on, done = false }: { on: string | null | undefined; done?: boolean }) {
  const { t } = useTranslation('records');
  const language = useDateLanguage();
  if (!on) return <>—</>;
  const late = daysBetween(on, today());
  if (done || late < 0) return <span className="n">{shortDate(on, language)}</span>;
  if (late === 0) return <span className="today nw">{t('due_today')}</span>;
  return (
    <span className="late">
      <Icon name="late" /> {t('late', { count: late })}
    </span>
  );
}
