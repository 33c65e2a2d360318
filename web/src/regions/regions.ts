import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '../api/client';
import type { Desk, PersonName, Region } from '../api/types';
import { packsQuery } from '../packs/codes';

const slow = { staleTime: 10 * 60_000 };
const none: never[] = [];

export const regionsQuery = queryOptions({ queryKey: ['regions'], queryFn: () => ask(api.GET('/api/regions')), ...slow });

export function useRegions(): Region[] {
  return useQuery(regionsQuery).data?.items ?? none;
}

export const desksQuery = queryOptions({ queryKey: ['desks'], queryFn: () => ask(api.GET('/api/desks')), ...slow });

export function useDesks(): Desk[] {
  return useQuery(desksQuery).data?.items ?? none;
}

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: () => ask(api.GET('/api/people')), ...slow });

export function usePeople(): PersonName[] {
  return useQuery(peopleQuery).data?.items ?? none;
}

/** What a paper waits for: until then a name or the words of a code on it would be missing, and a quick hand would print it so. */
export function useNamesOnPaper(): { ready: boolean; error: Error | null } {
  const asked = [useQuery(regionsQuery), useQuery(desksQuery), useQuery(peopleQuery), useQuery(packsQuery)];
  // What was read before does, where reading it again fails.
  return { ready: asked.every((one) => one.data), error: asked.find((one) => one.error && !one.data)?.error ?? null };
}

/** Names of places and people by id; an id nobody knows becomes an empty text. */
export function useNames() {
  const regions = useRegions();
  const desks = useDesks();
  const people = usePeople();
  return useMemo(() => {
    const region = new Map(regions.map((r) => [r.id, r.name]));
    const desk = new Map(desks.map((d) => [d.id, d.name]));
    const person = new Map(people.map((p) => [p.id, p.name]));
    // Where two people share a family name the lists need the whole name.
    const family = (name: string) => {
      const first = name.split(/[ 　]/)[0] ?? name;
      return people.filter((p) => p.name.startsWith(first)).length > 1 ? name : first;
    };
    return {
      family: (id: string | null | undefined) => (id ? family(person.get(id) ?? '') : ''),
      region: (id: string | null | undefined) => (id ? (region.get(id) ?? '') : ''),
      desk: (id: string | null | undefined) => (id ? (desk.get(id) ?? '') : ''),
      person: (id: string | null | undefined) => (id ? (person.get(id) ?? '') : ''),
    };
  }, [regions, desks, people]);
}

/** The places a consultation can be about, below one municipality: wards if it has them, else districts, and 市外等. */
export function useDistricts(municipalityId?: string): Region[] {
  const regions = useRegions();
  return useMemo(() => {
    const inside = (r: Region): boolean => {
      if (!municipalityId) return true;
      let at: Region | undefined = r;
      while (at?.parent_id) {
        if (at.parent_id === municipalityId) return true;
        const parent: string = at.parent_id;
        at = regions.find((other) => other.id === parent);
      }
      return false;
    };
    return regions
      .filter((r) => ['ward', 'district', 'outside'].includes(r.kind) && !r.ended_on && inside(r))
      .sort((a, b) => a.position - b.position);
  }, [regions, municipalityId]);
}
