import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, type FieldLabel } from './field';
import { answerDate, parseDate, parseTime, type DateLanguage } from './japanese_date';

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
export function DateField({ value, onChange, lean, error, answer, ...label }: Props) {
  const { t } = useTranslation('common');
  const language = useDateLanguage();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (value ? written(value, language) : '');
  const wrong = text !== null && text.trim() !== '' && parseDate(text, { lean }) === null;
  const [left, setLeft] = useState(false);
  return (
    <Field {...label} error={(wrong && left ? t('date_not_understood') : undefined) ?? error} answer={value && !wrong ? answerDate(value, language) : answer}>
      {(wired) => (
        <input
          {...wired}
          type="text"
          className="in"
          autoComplete="off"
          value={shown}
          placeholder={t('date_example')}
          onChange={(event) => {
            setText(event.target.value);
            setLeft(false);
            onChange(parseDate(event.target.value, { lean }));
          }}
          onBlur={() => {
            if (text !== null && (text.trim() === '' || parseDate(text, { lean }))) setText(null);
            setLeft(true);
          }}
        />
      )}
    </Field>
  );
}

/** Understands 1021, 10:21, 午前10時21分. */
export function TimeField({ value, onChange, error, ...label }: FieldLabel & { value: string | null | undefined; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('common');
  const [text, setText] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const wrong = text !== null && text.trim() !== '' && parseTime(text) === null;
  return (
    <Field {...label} error={(wrong && left ? t('time_not_understood') : undefined) ?? error}>
      {(wired) => (
        <input
          {...wired}
          type="text"
          className="in"
          autoComplete="off"
          value={text ?? value ?? ''}
          onChange={(event) => {
            setText(event.target.value);
            setLeft(false);
            onChange(parseTime(event.target.value));
          }}
          onBlur={() => {
            if (text !== null && (text.trim() === '' || parseTime(text))) setText(null);
            setLeft(true);
          }}
        />
      )}
    </Field>
  );
}
