import { useTranslation } from 'react-i18next';
import type { FacilityCard } from '../api/types';
import { useCodes } from '../packs/codes';
import { isList, listSchemes, type CardField } from './queries';

/** A field of the card in words; empty where nothing stands. */
export function useCardWords(): { say: (field: CardField, card: FacilityCard) => string; label: (field: string) => string } {
  const { t } = useTranslation(['confirmations', 'records']);
  const codes = useCodes();
  const say = (field: CardField, card: FacilityCard): string => {
    if (isList(field)) return card[field].map((code) => codes.label(listSchemes[field], code)).join(t('records:and'));
    if (field === 'contact') return card.contact ? codes.label('resource_contact', card.contact) : '';
    return card[field];
  };
  return { say, label: (field) => t(`confirmations:card.${field}`, { defaultValue: '' }) };
}
