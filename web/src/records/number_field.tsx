import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field, type FieldLabel } from '../ui/field';

/** Reads 1,200, １２００ and 3.5; null when empty, undefined when it is no number. */
export function parseNumber(text: string, whole = false): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,、]/g, '').replace(/^[−ー]/, '-');
  if (!plain) return null;
  const good = whole ? /^-?\d{1,15}$/.test(plain) : /^-?(\d+\.?\d*|\.\d+)$/.test(plain);
  return good ? Number(plain) : undefined;
}

export function NumberField({ value, onChange, unit, whole = false, error, ...label }: FieldLabel & { value: number | null | undefined; onChange: (value: number | null) => void; unit?: string; whole?: boolean }) {
  const { t } = useTranslation('records');
  const [text, setText] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const shown = text ?? (value === null || value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 10 }));
  const wrong = text !== null && parseNumber(text, whole) === undefined;
  return (
    <Field {...label} error={(wrong && left ? t(whole ? 'not_whole' : 'not_number') : undefined) ?? error}>
      {(wired) => (
        <span className="in-unit">
          <input
            {...wired}
            type="text"
            inputMode={whole ? 'numeric' : 'decimal'}
            autoComplete="off"
            className="in num"
            value={shown}
            onChange={(event) => {
              setText(event.target.value);
              setLeft(false);
              onChange(parseNumber(event.target.value, whole) ?? null);
            }}
            onBlur={() => {
              if (!wrong) setText(null);
              setLeft(true);
            }}
          />
          {unit && <span className="sub nw">{unit}</span>}
        </span>
      )}
    </Field>
  );
}
