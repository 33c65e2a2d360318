import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityText } from '../api/types';
import { useCodes } from '../packs/codes';

export const activityStates = ['asked', 'arranged', 'done', 'declined'] as const;

/** Forms in which somebody besides the one spoken with takes part. */
const withPartner = ['oral_nutrition', 'two_physicians', 'outreach'];

/** What a kind of activity is called and which fields it has. */
export function useActivityWords() {
  const { t } = useTranslation('activities');
  const codes = useCodes();
  return useMemo(() => {
    const formOf = (kind: string) => codes.scheme('activity_kind')?.codes.find((entry) => entry.code === kind)?.parent ?? 'contact';
    const spent = (minutes: number) => (minutes < 60 ? t('minutes', { count: minutes }) : t('hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }));
    return {
      formOf,
      spent,
      registered: (kind: string) => formOf(kind) !== 'contact',
      hasPartner: (kind: string) => withPartner.includes(formOf(kind)),
      /** The forms with a register, in the order of the packs. */
      forms: () => (codes.scheme('activity_form')?.codes ?? []).filter((form) => form.code !== 'contact' && (codes.scheme('activity_kind')?.codes ?? []).some((kind) => kind.parent === form.code)),
      kind: (kind: string) => codes.label('activity_kind', kind),
      /** The one spoken with: affiliation, name and profession. */
      who: (text: Pick<ActivityText, 'with_name' | 'with_affiliation' | 'with_profession'>) =>
        text.with_affiliation || text.with_name
          ? [text.with_affiliation, text.with_name, text.with_profession ? t('profession', { profession: codes.label('profession', text.with_profession) }) : ''].filter(Boolean).join(' ')
          : codes.label('profession', text.with_profession),
      partnerLabel: (kind: string) => t([`partner.${formOf(kind)}`, 'field.partner']),
      begunLabel: (kind: string) => t([`field.begun_on_${formOf(kind)}`, 'field.begun_on']),
      withLabel: (kind: string) => t([`with.${formOf(kind)}`, 'field.with_name']),
    };
  }, [t, codes]);
}
