// Whether somebody can be taken, how many, on what conditions, from when: by phone at the desk, and by the place itself.
import { useTranslation } from 'react-i18next';
import type { VacancyNote } from '../api/types';
import { NumberField } from '../records/number_field';
import { DateField } from '../ui/date_field';
import { SelectField, TextArea, TextField } from '../ui/field';
import { acceptances, units } from './queries';

const days = ['3', '7', '14', '30', '60', '90'];

export function NoteForm({ note, onChange, field, outside }: { note: VacancyNote; onChange: (note: VacancyNote) => void; field: (name: string) => { id: string; label: string; error?: string }; outside?: boolean }) {
  const { t } = useTranslation('vacancies');
  const change = (part: Partial<VacancyNote>) => onChange({ ...note, ...part } as VacancyNote);
  const asked = field('acceptance');
  return (
    <>
      <fieldset className="f accept" id={asked.id} tabIndex={-1}>
        <legend>{asked.label}</legend>
        {acceptances.map((value) => (
          <label key={value} className={outside ? 'opt big' : 'opt'}>
            <input type="radio" name={`acceptance-${asked.id}`} checked={note.acceptance === value} onChange={() => change({ acceptance: value, ...(value === 'no' ? { free: null } : {}) })} />
            {t(`acceptance.${value}`)}
          </label>
        ))}
        {asked.error && <p className="err">{asked.error}</p>}
      </fieldset>
      {note.acceptance !== 'no' && (
        <div className="row2">
          <NumberField {...field('free')} whole value={note.free} onChange={(free) => change({ free })} />
          <SelectField {...field('unit')} options={units.map((value) => ({ value, label: t(`unit.${value}`) }))} value={note.unit} onChange={(unit) => change({ unit: unit as VacancyNote['unit'] })} />
        </div>
      )}
      <TextArea {...field('conditions')} required={note.acceptance === 'conditional'} help={t('field.conditions_help')} maxLength={400} rows={2} value={note.conditions} onChange={(conditions) => change({ conditions })} />
      <div className="row2">
        <DateField {...field('from_on')} lean="future" value={note.from_on} onChange={(from_on) => change({ from_on })} />
        <SelectField {...field('days')} help={t('field.days_help')} options={days.map((value) => ({ value, label: t('days', { count: Number(value) }) }))} value={String(note.days ?? 14)} onChange={(value) => change({ days: Number(value) })} />
      </div>
      <TextField {...field('told_by')} maxLength={100} value={note.told_by} onChange={(told_by) => change({ told_by })} />
    </>
  );
}
