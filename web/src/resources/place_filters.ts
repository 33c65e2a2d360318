// What places are asked for, in words and as the server takes it: the same for the list, the map and the files made of them.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Search } from '../app/router';
import { useCodes } from '../packs/codes';
import { useRegions } from '../regions/regions';
import type { Filter } from '../ui/filter_sentence';
import { useCodedRegions, useHome } from './queries';

/** Every name that a condition goes by in the URL, but for its words and its spot. */
export const placeConditions = ['municipality', 'service', 'treatment', 'district', 'day', 'open_time', 'contact', 'capacity', 'cost', 'language', 'checked_within', 'within_km', 'local', 'missing'] as const;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const;

/** A spot in the URL: latitude, longitude, what it is called. */
export interface NearSpot {
  latitude: number;
  longitude: number;
  name: string;
}

export function spotOf(near: string | undefined): NearSpot | undefined {
  const [latitude, longitude, ...name] = (near ?? '').split(',');
  const spot = { latitude: Number(latitude), longitude: Number(longitude), name: name.join(',') };
  return near && latitude && longitude && Number.isFinite(spot.latitude) && Number.isFinite(spot.longitude) ? spot : undefined;
}

export function spotText(spot: NearSpot): string {
  return `${spot.latitude.toFixed(5)},${spot.longitude.toFixed(5)},${spot.name}`;
}

/** Without a choice: kilometres round a spot. */
export const usualKm = '20';

/** The conditions of the URL as the server takes them. `home`: the municipality that holds where none is named. */
export function placeQuery({ municipality, near, within_km, ...rest }: Search, home: string | undefined): Search {
  const spot = spotOf(near);
  const query: Search = { ...rest };
  // Round a spot the borders of the municipality do not count unless they are asked for.
  const code = municipality ?? (spot ? 'all' : home);
  if (code && code !== 'all') query.municipality = code;
  if (spot) {
    query.near = `${spot.latitude},${spot.longitude}`;
    query.within_km = within_km ?? usualKm;
  }
  return query;
}

export function usePlaceFilters(search: Search) {
  const { t } = useTranslation('resources');
  const codes = useCodes();
  const coded = useCodedRegions();
  const regions = useRegions();
  const home = useHome();
  const near = Boolean(spotOf(search.near));
  const filters = useMemo<Filter[]>(() => {
    const of = (scheme: string) => codes.choices(scheme).map((one) => ({ value: one.code, label: codes.label(scheme, one.code) }));
    const both = (options: { value: string; label: string }[]) => (values: string[]) =>
      values.length > 1
        ? options
            .filter((one) => values.includes(one.value))
            .map((one) => one.label)
            .join(t('filter.with'))
        : undefined;
    const treatments = of('treatment');
    const times = of('open_time');
    const costs = of('cost');
    const days = weekdays.map((value) => ({ value, label: t('filter.day', { day: t(`day.${value}`) }) }));
    return [
      {
        name: 'municipality',
        label: t('municipality'),
        any: near ? t('filter.everywhere') : home?.code ? t('filter.home', { name: home.name }) : t('filter.everywhere'),
        options: [{ value: 'all', label: t('filter.everywhere') }, ...coded.map((one) => ({ value: one.code, label: one.name }))],
        single: true,
      },
      { name: 'service', label: t('services'), any: t('filter.any_service'), options: of('resource_service') },
      { name: 'treatment', label: t('local.treatments'), options: treatments, say: both(treatments) },
      { name: 'district', label: t('local.district_ids'), options: regions.filter((one) => (one.kind === 'district' || one.kind === 'ward') && !one.ended_on).map((one) => ({ value: one.id, label: t('filter.serves', { name: one.name }) })) },
      { name: 'day', label: t('open_days'), options: days, say: both(days) },
      { name: 'open_time', label: t('local.open_times'), options: times, say: both(times) },
      { name: 'contact', label: t('local.contact'), options: of('resource_contact') },
      { name: 'capacity', label: t('capacity'), single: true, options: ['10', '20', '30', '50', '100'].map((value) => ({ value, label: t('filter.capacity', { count: Number(value) }) })) },
      { name: 'cost', label: t('local.costs'), options: costs, say: both(costs) },
      { name: 'language', label: t('local.languages'), options: of('language') },
      { name: 'checked_within', label: t('local.checked_on'), single: true, options: ['1', '3', '6', '12', '24'].map((value) => ({ value, label: t('filter.checked_within', { count: Number(value) }) })) },
      ...(near ? [{ name: 'within_km', label: t('filter.distance'), any: t('filter.within', { km: usualKm }), single: true, options: ['1', '2', '3', '5', '10', '20', '50'].map((value) => ({ value, label: t('filter.within', { km: value }) })) }] : []),
      { name: 'local', label: t('local_layer'), single: true, options: (['true', 'false'] as const).map((value) => ({ value, label: t(`filter.local_${value}`) })) },
      { name: 'missing', label: t('to_check'), single: true, options: [{ value: 'true', label: t('filter.missing_true') }] },
    ];
  }, [t, codes, coded, regions, home, near]);
  const toQuery = useMemo(() => (chosen: Search) => placeQuery(chosen, home?.code), [home]);
  return { filters, toQuery };
}
