import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IssueText } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';

export function emptyIssue(): IssueText {
  return { title: '', description: '', present: '', goal: '', gap: '', causes: [], scenes: [], kind: null, professions: [], layer: null, region_id: null, owner_id: null, due_on: null, waiting_for: '' };
}

/** Every field of an issue in words. */
export function useIssueWords(): { say: (field: keyof IssueText, text: IssueText) => string; label: (field: string) => string } {
  const { t } = useTranslation(['issues', 'records']);
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  return useMemo(() => {
    const and = t('records:and');
    const say = (field: keyof IssueText, text: IssueText): string => {
      switch (field) {
        case 'causes':
          return text.causes.map((cause) => `${t(cause.confirmed ? 'cause.confirmed' : 'cause.assumed')} ${cause.text}`).join('\n');
        case 'scenes':
          return text.scenes.map((code) => codes.label('scene', code)).join(and);
        case 'professions':
          return text.professions.map((code) => codes.label('profession', code)).join(and);
        case 'kind':
          return codes.label('issue_kind', text.kind);
        case 'layer':
          return codes.label('layer', text.layer);
        case 'region_id':
          return names.region(text.region_id);
        case 'owner_id':
          return names.person(text.owner_id);
        case 'due_on':
          return longDate(text.due_on, language);
        default:
          return text[field];
      }
    };
    return { say, label: (field) => t(`field.${field}`) };
  }, [t, codes, names, language]);
}
