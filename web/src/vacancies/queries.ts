// Reading vacancies, and telling one: the last word can be taken back.
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Vacancy, VacancyNote, VacancyRow } from '../api/types';
import { useLocalMunicipality } from '../resources/queries';
import { useToast } from '../ui/toast';

const where = (id: string, municipality: string | undefined) => ({ params: { path: { id }, query: { municipality_id: municipality } } });

export const vacancyQuery = (id: string, municipality: string | undefined) =>
  queryOptions({ queryKey: ['vacancies', 'one', id, municipality ?? ''], queryFn: () => ask(api.GET('/api/vacancies/{id}', where(id, municipality))) as Promise<Vacancy> });
export const vacancyHistoryQuery = (id: string, municipality: string | undefined) =>
  queryOptions({ queryKey: ['vacancies', 'history', id, municipality ?? ''], queryFn: async () => (await ask(api.GET('/api/vacancies/{id}/history', where(id, municipality)))).items });

/** Who can take somebody first. */
export const vacancyStates = ['now', 'conditional', 'no', 'expired', 'unknown'] as const;
export const acceptances = ['now', 'conditional', 'no'] as const;
export const units = ['places', 'beds'] as const;

/** What a number key writes at once; conditions need their words. */
export function noteOf(acceptance: VacancyNote['acceptance'], row: Pick<VacancyRow, 'unit'>): VacancyNote {
  return { acceptance, unit: row.unit ?? 'places', free: null, conditions: '', from_on: null, told_by: '', days: null } as VacancyNote;
}

export function useTelling() {
  const { t } = useTranslation('vacancies');
  const queries = useQueryClient();
  const toast = useToast();
  const whose = useLocalMunicipality();
  const [error, setError] = useState<unknown>(null);
  const read = () => void queries.invalidateQueries({ queryKey: ['vacancies'] });
  const undo = async (id: string, version: number) => {
    try {
      await ask(api.POST('/api/vacancies/{id}/undo', { ...where(id, whose), ...ifMatch(version) } as never));
      toast(t('tell.undone'));
    } catch (problem) {
      setError(problem);
    }
    read();
  };
  /** Throws what the server refuses. */
  const put = async (row: Pick<VacancyRow, 'id' | 'place_name' | 'version'>, note: VacancyNote) => {
    const done = (await ask(api.PUT('/api/vacancies/{id}', { ...where(row.id, whose), body: note, ...ifMatch(row.version) } as never))) as unknown as Vacancy;
    toast(t('tell.done', { name: row.place_name }), { undo: () => void undo(row.id, done.version) });
    read();
    return done;
  };
  const tell = async (row: VacancyRow, note: VacancyNote) => {
    setError(null);
    try {
      await put(row, note);
    } catch (problem) {
      setError(problem);
      read();
    }
  };
  return { tell, put, error };
}
