// What fields, codes and faults are called on the screens of an import.
import { useTranslation } from 'react-i18next';
import { useDistricts, usePeople } from '../regions/regions';
import { useCodes } from '../packs/codes';
import type { ConsultationSheet, LineFault } from '../api/types';
import { schemes } from './queries';

export interface Choice {
  value: string;
  label: string;
}

export function useImportWords() {
  const { t } = useTranslation(['imports', 'consultations', 'problems']);
  const codes = useCodes();
  const districts = useDistricts();
  const colleagues = usePeople();
  const field = (name: string) => (name.startsWith('person_') || name === 'state' || name === 'caller_kana' ? t(`field.${name}`) : t(`consultations:field.${name}`, { defaultValue: name }));
  const choices = (name: string): Choice[] => {
    if (name === 'state') return ['closed', 'open', 'on_hold'].map((value) => ({ value, label: t(`state_word.${value}`) }));
    if (name === 'receiver_id') return colleagues.map((one) => ({ value: one.id, label: one.name }));
    if (name === 'district_id') return districts.map((one) => ({ value: one.id, label: one.name }));
    return (codes.scheme(schemes[name] ?? '')?.codes ?? []).map((entry) => ({ value: entry.code, label: codes.label(schemes[name]!, entry.code) }));
  };
  const code = (name: string, value: string) => choices(name).find((one) => one.value === value)?.label ?? value;
  /** What stands in a field of a sheet, in words. */
  const said = (sheet: ConsultationSheet, name: string): string => {
    const value = (sheet as unknown as Record<string, unknown>)[name];
    if (value === null || value === undefined || value === '') return '';
    if (name === 'elements') return sheet.elements.map((one) => code('elements', one.element) + (one.value === 'suspected' ? t('suspected') : one.text ? `(${one.text})` : '')).join(' · ');
    if (Array.isArray(value)) return value.map((one) => code(name, String(one))).join(' · ');
    return schemes[name] || name === 'receiver_id' || name === 'district_id' ? code(name, String(value)) : String(value);
  };
  const fault = (one: LineFault): string => {
    const known = t(`fault.${one.reason}`, { limit: one.limit, defaultValue: '' });
    return known || t(`problems:field.${one.reason}`, { limit: one.limit, defaultValue: one.reason });
  };
  return { field, choices, code, said, fault };
}
