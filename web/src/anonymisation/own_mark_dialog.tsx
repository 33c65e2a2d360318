import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldText, MarkKind } from '../api/types';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SelectField, TextField } from '../ui/field';
import { atBorder } from './marks';
import { useFieldLabel } from './words';

export interface Selected {
  field: string;
  start: number;
  end: number;
}

const kinds: MarkKind[] = ['person_name', 'own_name', 'birth_date', 'age', 'date', 'phone', 'mail', 'postcode', 'insured_number', 'number', 'address', 'place', 'facility', 'combination'];

/** Words that nothing found: selected with the arrow keys and Shift, or with the pointer before. */
export function OwnMarkDialog({ fields, selected, onMark, onClose }: { fields: FieldText[]; selected: Selected; onMark: (own: Selected & { kind: MarkKind; replacement: string }) => void; onClose: () => void }) {
  const { t } = useTranslation(['anonymisation', 'common']);
  const label = useFieldLabel();
  const [range, setRange] = useState(selected);
  const [kind, setKind] = useState<MarkKind>('person_name');
  const [replacement, setReplacement] = useState('');
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const text = fields.find((field) => field.field === range.field)?.text ?? '';
  const first = useRef(selected);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(first.current.start, first.current.end);
  }, []);
  const read = () => {
    const area = box.current;
    if (area) setRange((now) => ({ ...now, start: atBorder(text, area.selectionStart), end: atBorder(text, area.selectionEnd) }));
  };
  const mark = () => {
    setTried(true);
    if (range.end <= range.start) {
      box.current?.focus();
      return;
    }
    onMark({ ...range, kind, replacement });
  };
  return (
    <Dialog
      large
      title={t('anonymisation:own_title')}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={mark}>
            {t('anonymisation:own_mark')}
          </Button>
        </>
      }
    >
      <SelectField label={t('anonymisation:own_field')} value={range.field} onChange={(field) => setRange({ field, start: 0, end: 0 })} options={fields.map((field) => ({ value: field.field, label: label(field.field) }))} />
      <label className="f" htmlFor="own-words">
        <span className="lab">{t('anonymisation:own_select')}</span>
        <textarea id="own-words" ref={box} className="in" rows={6} aria-readonly="true" value={text} onChange={() => undefined} onBeforeInput={(event) => event.preventDefault()} onSelect={read} aria-describedby="own-selected" />
      </label>
      <p id="own-selected" role="status" className={tried && range.end <= range.start ? 'err' : 'note'}>
        {range.end > range.start ? t('anonymisation:own_selected', { words: text.slice(range.start, range.end) }) : t('anonymisation:own_nothing')}
      </p>
      <SelectField label={t('anonymisation:own_kind')} value={kind} onChange={(value) => setKind(value as MarkKind)} options={kinds.map((one) => ({ value: one, label: t(`anonymisation:kind.${one}`) }))} />
      <TextField label={t('anonymisation:replacement')} value={replacement} maxLength={100} onChange={setReplacement} help={t('anonymisation:own_help')} />
    </Dialog>
  );
}
