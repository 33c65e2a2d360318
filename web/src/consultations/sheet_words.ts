import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultationSheet, Element } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';
import { isEmpty, sheetFields, type SheetField } from './sheet';

/** Says every value of a sheet in words. */
export function useSheetWords() {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  return useMemo(() => {
    const and = t('and');
    const element = (one: Element) => {
      const label = codes.label('element', one.element);
      if (one.value === 'yes') return label;
      return one.value === 'suspected' ? t('element.suspected_of', { element: label }) : t('element.words_of', { element: label, words: one.text });
    };
    const value = (name: SheetField, sheet: ConsultationSheet): string => {
      const raw = sheet[name];
      if (isEmpty(raw)) return '';
      const { kind, scheme } = sheetFields[name];
      switch (kind) {
        case 'code':
          return codes.label(scheme!, raw as string);
        case 'codes':
          return (raw as string[]).map((code) => codes.label(scheme!, code)).join(and);
        case 'date':
          return longDate(raw as string, language);
        case 'person':
          return names.person(raw as string);
        case 'region':
          return names.region(raw as string);
        case 'elements':
          return (raw as Element[]).map(element).join(and);
        case 'line':
        case 'text':
        case 'time':
          return raw as string;
      }
    };
    return { value, element, label: (name: string) => t(`field.${name}`) };
  }, [t, codes, names, language]);
}
