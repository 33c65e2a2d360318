import { useTranslation } from 'react-i18next';
import type { FieldLabel } from './field';
import { answerDate, parseDate, parseTime, type DateLanguage } from './japanese_date';
import { ReadField } from './read_field';

export function useDateLanguage(): DateLanguage {
  return useTranslation().i18n.language === 'en' ? 'en' : 'ja';
}

/** How a date stands in its field before anyone types: short, in the order people write it. */
function written(iso: string, language: DateLanguage): string {
  const [y, m, d] = iso.split('-').map(Number) as [number, number, number];
  if (language === 'en') return iso;
  if (iso < '2019-05-01') return `${y}/${m}/${d}`;
  return `R${y - 2018}.${m}.${d}`;
}

interface Props extends FieldLabel {
  /** ISO date, or null when empty or not understood. */
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  lean?: 'past' | 'future';
}

/** One field that understands every form of a date and says what it understood. */
export function DateField({ lean, ...props }: Props) {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  return (
    <ReadField
      {...props}
      read={(text) => (text.trim() === '' ? null : (parseDate(text, { lean }) ?? undefined))}
      write={(iso) => written(iso, language)}
      answerOf={(iso) => answerDate(iso, language)}
      notUnderstood={t('date_not_understood')}
      placeholder={t('date_example')}
    />
  );
}

/** Understands 1021, 10:21, 午前10時21分. */
export function TimeField(props: FieldLabel & { value: string | null | undefined; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('common');
  return <ReadField {...props} read={(text) => (text.trim() === '' ? null : (parseTime(text) ?? undefined))} write={(time) => time} notUnderstood={t('time_not_understood')} />;
}
