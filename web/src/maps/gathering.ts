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

/**
 * Fields of that many pixels; the place of a group is the middle of its points, weighed by what each stands for. Groups of
 * neighbouring fields whose circles, `radius` wide, would still lie over each other become one as well.
 */
export function gathered<Point>(placed: Placed<Point>[], field: number, radius: (group: Gathered<Point>) => number): Gathered<Point>[] {
  const fields = new Map<string, Gathered<Point>>();
  for (const { point, x, y, count } of placed) {
    const key = `${Math.floor(x / field)}/${Math.floor(y / field)}`;
    const more = { x, y, count, points: [point] };
    const group = fields.get(key);
    if (group) join(group, more);
    else fields.set(key, more);
  }
  let groups = [...fields.values()];
  for (let before = Infinity; groups.length < before; ) {
    before = groups.length;
    groups = apart(groups, radius);
  }
  return groups;
}

function join<Point>(group: Gathered<Point>, more: Gathered<Point>) {
  const all = group.count + more.count;
  group.x += ((more.x - group.x) * more.count) / all;
  group.y += ((more.y - group.y) * more.count) / all;
  group.count = all;
  group.points.push(...more.points);
}

/** Each group joins the first that it would lie over; joined ones have moved and may lie over others. */
function apart<Point>(groups: readonly Gathered<Point>[], radius: (group: Gathered<Point>) => number): Gathered<Point>[] {
  const kept: Gathered<Point>[] = [];
  for (const group of groups) {
    const under = kept.find((one) => Math.hypot(one.x - group.x, one.y - group.y) < radius(one) + radius(group));
    if (under) join(under, group);
    else kept.push(group);
  }
  return kept;
}
