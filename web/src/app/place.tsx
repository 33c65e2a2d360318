// The desk and the fiscal year chosen in the header. Lists start from them; the URL of a list can say otherwise.
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Desk } from '../api/types';
import { useDesks } from '../regions/regions';
import { fiscalYearOf, today } from '../ui/japanese_date';
import { usePreference } from './preference';
import { useSession } from './session';

interface Place {
  /** Desks this person works with, in the order of the list. */
  desks: Desk[];
  /** Null: all of them. */
  desk: Desk | null;
  chooseDesk: (id: string | null) => void;
  fiscalYear: number;
  chooseFiscalYear: (year: number) => void;
  /** Desks in which the person may write new records. */
  own: Desk[];
}

const PlaceContext = createContext<Place | null>(null);

export function PlaceProvider({ children }: { children: ReactNode }) {
  const { session } = useSession();
  const all = useDesks();
  const [deskId, setDeskId] = usePreference<string | null>('desk', null);
  const [year, setYear] = usePreference<number | null>('fiscal_year', null);
  const place = useMemo<Place>(() => {
    const held = new Set(session.assignments.flatMap((a) => (a.desk_id ? [a.desk_id] : [])));
    const regions = new Set(session.assignments.flatMap((a) => (a.region_id ? [a.region_id] : [])));
    const mine = all.filter((d) => held.has(d.id) || (d.parent_id && held.has(d.parent_id)) || regions.has(d.municipality_id));
    const desks = mine.length > 0 ? mine : all;
    const own = desks.filter((d) => held.has(d.id) || (d.parent_id != null && held.has(d.parent_id)));
    const desk = desks.length === 1 ? (desks[0] ?? null) : (desks.find((d) => d.id === deskId) ?? null);
    return {
      desks,
      own,
      desk,
      chooseDesk: setDeskId,
      fiscalYear: year ?? fiscalYearOf(today()),
      chooseFiscalYear: (next) => setYear(next === fiscalYearOf(today()) ? null : next),
    };
  }, [all, session.assignments, deskId, year, setDeskId, setYear]);
  return <PlaceContext.Provider value={place}>{children}</PlaceContext.Provider>;
}

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('usePlace outside PlaceProvider');
  return place;
}

/** Whether desk and year change anything for this person: in the administration alone they do not. */
export function usePlaceMatters(): boolean {
  const { session } = useSession();
  return session.permissions.some((permission) => permission.endsWith('.read') && permission !== 'audit.read');
}

/** The fiscal years to choose from, newest first. */
export function years(): number[] {
  const now = fiscalYearOf(today());
  return Array.from({ length: 10 }, (_, at) => now + 1 - at);
}
