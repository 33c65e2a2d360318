import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { MapLabel, MapRegion, MapSource } from '../api/types';
import { boxText, type Box } from './shapes';

const still = { staleTime: Infinity };

/** Boundaries of these municipalities, of cities with their wards; codes of 2, 5 or 6 digits. */
export const mapRegionsQuery = (codes: readonly string[]) =>
  queryOptions({ queryKey: ['map-regions', codes], queryFn: () => ask(api.GET('/api/maps/regions', { params: { query: { municipality: [...codes] } } })), ...still });

export function useMapRegions(codes: readonly string[] | undefined): { regions: MapRegion[] | undefined; sources: MapSource[]; error: unknown } {
  const { data, error } = useQuery({ ...mapRegionsQuery(codes ?? []), enabled: codes !== undefined });
  return { regions: data?.items, sources: data?.sources ?? [], error };
}

/** Stations, and close up towns, of what is seen. */
export function useMapLabels(box: Box | undefined, zoom: number): MapLabel[] {
  const kinds: MapLabel['kind'][] = zoom >= 13 ? ['station', 'town'] : ['station'];
  const enabled = box !== undefined && zoom >= 10;
  const { data } = useQuery({
    queryKey: ['map-labels', box && boxText(box), kinds],
    queryFn: () => ask(api.GET('/api/maps/labels', { params: { query: { box: boxText(box!), kind: kinds, limit: 200 } } })),
    enabled,
    placeholderData: keepPreviousData,
    ...still,
  });
  return enabled ? (data?.items ?? []) : [];
}

export const labelsByWords = (words: string) =>
  queryOptions({ queryKey: ['map-labels', 'words', words], queryFn: () => ask(api.GET('/api/maps/labels', { params: { query: { words, limit: 30 } } })), ...still, enabled: words.trim() !== '' });

export const mapBackgroundQuery = queryOptions({ queryKey: ['map-background'], queryFn: () => ask(api.GET('/api/maps/background')), ...still, retry: false });

export const mapImportsQuery = queryOptions({ queryKey: ['map-imports'], queryFn: () => ask(api.GET('/api/maps/imports')) });
