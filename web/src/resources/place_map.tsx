import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { MapPoints } from '../api/types';
import type { Search } from '../app/router';
import { groupOf } from '../maps/groups';
import { useMapRegions } from '../maps/queries';
import { Mark, RegionMap, type ShownPoint } from '../maps/region_map';
import { boxText, type Box } from '../maps/shapes';
import { useCodes } from '../packs/codes';
import { WordsSearch } from '../records/list_screen';
import { Button } from '../ui/button';
import { Empty } from '../ui/empty';
import { FilterSentence, FixedChip } from '../ui/filter_sentence';
import { PageTitle } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { ProblemNotice } from '../ui/problem_notice';
import { CopyAddress, useRemembered } from '../ui/remembered';
import { NearDialog } from './near_dialog';
import { placeConditions, spotOf, spotText, usePlaceFilters, usualKm } from './place_filters';
import { PlaceTabs } from './place_tabs';
import { useHome } from './queries';
import './resources.css';

const to = '/resources/map';
const passing = ['near', 'words'];
const known: string[] = [...placeConditions, ...passing];
const most = 200;

/** 地域資源 on a map, with everything that is seen on it as a list beside. */
export default function PlaceMap() {
  const { t } = useTranslation(['resources', 'common', 'records', 'maps']);
  const navigate = useNavigate();
  const codes = useCodes();
  const home = useHome();
  const [search, remember] = useRemembered('places', useSearch({ strict: false }) as Search, known, passing);
  const { filters, toQuery } = usePlaceFilters(search);
  const spot = spotOf(search.near);
  const [choosing, setChoosing] = useState(false);
  const [view, setView] = useState<{ box: Box; zoom: number } | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);

  const conditions = toQuery(Object.fromEntries(Object.entries(search).filter(([key]) => known.includes(key))));
  const ready = home !== undefined;
  const whole = useQuery({ queryKey: ['places', 'points', conditions, 'whole'], queryFn: () => points(conditions, undefined), enabled: ready });
  const seen = useQuery({ queryKey: ['places', 'points', conditions, view && boxText(view.box)], queryFn: () => points(conditions, view!.box), enabled: ready && view !== null, placeholderData: keepPreviousData });
  // The prefecture of the home town gives the surroundings.
  const { regions, sources, error } = useMapRegions(home?.code ? [home.code.slice(0, 2)] : undefined);
  const shown = useMemo<ShownPoint[]>(() => (seen.data ?? whole.data)?.items.map((one) => ({ ...one, group: groupOf(one.services) })) ?? [], [seen.data, whole.data]);
  const data = seen.data ?? whole.data;
  const start = useMemo(() => startOf(whole.data), [whole.data]);

  const put = (chosen: Search) => {
    remember(chosen);
    void navigate({ to, search: chosen, replace: true });
  };
  const change = (next: Search) => put({ ...search, ...next });
  const values = Object.fromEntries(filters.map((filter) => [filter.name, (search[filter.name] ?? '').split(',').filter(Boolean)]));
  const choose = (ids: string[]) => {
    setSelected(ids[0] ?? null);
    document.getElementById(`on-map-${ids[0]}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <PageTitle
        title={t('title')}
        actions={
          <>
            <CopyAddress to={to} search={search} />
            <PrintButton />
          </>
        }
      />
      <PlaceTabs current="map" search={search} />
      <FilterSentence filters={filters} value={values} onChange={(filter, chosen) => change({ [filter]: chosen.join(',') || undefined })} end={<span role="status">{whole.data && t('map.total', { count: whole.data.total, number: whole.data.total.toLocaleString() })}</span>}>
        {search.words && <FixedChip onRemove={() => change({ words: undefined })}>{t('records:filter_words', { words: search.words })}</FixedChip>}
        {spot && <FixedChip onRemove={() => change({ near: undefined, within_km: undefined })}>{t('near.chip', { name: spot.name })}</FixedChip>}
      </FilterSentence>
      <WordsSearch label={t('search')} words={search.words ?? ''} onSearch={(words) => change({ words: words || undefined })} />
      <p className="page-acts no-print">
        <Button small onPress={() => setChoosing(true)}>
          {t('near.title')}
        </Button>
      </p>
      {choosing && (
        <NearDialog
          onClose={() => setChoosing(false)}
          onChoose={(chosen) => {
            setChoosing(false);
            change({ near: spotText(chosen) });
          }}
        />
      )}
      <ProblemNotice error={whole.error ?? seen.error ?? error} />
      <div className="map-and-list">
        <RegionMap
          label={t('map.label')}
          regions={regions ?? none}
          sources={sources}
          points={shown}
          selected={selected}
          onSelect={choose}
          spot={spot && { latitude: spot.latitude, longitude: spot.longitude, metres: 1000 * Number(search.within_km ?? usualKm) }}
          onView={(box, zoom) => setView({ box, zoom })}
          view={start}
          tall
        />
        <div className="map-list" ref={list} role="region" aria-label={t('map.list')} tabIndex={0}>
          {data && data.gathered && <p className="note">{t('map.too_many', { number: data.total.toLocaleString() })}</p>}
          {whole.data && whole.data.total === 0 && <Empty action={<Button onPress={() => put({})}>{t('records:without_conditions')}</Button>}>{t('records:none_match')}</Empty>}
          {data && !data.gathered && whole.data?.total !== 0 && data.items.length === 0 && <p className="note">{t('map.none_here')}</p>}
          {data && !data.gathered && (
            <ul>
              {data.items.slice(0, most).map((one) => (
                <li key={one.id} id={`on-map-${one.id}`} className={one.id === selected ? 'on' : undefined} onFocus={() => setSelected(one.id)} onMouseEnter={() => setSelected(one.id)}>
                  <Mark group={groupOf(one.services)} />
                  <Link to="/resources/$id" params={{ id: one.id! }}>
                    {one.name}
                  </Link>
                  <span className="sub">{one.services.map((code) => codes.short('resource_service', code)).join(' · ')}</span>
                </li>
              ))}
            </ul>
          )}
          {data && !data.gathered && data.items.length > most && <p className="note">{t('map.more', { count: data.items.length - most })}</p>}
        </div>
      </div>
      <p className="note">{t('map.without_place')}</p>
    </>
  );
}

const none: never[] = [];

function points(conditions: Search, box: Box | undefined) {
  const query = { ...conditions, box: box && boxText(box) };
  return ask(api.GET('/api/map-points', { params: { query: Object.fromEntries(Object.entries(query).filter(([key, value]) => value && key !== 'sort')) } } as never)) as Promise<MapPoints>;
}

/** Around everything that fits; a single place with what lies about it. */
function startOf(whole: MapPoints | undefined): Box | undefined {
  if (!whole || whole.west === null || whole.south === null || whole.east === null || whole.north === null) return undefined;
  const edge = 0.002;
  return { west: whole.west - edge, south: whole.south - edge, east: whole.east + edge, north: whole.north + edge };
}
