// Draws a RegionMap with Leaflet on one canvas: no tiles, nothing from outside.
import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapLabel } from '../api/types';
import { Button } from '../ui/button';
import { useBackground } from './use_background';
import { boundsFrom, forms, groupedMarks, Mark, nameLayer, type CanvasRenderer, type ShownName } from './canvas_marks';
import { useMapLabels } from './queries';
import type { RegionMapProps } from './region_map';
import { boundsOf, boxOf, boxText, ringsOf, shadeOf, type Box, type LatLng } from './shapes';

/** As .map-shade in maps.css. */
const shades = ['#dcf0ff', '#97d3ff', '#39abff', '#0066be', '#00316a'];

export default function LeafletMap({ label, regions, values, onRegion, points, selected, onSelect, spot, onView, view }: RegionMapProps) {
  const { t } = useTranslation('maps');
  const place = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<L.Map | null>(null);
  const [seen, setSeen] = useState<{ box: Box; zoom: number } | null>(null);
  const labels = useMapLabels(seen?.box, seen?.zoom ?? 0);
  const told = useEffectEvent((box: Box, zoom: number) => {
    setSeen({ box, zoom });
    onView?.(box, zoom);
  });
  const choose = useEffectEvent((ids: string[]) => onSelect?.(ids));
  const chooseRegion = useEffectEvent((code: string) => onRegion?.(code));
  const choosable = Boolean(onRegion);

  useEffect(() => {
    const own = L.map(place.current!, { renderer: L.canvas({ padding: 0.4 }), attributionControl: false, zoomControl: false, zoomSnap: 0.5, maxZoom: 19, minZoom: 4, center: [36, 138], zoom: 5, wheelPxPerZoomLevel: 90 });
    own.createPane('names').style.zIndex = '450';
    own.getPane('names')!.style.pointerEvents = 'none';
    L.control.scale({ imperial: false }).addTo(own);
    const tell = () => {
      const bounds = own.getBounds();
      told({ west: Math.max(-180, bounds.getWest()), east: Math.min(180, bounds.getEast()), south: Math.max(-85, bounds.getSouth()), north: Math.min(85, bounds.getNorth()) }, own.getZoom());
    };
    own.on('moveend', tell);
    const resized = new ResizeObserver(() => own.invalidateSize({ animate: false }));
    resized.observe(place.current!);
    // Paper is narrower than the screen: the map takes its width and is drawn again before it is printed.
    let before: L.LatLngBounds | null = null;
    const print = () => {
      before = own.getBounds();
      place.current!.classList.add('on-paper');
      own.invalidateSize({ animate: false });
      own.fitBounds(before, { animate: false });
      (own.options.renderer as CanvasRenderer)._redraw();
    };
    const printed = () => {
      place.current?.classList.remove('on-paper');
      own.invalidateSize({ animate: false });
      if (before) own.fitBounds(before, { animate: false });
    };
    window.addEventListener('beforeprint', print);
    window.addEventListener('afterprint', printed);
    setMap(own);
    return () => {
      window.removeEventListener('beforeprint', print);
      window.removeEventListener('afterprint', printed);
      resized.disconnect();
      own.remove();
    };
  }, []);

  const background = useBackground(map);
  const whole = useMemo(() => {
    const spots = regions.length > 0 ? regions.flatMap((region) => ringsOf(region.shape).flat(2)) : (points ?? []).map((point): LatLng => [point.latitude, point.longitude]);
    return view ?? boxOf(spots);
  }, [view, regions, points]);
  const wholeKey = whole ? boxText(whole) : '';
  const fit = () => {
    if (map && whole) map.fitBounds(boundsFrom(whole), { animate: false, padding: [12, 12], maxZoom: 16 });
  };
  const show = useEffectEvent(fit);
  useEffect(() => show(), [map, wholeKey]);

  useEffect(() => {
    if (!map) return;
    const layer = L.layerGroup();
    const bounds = boundsOf([...(values?.values() ?? [])].flatMap((one) => (one.value === null ? [] : [one.value])));
    for (const region of regions) {
      const told = values?.get(region.code);
      const shade = told && told.value !== null ? shades[shadeOf(told.value, bounds) + shades.length - bounds.length] : values ? '#fff' : '#f7f9fb';
      const polygon = L.polygon(ringsOf(region.shape), { color: '#626264', weight: 1.2, fillColor: shade, fillOpacity: background.shown ? (values ? 0.6 : 0) : 1, interactive: choosable });
      if (choosable) polygon.on('click', () => chooseRegion(region.code));
      layer.addLayer(polygon);
    }
    layer.addTo(map);
    // One canvas draws in the order of adding; points may be there already.
    layer.eachLayer((one) => (one as L.Polygon).bringToBack());
    return () => void layer.remove();
  }, [map, regions, values, choosable, background.shown]);

  // Names of regions: those of which enough is seen, the largest first; then stations and towns where there is room.
  useEffect(() => {
    if (!map || !seen) return;
    const pixels = 256 * 2 ** seen.zoom;
    const room = regions
      .filter((one) => one.longitude > seen.box.west && one.longitude < seen.box.east && one.latitude > seen.box.south && one.latitude < seen.box.north)
      .filter((one) => (Math.sqrt(one.area_km2) / 40_075) * pixels > one.short_name.length * 8)
      .sort((a, b) => b.area_km2 - a.area_km2)
      .slice(0, 60);
    const names: ShownName[] = [
      ...room.map((one): ShownName => {
        const told = values?.get(one.code);
        return { at: [one.latitude, one.longitude], text: told ? `${one.short_name} ${told.text}` : one.short_name, kind: 'region', shape: ringsOf(one.shape) };
      }),
      ...labels.map((one): ShownName => ({ at: [one.latitude, one.longitude], text: one.name, kind: kindOf(one) })),
    ];
    const layer = nameLayer(map, names, points ?? [], seen.zoom);
    layer.addTo(map);
    return () => void layer.remove();
  }, [map, seen, regions, labels, values, points]);

  const { latitude, longitude, metres } = spot ?? {};
  useEffect(() => {
    if (!map || latitude === undefined || longitude === undefined || metres === undefined) return;
    const at: L.LatLngExpression = [latitude, longitude];
    const layer = L.layerGroup([
      L.circle(at, { radius: metres, color: '#b45f06', weight: 1.5, dashArray: '6 4', fill: false, interactive: false }),
      new Mark(at, { radius: 8, color: '#b45f06', form: forms.both, interactive: false }),
    ]);
    layer.addTo(map);
    return () => void layer.remove();
  }, [map, latitude, longitude, metres]);

  const zoom = seen?.zoom;
  useEffect(() => {
    if (!map || !points || zoom === undefined) return;
    const layer = groupedMarks(map, points, zoom, selected ?? null, choose);
    layer.addTo(map);
    return () => void layer.remove();
  }, [map, points, zoom, selected]);

  return (
    <div className="map-frame">
      <div ref={place} className="map" role="application" aria-label={label} aria-roledescription={t('map')} tabIndex={0} />
      <div className="map-zoom no-print">
        <Button small onPress={() => map?.zoomIn()}>
          <span aria-hidden="true">＋</span>
          <span className="vh">{t('closer')}</span>
        </Button>
        <Button small onPress={() => map?.zoomOut()}>
          <span aria-hidden="true">−</span>
          <span className="vh">{t('farther')}</span>
        </Button>
        <Button small onPress={fit}>
          {t('whole')}
        </Button>
        {background.there && (
          <label className="map-switch">
            <input type="checkbox" checked={background.on} onChange={(event) => background.turn(event.target.checked)} />
            {t('background.on')}
          </label>
        )}
      </div>
      {background.shown && background.credit && <p className="map-credit">{background.credit}</p>}
      {background.fault && (
        <p className="map-fault" role="status">
          {t(`background.${background.fault}`)}
        </p>
      )}
    </div>
  );
}

function kindOf(label: MapLabel): 'station' | 'town' {
  return label.kind === 'station' ? 'station' : 'town';
}
