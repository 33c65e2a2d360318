// Where names stand on a map: on no mark, and on no other name.

export interface Name {
  x: number;
  y: number;
  text: string;
  /** Pixels. */
  size: number;
  /**
   * Of an area: moves about within it, and stands as near as can be where there is no room. Beside a spot, or on it:
   * left out where there is no room.
   */
  kind: 'area' | 'beside' | 'on';
  /** Whether the middle of the name may stand there. */
  within?: (x: number, y: number) => boolean;
}

export interface Disc {
  x: number;
  y: number;
  radius: number;
}

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const gap = 2;
/** Half of the square that marks the spot of a name beside it. */
const square = 4;

/** Kana and kanji are as wide as high, others about half. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! > 0xff ? 1 : 0.58), 0) * size;
}

/**
 * How far the middle of each name moves from its spot, in pixels, so that it covers neither a mark nor a name before it
 * in the list; null where it is left out.
 */
export function placed(names: readonly Name[], marks: readonly Disc[]): ([number, number] | null)[] {
  const taken: Rectangle[] = [];
  return names.map((name) => {
    const width = widthOf(name.text, name.size) + 2 * gap;
    const height = name.size * 1.2 + 2 * gap;
    const spot = { x: name.x, y: name.y, radius: square };
    // A square below a mark says nothing.
    if (name.kind === 'beside' && (marks.some((mark) => apart(spot, mark) < mark.radius + square) || taken.some((one) => covers(one, spot)))) return null;
    let best: { move: [number, number]; rectangle: Rectangle; covered: number } | undefined;
    for (const move of moves(name.kind, width, height)) {
      const [x, y] = [name.x + move[0], name.y + move[1]];
      if (best && name.within && !name.within(x, y)) continue;
      const rectangle = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
      const covered = marks.reduce((sum, mark) => sum + Number(covers(rectangle, mark)), 0) + taken.reduce((sum, one) => sum + 2 * Number(meet(rectangle, one)), 0);
      if (!best || covered < best.covered) best = { move, rectangle, covered };
      if (covered === 0) break;
    }
    if (!best || (best.covered > 0 && name.kind !== 'area')) return null;
    taken.push(best.rectangle);
    if (name.kind === 'beside') taken.push({ left: name.x - square, top: name.y - square, right: name.x + square, bottom: name.y + square });
    return best.move;
  });
}

/** The nearest first. */
function moves(kind: Name['kind'], width: number, height: number): [number, number][] {
  const [right, down] = [width / 2 + square, height / 2 + square];
  if (kind === 'beside') return [[right, 0], [-right, 0], [0, -down], [0, down]];
  if (kind === 'on') return [[0, 0], [0, -height], [0, height]];
  const steps = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  const all = steps.flatMap((x) => steps.map((y): [number, number] => [x * 16, y * 12]));
  return all.sort((one, other) => Math.hypot(...one) - Math.hypot(...other));
}

const apart = (one: Disc, other: Disc) => Math.hypot(one.x - other.x, one.y - other.y);

function covers(one: Rectangle, mark: Disc): boolean {
  const [x, y] = [Math.max(one.left, Math.min(mark.x, one.right)), Math.max(one.top, Math.min(mark.y, one.bottom))];
  return (x - mark.x) ** 2 + (y - mark.y) ** 2 < (mark.radius + gap) ** 2;
}

function meet(one: Rectangle, other: Rectangle): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
