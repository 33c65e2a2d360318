import { useTranslation } from 'react-i18next';
import type { FieldLabel } from '../ui/field';
import { ReadField } from '../ui/read_field';

/** Reads 1,200, １２００ and 3.5; null when empty, undefined when it is no number. */
export function parseNumber(text: string, whole = false): number | null | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,、]/g, '').replace(/^[−ー]/, '-');
  if (!plain) return null;
  const good = whole ? /^-?\d{1,15}$/.test(plain) : /^-?(\d+\.?\d*|\.\d+)$/.test(plain);
  return good ? Number(plain) : undefined;
}

export function NumberField({ whole = false, ...props }: FieldLabel & { value: number | null | undefined; onChange: (value: number | null) => void; unit?: string; whole?: boolean }) {
  const { t } = useTranslation('records');
  return (
    <ReadField
      {...props}
      className="num"
      inputMode={whole ? 'numeric' : 'decimal'}
      read={(text) => parseNumber(text, whole)}
      write={(number) => number.toLocaleString('en-US', { maximumFractionDigits: 10 })}
      notUnderstood={t(whole ? 'not_whole' : 'not_number')}
    />
  );
}
