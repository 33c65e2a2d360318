import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { LocalText, OfficialState, Region } from '../api/types';
import { usePlace } from '../app/place';
import { useSession } from '../app/session';
import { useCodes } from '../packs/codes';
import { useNames, useRegions } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';
import { municipalityOf } from './whose';

/** A place with what `municipality` knows of it; without one that of the first the person serves. */
export const placeQuery = (id: string, municipality?: string) =>
  queryOptions({ queryKey: ['places', id, municipality ?? ''], queryFn: () => ask(api.GET('/api/places/{id}', { params: { path: { id }, query: { municipality_id: municipality } } })) });

/** Lists that people here told the columns of, by the source of their records. */
export function useSourceName(): (source: string) => string {
  const { t } = useTranslation('resources');
  const { data } = useQuery({ queryKey: ['official-mappings'], queryFn: () => ask(api.GET('/api/official-mappings')) });
  return (source) => (source.startsWith('mapped:') ? (data?.items.find((one) => one.source === source)?.name ?? t('source.mapped')) : t(`source.${source}`));
}

export const ownPlaceQuery = (id: string) => queryOptions({ queryKey: ['own-places', id], queryFn: () => ask(api.GET('/api/own-places/{id}', { params: { path: { id } } })) });

/** Whose knowledge of a place is shown. */
export function useLocalMunicipality(): string | undefined {
  const { desk, own } = usePlace();
  const { session } = useSession();
  return municipalityOf(desk, own, session.assignments);
}

export function useOfficialImports() {
  return useQuery({
    queryKey: ['official-imports'],
    queryFn: () => ask(api.GET('/api/official-imports')),
    refetchInterval: (query) => (query.state.data?.items.some((one) => working.includes(one.state)) ? 1500 : false),
  });
}

/** A job is at it: it is looked at again in a moment. */
export const working: OfficialState[] = ['reading', 'applying', 'undoing'];

export const officialImportQuery = (id: string) =>
  queryOptions({
    queryKey: ['official-imports', id],
    queryFn: () => ask(api.GET('/api/official-imports/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data && working.includes(query.state.data.state) ? 700 : false),
  });

/** Municipalities and wards that have a code, in the order of the tree. */
export function useCodedRegions(): Region[] {
  const regions = useRegions();
  return useMemo(() => regions.filter((one) => one.code && (one.kind === 'municipality' || one.kind === 'ward') && !one.ended_on), [regions]);
}

/** The municipality of the desk in the header; of the first one where there are several. */
export function useHome(): Region | undefined {
  const { desk, desks } = usePlace();
  const regions = useRegions();
  const id = (desk ?? desks[0])?.municipality_id;
  return regions.find((one) => one.id === id);
}

/** Municipality or ward of a code; the code itself where the tree does not know it. */
export function useMunicipalityName(): (code: string) => string {
  const regions = useCodedRegions();
  return useMemo(() => {
    const names = new Map(regions.map((one) => [one.code, one.name]));
    return (code) => names.get(code) ?? code;
  }, [regions]);
}

export function emptyLocal(): LocalText {
  return {
    speciality: '', treatments: [], area: '', district_ids: [], distance_km: null, hours: '', open_times: [], capacity: '', languages: [], costs: [], cost_note: '', contact: null, phone: '', fax: '', mail: '', manners: '', admission: '', discharge: '', people: '', note: '', checked_on: null,
  };
}

/** In the order in which they are read and written. */
export const localFields = ['contact', 'phone', 'fax', 'mail', 'people', 'manners', 'speciality', 'treatments', 'area', 'district_ids', 'distance_km', 'hours', 'open_times', 'capacity', 'costs', 'cost_note', 'languages', 'admission', 'discharge', 'note', 'checked_on'] as const;

/** Fields that are lists of codes. */
const schemesOfLists: Record<string, string> = { treatments: 'treatment', open_times: 'open_time', languages: 'language', costs: 'cost' };

/** Every field of the local layer in words. */
export function useLocalWords(): { say: (field: string, text: LocalText) => string; label: (field: string) => string } {
  const { t } = useTranslation(['resources', 'records']);
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const say = (field: string, of: LocalText): string => {
    const value = of[field as keyof LocalText];
    if (value === null || value === undefined || value === '') return '';
    if (field === 'contact') return codes.label('resource_contact', of.contact);
    const scheme = schemesOfLists[field];
    if (scheme) return (value as string[]).map((code) => codes.label(scheme, code)).join(t('records:and'));
    if (field === 'district_ids') return of.district_ids.map(names.region).join(t('records:and'));
    if (field === 'distance_km') return t('resources:km', { distance: of.distance_km });
    if (field === 'checked_on') return longDate(of.checked_on, language);
    return String(value);
  };
  return { say, label: (field) => t(`resources:local.${field}`, { defaultValue: '' }) };
}
