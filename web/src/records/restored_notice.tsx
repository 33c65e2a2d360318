import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, shortDate } from '../ui/japanese_date';

/** What had been written before a reload is back, and can be thrown away. `overtaken`: somebody else wrote in the same field since. */
export function RestoredNotice({ at, overtaken = false, onDiscard }: { at: string | null; overtaken?: boolean; onDiscard: () => void }) {
  const { t } = useTranslation('records');
  const language = useDateLanguage();
  if (!at) return null;
  const { date, time } = inJapan(at);
  return (
    <div className="notice info" role="status">
      <p>{t('restored', { day: shortDate(date, language), time })}</p>
      {overtaken && <p>{t('restored_overtaken')}</p>}
      <div className="acts">
        <Button small type="button" onPress={onDiscard}>
          {t('discard_restored')}
        </Button>
      </div>
    </div>
  );
}
