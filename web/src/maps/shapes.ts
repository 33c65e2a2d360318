// What the server says of a region, as the map draws it.
import type { MapRegion } from '../api/types';

export type LatLng = [number, number];

const units = 100_000;

/** Polygons of rings of [latitude, longitude]. */
export function ringsOf(shape: MapRegion['shape']): LatLng[][][] {
  return shape.map((polygon) =>
    polygon.map((steps) => {
      const ring: LatLng[] = [];
      let x = 0;
      let y = 0;
      for (let i = 0; i + 1 < steps.length; i += 2) {
        x += steps[i]!;
        y += steps[i + 1]!;
        ring.push([y / units, x / units]);
      }
      return ring;
    }),
  );
}

/** Whether a spot lies within the polygons; holes are not. */
export function holds(polygons: readonly LatLng[][][], [latitude, longitude]: LatLng): boolean {
  const inside = (ring: LatLng[]) => {
    let odd = false;
    ring.forEach(([y, x], at) => {
      const [before, left] = ring[(at + ring.length - 1) % ring.length]!;
      if (y > latitude !== before > latitude && longitude < ((left - x) * (latitude - y)) / (before - y) + x) odd = !odd;
    });
    return odd;
  };
  return polygons.some((rings) => rings.filter(inside).length % 2 === 1);
}

export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

export function boxOf(spots: Iterable<LatLng>): Box | undefined {
  let box: Box | undefined;
  for (const [latitude, longitude] of spots) {
    box ??= { west: longitude, east: longitude, south: latitude, north: latitude };
    box.west = Math.min(box.west, longitude);
    box.east = Math.max(box.east, longitude);
    box.south = Math.min(box.south, latitude);
    box.north = Math.max(box.north, latitude);
  }
  return box;
}

/** As the API takes it. */
export function boxText(box: Box): string {
  return [box.west, box.south, box.east, box.north].map((one) => one.toFixed(5)).join(',');
}

/**
 * Upper bounds of at most five shades: as many regions in each, whole numbers, none twice. The last one is the largest
 * value.
 */
export function boundsOf(values: number[]): number[] {
  const sorted = values.filter((one) => Number.isFinite(one)).sort((a, b) => a - b);
  const bounds: number[] = [];
  for (let shade = 1; shade <= 5 && sorted.length > 0; ++shade) {
    const at = sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * shade) / 5) - 1)]!;
    if (bounds.at(-1) !== at) bounds.push(at);
  }
  return bounds;
}

/** 0 for the lightest shade; it is the first whose bound holds the value. */
export function shadeOf(value: number, bounds: number[]): number {
  const found = bounds.findIndex((bound) => value <= bound);
  return found < 0 ? bounds.length - 1 : found;
}
