import { useTranslation } from 'react-i18next';
import { usePeople } from '../regions/regions';
import { Combo, type ComboOption } from '../ui/combo';
import { SelectField, type FieldLabel } from '../ui/field';
import { Icon } from '../ui/icon';
import { useNumber, useOwnDesk } from './words';
import { useAll } from './queries';
import type { IndicatorRow, IssueRow, MeasureRow } from '../api/types';

type Many = FieldLabel & { value: readonly string[]; onChange: (value: string[]) => void };

/** Several records: those chosen as lines that can be taken away, and a field that adds one more. */
function RecordList({ value, onChange, options, ...label }: Many & { options: ComboOption[] }) {
  const { t } = useTranslation('records');
  const name = (id: string) => options.find((option) => option.value === id)?.label ?? t('a_record');
  return (
    <div className="f">
      <Combo {...label} value={null} onChange={(id) => id && !value.includes(id) && onChange([...value, id])} options={options.filter((option) => !value.includes(option.value))} placeholder={t('add_one')} />
      {value.length > 0 && (
        <ul className="picked">
          {value.map((id) => (
            <li key={id}>
              <span>{name(id)}</span>
              <button type="button" className="btn small plain" onClick={() => onChange(value.filter((one) => one !== id))}>
                <Icon name="x" />
                <span className="vh">{t('take_away', { what: name(id) })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function IssuesField(props: Many) {
  return <RecordList {...props} options={useIssueOptions()} />;
}

export function MeasuresField(props: Many) {
  return <RecordList {...props} options={useMeasureOptions()} />;
}

export function useIssueOptions(): ComboOption[] {
  const number = useNumber();
  const rows = useAll<IssueRow>('/api/issues');
  return (rows ?? []).map((row) => ({ value: row.id, label: `${number('issue', row.number)} ${row.title}` }));
}

export function useMeasureOptions(): ComboOption[] {
  return (useAll<MeasureRow>('/api/measures') ?? []).map((row) => ({ value: row.id, label: row.title }));
}

export function useIndicatorOptions(): ComboOption[] {
  return (useAll<IndicatorRow>('/api/indicators') ?? []).map((row) => ({ value: row.id, label: row.name }));
}

export function PersonField({ value, onChange, ...label }: FieldLabel & { value: string | null; onChange: (value: string | null) => void }) {
  const people = usePeople() as { id: string; name: string; current?: boolean }[];
  const options = people.filter((person) => person.current !== false || person.id === value).map((person) => ({ value: person.id, label: person.name }));
  return <Combo {...label} value={value} onChange={onChange} options={options} />;
}

/** Only where there is something to choose. */
export function DeskField({ value, onChange, ...label }: FieldLabel & { value: string | null; onChange: (value: string | null) => void }) {
  const { choices } = useOwnDesk();
  if (choices.length < 2) return null;
  return <SelectField {...label} value={value ?? ''} onChange={(id) => onChange(id || null)} options={choices.map((desk) => ({ value: desk.id, label: desk.name }))} />;
}
