import { useTranslation } from 'react-i18next';
import type { OwnPlaceText } from '../api/types';
import { useCodes } from '../packs/codes';
import { useMunicipalityName } from './queries';

/** What a municipality registers itself; the other services come from official files. */
export const ownServices = ['support_center', 'home_care_center', 'gathering', 'salon', 'self_help', 'volunteer', 'meals', 'shop', 'transport', 'watching', 'housework', 'disability', 'public_facility', 'other_own'];

export function emptyOwnPlace(municipality_code: string): OwnPlaceText {
  return {
    name: '', kana: '', services: [], municipality_code, address: '', building: '', latitude: null, longitude: null, phone: '', fax: '', url: '', corporation: '', corporate_number: '', capacity: null, open_days: [], days_note: '', description: '',
  };
}

/** Every field in words. */
export function useOwnPlaceWords(): { say: (field: string, text: OwnPlaceText) => string; label: (field: string) => string } {
  const { t } = useTranslation(['resources', 'records']);
  const codes = useCodes();
  const municipality = useMunicipalityName();
  const say = (field: string, of: OwnPlaceText): string => {
    const value = of[field as keyof OwnPlaceText];
    if (value === null || value === undefined || value === '') return '';
    if (field === 'services') return of.services.map((code) => codes.label('resource_service', code)).join(t('records:and'));
    if (field === 'open_days') return of.open_days.map((day) => t(`resources:day.${day}`)).join(t('resources:day_separator'));
    if (field === 'municipality_code') return municipality(of.municipality_code);
    return String(value);
  };
  return { say, label: (field) => t(`resources:own.field.${field}`, { defaultValue: '' }) };
}
