// 地図: boundaries with shades by value, names, points. What draws it is loaded when the first map is shown.
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapRegion, MapSource } from '../api/types';
import { Skeleton } from '../ui/skeleton';
import type { ShownPoint } from './canvas_marks';
import { boundsOf, type Box } from './shapes';
import { serviceGroups, type ServiceGroup } from './groups';
import { markPaths } from './mark_paths';
import './maps.css';

export type { ShownPoint } from './canvas_marks';

export interface RegionValue {
  value: number | null;
  /** In words: 「12件」. */
  text: string;
}

export interface RegionMapProps {
  /** What the map shows, for those who do not see it; the same stands in a list or table beside it. */
  label: string;
  regions: readonly MapRegion[];
  sources?: readonly MapSource[];
  /** Shades, by the code of a region. */
  values?: ReadonlyMap<string, RegionValue>;
  /** Of the shades: 「断られた件数」. */
  valuesTitle?: string;
  onRegion?: (code: string) => void;
  points?: readonly ShownPoint[];
  /** Stands out. */
  selected?: string | null;
  onSelect?: (ids: string[]) => void;
  /** A spot with a circle of metres round it. */
  spot?: { latitude: number; longitude: number; metres: number };
  /** What is seen, after each move. */
  onView?: (box: Box, zoom: number) => void;
  /** Shown when it changes; without it the regions, else the points. */
  view?: Box;
  tall?: boolean;
}

const LeafletMap = lazy(() => import('./leaflet_map'));

export function RegionMap(props: RegionMapProps) {
  const { t } = useTranslation('maps');
  const { regions, points = [], values, valuesTitle, sources = [] } = props;
  const groups = serviceGroups.filter((group) => points.some((point) => point.id !== null && point.group === group));
  return (
    <figure className={props.tall ? 'map-figure tall' : 'map-figure'}>
      <Suspense fallback={<Skeleton lines={12} />}>
        <LeafletMap {...props} />
      </Suspense>
      <figcaption>
        {values && <Shades title={valuesTitle ?? ''} values={values} />}
        {points.length > 0 && (
          <ul className="map-legend" aria-label={t('legend')}>
            {groups.map((group) => (
              <li key={group}>
                <Mark group={group} /> {t(`group.${group}`)}
              </li>
            ))}
            <li>
              <svg viewBox="0 0 16 16" className="map-mark gathered" aria-hidden="true">
                <circle cx="8" cy="8" r="7" />
              </svg>{' '}
              {t('gathered')}
            </li>
          </ul>
        )}
        {regions.length === 0 && <p className="note">{t('no_boundaries')}</p>}
        {sources.map((source) => (
          <p key={source} className="note">
            {t(`credit.${source}`)}
          </p>
        ))}
      </figcaption>
    </figure>
  );
}

function Shades({ title, values }: { title: string; values: ReadonlyMap<string, RegionValue> }) {
  const { t } = useTranslation('maps');
  const bounds = boundsOf([...values.values()].flatMap((one) => (one.value === null ? [] : [one.value])));
  return (
    <ul className="map-legend" aria-label={title || t('legend')}>
      {title && <li className="b">{title}</li>}
      {bounds.map((bound, shade) => (
        <li key={bound}>
          <i className={`map-shade s${shade + 5 - bounds.length}`} aria-hidden="true" />
          {shade === 0 ? t('up_to', { bound: bound.toLocaleString() }) : t('more_than', { below: bounds[shade - 1]!.toLocaleString(), bound: bound.toLocaleString() })}
        </li>
      ))}
      <li>
        <i className="map-shade" aria-hidden="true" />
        {t('no_value')}
      </li>
    </ul>
  );
}

/** The forms of leaflet_map's marks, for legends and lists. */
export function Mark({ group }: { group: ServiceGroup }) {
  return (
    <svg viewBox="0 0 16 16" className={`map-mark ${group}`} aria-hidden="true">
      <path d={markPaths[group]} />
    </svg>
  );
}
