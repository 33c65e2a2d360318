// Draws a RegionMap with Leaflet on one canvas: no tiles, nothing from outside.
import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapLabel } from '../api/types';
import { Button } from '../ui/button';
import { gathered } from './gathering';
import type { ServiceGroup } from './groups';
import { useMapLabels } from './queries';
import { markPaths, type RegionMapProps, type ShownPoint } from './region_map';
import { boundsOf, boxOf, ringsOf, shadeOf, type Box } from './shapes';

/** As --map-… in maps.css. */
const colours: Record<ServiceGroup, string> = { medical: '#a30f2d', visit: '#00428c', day: '#1d6b30', stay: '#7a3b9c', both: '#8a5200', planning: '#00687a', other: '#4d4d4d' };
const shades = ['#dcf0ff', '#97d3ff', '#39abff', '#0066be', '#00316a'];
const ink = '#333';
const field = 44;
/** Closer than this, what still lies together is told one by one in the list. */
const closest = 18;

interface CanvasRenderer extends L.Canvas {
  _ctx: CanvasRenderingContext2D;
  _drawing: boolean;
  _redraw: () => void;
}

interface MarkOptions extends L.CircleMarkerOptions {
  form?: Path2D;
  number?: string;
  standsOut?: boolean;
}

const forms = Object.fromEntries(Object.entries(markPaths).map(([group, path]) => [group, new Path2D(path)])) as Record<ServiceGroup, Path2D>;

/** A mark with a form of its own, or a circle with a number in it. */
class Mark extends L.CircleMarker {
  declare options: MarkOptions;

  _updatePath() {
    const own = this as unknown as { _renderer: CanvasRenderer; _point: L.Point; _radius: number; _empty: () => boolean };
    const { _ctx: context, _drawing } = own._renderer;
    if (!_drawing || own._empty()) return;
    const { form, number, standsOut, color } = this.options;
    context.save();
    context.translate(own._point.x, own._point.y);
    if (form) {
      const scale = (own._radius * 2) / 16;
      context.scale(scale, scale);
      context.translate(-8, -8);
      context.lineJoin = 'round';
      context.lineWidth = standsOut ? 6 : 3;
      context.strokeStyle = standsOut ? '#000' : '#fff';
      context.stroke(form);
      context.fillStyle = color ?? ink;
      context.fill(form);
    } else {
      context.beginPath();
      context.arc(0, 0, own._radius, 0, Math.PI * 2);
      context.fillStyle = '#fff';
      context.fill();
      context.lineWidth = standsOut ? 4 : 2;
      context.strokeStyle = standsOut ? '#000' : ink;
      context.stroke();
      context.fillStyle = '#000';
      context.font = `700 ${number && number.length > 3 ? 10 : 12}px sans-serif`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(number ?? '', 0, 0.5);
    }
    context.restore();
  }
}

function boundsFrom(box: Box): L.LatLngBoundsExpression {
  return [
    [box.south, box.west],
    [box.north, box.east],
  ];
}

/** Names on the map itself; they are decoration, everything stands in the list. */
function nameMarker(at: L.LatLngExpression, text: string, kind: string): L.Marker {
  const icon = L.divIcon({ className: `map-name ${kind}`, iconSize: undefined });
  const marker = L.marker(at, { icon, interactive: false, keyboard: false });
  marker.on('add', () => {
    const element = marker.getElement();
    if (!element) return;
    element.replaceChildren(Object.assign(document.createElement('span'), { textContent: text }));
    element.setAttribute('aria-hidden', 'true');
  });
  return marker;
}

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

  const whole = view ?? boxOf([...regions.flatMap((region) => ringsOf(region.shape).flat(2)), ...(regions.length > 0 ? [] : (points ?? []).map((point): [number, number] => [point.latitude, point.longitude]))]);
  const wholeKey = whole ? `${whole.west},${whole.south},${whole.east},${whole.north}` : '';
  const show = useEffectEvent(() => {
    if (map && whole) map.fitBounds(boundsFrom(whole), { animate: false, padding: [12, 12], maxZoom: 16 });
  });
  useEffect(() => show(), [map, wholeKey]);

  useEffect(() => {
    if (!map) return;
    const layer = L.layerGroup();
    const bounds = boundsOf([...(values?.values() ?? [])].flatMap((one) => (one.value === null ? [] : [one.value])));
    for (const region of regions) {
      const told = values?.get(region.code);
      const shade = told && told.value !== null ? shades[shadeOf(told.value, bounds) + shades.length - bounds.length] : values ? '#fff' : '#f7f9fb';
      const polygon = L.polygon(ringsOf(region.shape), { color: '#626264', weight: 1.2, fillColor: shade, fillOpacity: 1, interactive: choosable });
      if (choosable) polygon.on('click', () => chooseRegion(region.code));
      layer.addLayer(polygon);
    }
    layer.addTo(map);
    return () => void layer.remove();
  }, [map, regions, values, choosable]);

  // Names of regions: those of which enough is seen, the largest first.
  useEffect(() => {
    if (!map || !seen) return;
    const layer = L.layerGroup();
    const pixels = 256 * 2 ** seen.zoom;
    const room = regions
      .filter((one) => one.longitude > seen.box.west && one.longitude < seen.box.east && one.latitude > seen.box.south && one.latitude < seen.box.north)
      .filter((one) => (Math.sqrt(one.area_km2) / 40_075) * pixels > one.short_name.length * 8)
      .sort((a, b) => b.area_km2 - a.area_km2)
      .slice(0, 60);
    for (const region of room) {
      const told = values?.get(region.code);
      layer.addLayer(nameMarker([region.latitude, region.longitude], told ? `${region.short_name} ${told.text}` : region.short_name, 'region'));
    }
    for (const one of labels) layer.addLayer(nameMarker([one.latitude, one.longitude], one.name, kindOf(one)));
    layer.addTo(map);
    return () => void layer.remove();
  }, [map, seen, regions, labels, values]);

  useEffect(() => {
    if (!map || !spot) return;
    const at: L.LatLngExpression = [spot.latitude, spot.longitude];
    const layer = L.layerGroup([
      L.circle(at, { radius: spot.metres, color: '#b45f06', weight: 1.5, dashArray: '6 4', fill: false, interactive: false }),
      new Mark(at, { radius: 8, color: '#b45f06', form: forms.both, interactive: false }),
    ]);
    layer.addTo(map);
    return () => void layer.remove();
  }, [map, spot]);

  const zoom = seen?.zoom;
  useEffect(() => {
    if (!map || !points || zoom === undefined) return;
    const layer = L.layerGroup();
    const placed = points.map((point) => ({ point, count: point.count, ...project(map, point, zoom) }));
    for (const group of gathered(placed, zoom >= closest ? 1 : field)) {
      const only = group.points.length === 1 && group.points[0]!.id !== null ? group.points[0]! : null;
      const ids = group.points.flatMap((point) => (point.id === null ? [] : [point.id]));
      const at = only ? L.latLng(only.latitude, only.longitude) : map.unproject(L.point(group.x, group.y), zoom);
      const standsOut = Boolean(selected && ids.includes(selected));
      const mark = only
        ? new Mark(at, { radius: standsOut ? 11 : 8, form: forms[only.group], color: colours[only.group], standsOut })
        : new Mark(at, { radius: 12 + Math.min(10, Math.log2(group.count)), number: group.count.toLocaleString(), standsOut });
      if (only) mark.bindTooltip(document.createTextNode(only.name) as unknown as HTMLElement, { direction: 'top', offset: [0, -8] });
      mark.on('click', () => {
        if (only) choose(ids);
        else if (zoom >= closest) choose(ids);
        else closer(map, group.points, at);
      });
      layer.addLayer(mark);
    }
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
        <Button small onPress={show}>
          {t('whole')}
        </Button>
      </div>
    </div>
  );
}

function kindOf(label: MapLabel): string {
  return label.kind === 'station' ? 'station' : 'town';
}

function project(map: L.Map, point: ShownPoint, zoom: number) {
  const at = map.project([point.latitude, point.longitude], zoom);
  return { x: at.x, y: at.y };
}

/** So near that the group falls apart, or at least two steps. */
function closer(map: L.Map, points: readonly ShownPoint[], at: L.LatLng) {
  const box = boxOf(points.map((point): [number, number] => [point.latitude, point.longitude]));
  const fits = box && (box.east > box.west || box.north > box.south) ? map.getBoundsZoom(boundsFrom(box) as L.LatLngBoundsLiteral) : map.getZoom() + 3;
  map.setView(at, Math.min(closest, Math.max(map.getZoom() + 1.5, fits)));
}
