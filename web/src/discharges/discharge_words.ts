import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DischargeText, Paper, Party } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { daysBetween, longDate, shortDate } from '../ui/japanese_date';

export type PaperStanding = 'not_needed' | 'in_time' | 'late_came' | 'late' | 'waiting' | 'undated';

/** How a paper stands on that day. */
export function standingOf(paper: Pick<Paper, 'due_on' | 'received_on' | 'not_needed'>, today: string): PaperStanding {
  if (paper.not_needed) return 'not_needed';
  if (paper.received_on) return paper.due_on && paper.received_on > paper.due_on ? 'late_came' : 'in_time';
  if (!paper.due_on) return 'undated';
  return paper.due_on < today ? 'late' : 'waiting';
}

/** From the admission to the day on which day and destination were settled, as the figures count it; null without both. */
export function daysToDecision({ admitted_on, decided_on }: Pick<DischargeText, 'admitted_on' | 'decided_on'>): number | null {
  return admitted_on && decided_on ? daysBetween(admitted_on, decided_on) : null;
}

/** Every field of a coordination in words. */
export function useDischargeWords() {
  const { t } = useTranslation(['discharges', 'records', 'common']);
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  return useMemo(() => {
    const party = (one: Party) => [codes.label('discharge_role', one.role), one.affiliation, one.name, one.contact].filter(Boolean).join(' ');
    const day = (on: string | null) => shortDate(on, language);
    const paper = (one: Paper) =>
      [
        codes.label('discharge_paper', one.kind),
        one.not_needed ? t('discharges:paper.not_needed') : '',
        one.asked_on ? t('discharges:paper.asked', { day: day(one.asked_on) }) : '',
        one.due_on ? t('discharges:paper.due', { day: day(one.due_on) }) : '',
        one.received_on ? t('discharges:paper.received', { day: day(one.received_on) }) : '',
        one.with_whom,
        one.note,
      ]
        .filter(Boolean)
        .join(' ');
    const say = (field: string, of: DischargeText): string => {
      const value = of[field as keyof DischargeText];
      if (value === null || value === undefined || value === '') return '';
      if (field === 'destination') return codes.label('discharge_destination', of.destination);
      if (field === 'owner_id') return names.person(of.owner_id);
      if (field === 'parties') return of.parties.map(party).join('\n');
      if (field === 'papers') return of.papers.map(paper).join('\n');
      if (field.endsWith('place_id')) return '';
      if (field.endsWith('_on')) return longDate(value as string, language);
      return String(value);
    };
    return { say, label: (field: string) => t(`discharges:field.${field}`, { defaultValue: '' }), party, paper };
  }, [t, codes, names, language]);
}
