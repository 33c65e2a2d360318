import { useTranslation } from 'react-i18next';
import { ageOf } from './age';

/** How long ago something was confirmed or told; a day nobody has said stands as such. */
export function CheckedAge({ day, never }: { day: string | null | undefined; never?: string }) {
  const { t } = useTranslation('confirmations');
  if (!day) return <>{never ?? t('age.never')}</>;
  const { unit, count } = ageOf(day);
  return (
    <time dateTime={day} title={day}>
      {t(`age.${unit}`, { count })}
    </time>
  );
}
