import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchText, ReferralText } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';

/** Every field of a search in words. */
export function useMatchWords(): { say: (field: string, text: MatchText) => string; label: (field: string) => string } {
  const { t } = useTranslation('referrals');
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  return useMemo(() => {
    const and = t('and');
    const say = (field: string, of: MatchText): string => {
      switch (field) {
        case 'service':
          return codes.label('resource_service', of.service);
        case 'treatments':
          return of.treatments.map((code) => codes.label('treatment', code)).join(and);
        case 'open_times':
          return of.open_times.map((code) => codes.label('open_time', code)).join(and);
        case 'languages':
          return of.languages.map((code) => codes.label('language', code)).join(and);
        case 'costs':
          return of.costs.map((code) => codes.label('cost', code)).join(and);
        case 'district_id':
          return names.region(of.district_id);
        case 'days':
          return of.days.map((day) => t(`day.${day}`)).join(and);
        case 'starts_on':
          return longDate(of.starts_on, language);
        case 'contact':
          return codes.label('resource_contact', of.contact);
        default:
          return String(of[field as keyof MatchText] ?? '');
      }
    };
    return { say, label: (field) => t(`match.field.${field}`) };
  }, [t, codes, names, language]);
}

/** Every field of an ask in words. */
export function useReferralWords(): { say: (field: string, text: ReferralText) => string; label: (field: string) => string } {
  const { t } = useTranslation('referrals');
  const codes = useCodes();
  const language = useDateLanguage();
  return useMemo(() => {
    const say = (field: string, of: ReferralText): string => {
      const value = of[field as keyof ReferralText];
      if (value === null || value === undefined || value === '') return '';
      if (field === 'method' || field === 'answer' || field === 'outcome') return t(`${field}.${String(value)}`);
      if (field === 'reason' || field === 'outcome_reason') return codes.label('refusal_reason', String(value));
      if (field === 'shown') return of.shown.map((one) => t(`shown.${one}`)).join(t('and'));
      if (field.endsWith('_on') || field === 'reply_by') return longDate(String(value), language);
      return String(value);
    };
    return { say, label: (field) => t(`field.${field}`) };
  }, [t, codes, language]);
}
