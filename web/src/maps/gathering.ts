// Points that would lie over each other on the screen become one with a number.
export interface Placed<Point> {
  point: Point;
  x: number;
  y: number;
  count: number;
}

export interface Gathered<Point> {
  x: number;
  y: number;
  count: number;
  points: Point[];
}

/** Fields of that many pixels; the place of a group is the middle of its points, weighed by what each stands for. */
export function gathered<Point>(placed: Placed<Point>[], field: number): Gathered<Point>[] {
  const fields = new Map<string, Gathered<Point>>();
  for (const { point, x, y, count } of placed) {
    const key = `${Math.floor(x / field)}/${Math.floor(y / field)}`;
    const group = fields.get(key);
    if (!group) {
      fields.set(key, { x, y, count, points: [point] });
      continue;
    }
    const all = group.count + count;
    group.x += ((x - group.x) * count) / all;
    group.y += ((y - group.y) * count) / all;
    group.count = all;
    group.points.push(point);
  }
  return [...fields.values()];
}
