// What stands on a map drawn by Leaflet on its canvas: marks, groups of them, names.
import L from 'leaflet';
import { gathered, type Gathered } from './gathering';
import type { ServiceGroup } from './groups';
import { markColours, markPaths } from './mark_paths';
import { placed, type Name } from './placing';
import { boxOf, holds, type Box, type LatLng } from './shapes';

const ink = '#333';
const field = 44;
/** Closer than this, what still lies together is told one by one in the list. */
const closest = 18;

/** A place, or `count` of them that the server gathered. */
export interface ShownPoint {
  id: string | null;
  name: string;
  latitude: number;
  longitude: number;
  count: number;
  group: ServiceGroup;
}

export interface CanvasRenderer extends L.Canvas {
  _ctx: CanvasRenderingContext2D;
  _drawing: boolean;
  _redraw: () => void;
}

interface MarkOptions extends L.CircleMarkerOptions {
  form?: Path2D;
  number?: string;
  standsOut?: boolean;
}

export const forms = Object.fromEntries(Object.entries(markPaths).map(([group, path]) => [group, new Path2D(path)])) as Record<ServiceGroup, Path2D>;

/** A mark with a form of its own, or a circle with a number in it. */
export class Mark extends L.CircleMarker {
  declare options: MarkOptions;

  constructor(at: L.LatLngExpression, options: MarkOptions) {
    super(at, options);
  }

  _updatePath() {
    const own = this as unknown as { _renderer: CanvasRenderer; _point: L.Point; _radius: number; _empty: () => boolean };
    const { _ctx: context, _drawing } = own._renderer;
    if (!_drawing || own._empty()) return;
    const { form, number, standsOut, color } = this.options;
    context.save();
    context.setLineDash([]); // a dashed circle leaves its own behind
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

export function boundsFrom(box: Box): L.LatLngBoundsLiteral {
  return [
    [box.south, box.west],
    [box.north, box.east],
  ];
}

export interface ShownName {
  at: LatLng;
  text: string;
  kind: 'region' | 'station' | 'town';
  /** Of a region: its name stays within. */
  shape?: LatLng[][][];
}

const standing = { region: 'area', station: 'beside', town: 'on' } as const;

/** Names on the map itself, off the marks; they are decoration, everything stands in the list. Earlier ones go first. */
export function nameLayer(map: L.Map, names: readonly ShownName[], points: readonly ShownPoint[], zoom: number): L.LayerGroup {
  const spots = names.map(({ at, text, kind, shape }): Name => {
    const { x, y } = map.project(at, zoom);
    const land = shape?.filter((polygon) => holds([polygon], at)); // not on an island of the same region
    const within = (right: number, down: number) => {
      const { lat, lng } = map.unproject(L.point(right, down), zoom);
      return holds(land!, [lat, lng]);
    };
    return { x, y, text, size: kind === 'region' ? 15 : 13, kind: standing[kind], within: land && within };
  });
  const layer = L.layerGroup();
  placed(spots, groupsOf(map, points, zoom)).forEach((move, index) => {
    if (move) layer.addLayer(nameMarker(names[index]!, move));
  });
  return layer;
}

function nameMarker({ at, text, kind }: ShownName, [right, down]: readonly [number, number]): L.Marker {
  const icon = L.divIcon({ className: `map-name ${kind}`, iconSize: undefined });
  const marker = L.marker(at, { icon, interactive: false, keyboard: false });
  marker.on('add', () => {
    const element = marker.getElement();
    if (!element) return;
    const name = Object.assign(document.createElement('span'), { textContent: text });
    Object.assign(name.style, { left: `${right}px`, top: `${down}px` });
    element.replaceChildren(name);
    element.setAttribute('aria-hidden', 'true');
  });
  return marker;
}

/** The point of a group that stands alone. */
function onlyOf(group: Gathered<ShownPoint>): ShownPoint | null {
  return group.points.length === 1 && group.points[0]!.id !== null ? group.points[0]! : null;
}

function radiusOf(group: Gathered<ShownPoint>): number {
  return onlyOf(group) ? 8 : 12 + Math.min(10, Math.log2(group.count));
}

/** Points that would lie over each other are one, in pixels of that zoom. From the closest on they stand where they are. */
function groupsOf(map: L.Map, points: readonly ShownPoint[], zoom: number) {
  const projected = points.map((point) => {
    const at = map.project([point.latitude, point.longitude], zoom);
    return { point, count: point.count, x: at.x, y: at.y };
  });
  const groups = zoom >= closest ? gathered(projected, 1, () => 0) : gathered(projected, field, radiusOf);
  return groups.map((group) => ({ ...group, only: onlyOf(group), radius: radiusOf(group) }));
}

/** Marks for points, those that would lie over each other as one with their number. */
export function groupedMarks(map: L.Map, points: readonly ShownPoint[], zoom: number, selected: string | null, choose: (ids: string[]) => void): L.LayerGroup {
  const layer = L.layerGroup();
  for (const group of groupsOf(map, points, zoom)) {
    const { only, radius } = group;
    const ids = group.points.flatMap((point) => (point.id === null ? [] : [point.id]));
    const at = only ? L.latLng(only.latitude, only.longitude) : map.unproject(L.point(group.x, group.y), zoom);
    const standsOut = Boolean(selected && ids.includes(selected));
    const mark = only
      ? new Mark(at, { radius: standsOut ? 11 : radius, form: forms[only.group], color: markColours[only.group], standsOut })
      : new Mark(at, { radius, number: group.count.toLocaleString(), standsOut });
    if (only) mark.bindTooltip(Object.assign(document.createElement('span'), { textContent: only.name }), { direction: 'top', offset: [0, -8] });
    mark.on('click', () => {
      if (only || zoom >= closest) choose(ids);
      else closer(map, group.points, at);
    });
    layer.addLayer(mark);
  }
  return layer;
}

/** So near that the group falls apart, or at least a step and a half. */
function closer(map: L.Map, points: readonly ShownPoint[], at: L.LatLng) {
  const box = boxOf(points.map((point): [number, number] => [point.latitude, point.longitude]));
  const fits = box && (box.east > box.west || box.north > box.south) ? map.getBoundsZoom(L.latLngBounds(boundsFrom(box))) : map.getZoom() + 3;
  map.setView(at, Math.min(closest, Math.max(map.getZoom() + 1.5, fits)));
}
