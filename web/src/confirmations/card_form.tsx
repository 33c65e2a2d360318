// The card of a place, field by field: on its own page without an account, and for what came on paper.
import { useTranslation } from 'react-i18next';
import type { FacilityCard } from '../api/types';
import { SelectField, TextArea, TextField } from '../ui/field';
import { cardFields, isList, type CardField, type ListField, type TextField as Written } from './queries';

export interface CardChoice {
  value: string;
  label: string;
}

interface Props {
  card: FacilityCard;
  onChange: (card: FacilityCard) => void;
  choices: (field: ListField | 'contact') => CardChoice[];
  field: (name: string) => { id: string; label: string; error?: string };
}

const limits: Record<Written, number> = { phone: 40, fax: 40, mail: 200, speciality: 1000, area: 1000, hours: 1000, capacity: 400, cost_note: 400, admission: 2000, discharge: 2000 };
const lines = new Set<CardField>(['phone', 'fax', 'mail', 'cost_note']);

export function CardForm({ card, onChange, choices, field }: Props) {
  const { t } = useTranslation('confirmations');
  const put = (name: CardField, value: unknown) => onChange({ ...card, [name]: value } as FacilityCard);
  return (
    <>
      {cardFields.map((name) => {
        if (name === 'contact') return <SelectField key={name} {...field(name)} none={t('card.no_wish')} options={choices(name)} value={card.contact ?? ''} onChange={(value) => put(name, value || null)} />;
        if (isList(name))
          return (
            <fieldset key={name} className="f card-ticks" id={field(name).id} tabIndex={-1}>
              <legend>{field(name).label}</legend>
              {choices(name).map((one) => (
                <label key={one.value} className="opt">
                  <input
                    type="checkbox"
                    checked={card[name].includes(one.value)}
                    onChange={(event) => put(name, event.target.checked ? [...card[name], one.value] : card[name].filter((code) => code !== one.value))}
                  />
                  {one.label}
                </label>
              ))}
              {field(name).error && <p className="err">{field(name).error}</p>}
            </fieldset>
          );
        const common = { ...field(name), help: t(`card.help.${name}`, { defaultValue: '' }) || undefined, maxLength: limits[name], value: card[name], onChange: (value: string) => put(name, value) };
        return lines.has(name) ? <TextField key={name} {...common} inputMode={name === 'cost_note' ? 'text' : name === 'mail' ? 'email' : 'tel'} /> : <TextArea key={name} {...common} rows={2} />;
      })}
    </>
  );
}
