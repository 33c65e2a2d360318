import { useTranslation } from 'react-i18next';
import type { Body, BodyText, MeetingText } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';

/** Every field of a meeting in words. */
export function useMeetingWords(bodies: readonly Body[]): { say: (field: keyof MeetingText & string, text: MeetingText) => string; label: (field: string, pointer?: string) => string } {
  const { t } = useTranslation(['meetings', 'common']);
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const say = (field: keyof MeetingText & string, of: MeetingText): string => {
    switch (field) {
      case 'body_id':
        return bodies.find((body) => body.id === of.body_id)?.text.name ?? '';
      case 'held_on':
        return longDate(of.held_on, language);
      case 'form':
        return codes.label('meeting_form', of.form);
      case 'state':
        return t(`common:state.meeting.${of.state}`);
      case 'agenda':
        return of.agenda.map((item) => [item.title, item.discussion, item.decision, codes.label('agenda_outcome', item.outcome)].filter(Boolean).join('\n')).join('\n\n');
      case 'attendance':
        return of.attendance.map((one) => [one.attended ? '' : t('meetings:attendance.absent'), one.name, one.affiliation, codes.label('member_category', one.category)].filter(Boolean).join(' ')).join('\n');
      case 'tasks':
        return of.tasks.map((one) => [one.title, one.owner_name || names.person(one.owner_id), longDate(one.due_on, language), t(`common:state.task.${one.state}`)].filter(Boolean).join(' ')).join('\n');
      default:
        return of[field] ?? '';
    }
  };
  const label = (field: string, pointer = '') => {
    const row = /\/(agenda|attendance|tasks)\/(\d+)/.exec(pointer);
    const name = t(`meetings:field.${field}`, { defaultValue: '' });
    return row ? t('meetings:nth', { what: name, count: Number(row[2]) + 1 }) : name;
  };
  return { say, label };
}

/** Every field of a body in words. */
export function useBodyWords(bodies: readonly Body[]): { say: (field: keyof BodyText & string, text: BodyText) => string; label: (field: string) => string } {
  const { t } = useTranslation(['meetings', 'common']);
  const codes = useCodes();
  const names = useNames();
  const say = (field: keyof BodyText & string, of: BodyText): string => {
    if (field === 'parent_id') return bodies.find((one) => one.id === of.parent_id)?.text.name ?? '';
    if (field === 'desk_id') return names.desk(of.desk_id);
    if (field === 'kind') return codes.label('body_kind', of.kind);
    if (field === 'layer') return codes.label('layer', of.layer);
    if (field === 'member_categories') return of.member_categories.map((code) => codes.label('member_category', code)).join(t('meetings:and'));
    if (field === 'dormant') return t(of.dormant ? 'common:yes' : 'common:no');
    return of[field];
  };
  return { say, label: (field) => t(`meetings:body.field.${field}`, { defaultValue: '' }) };
}
