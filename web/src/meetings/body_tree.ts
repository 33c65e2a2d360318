import type { Body } from '../api/types';

export interface Branch {
  body: Body;
  depth: number;
}

/** Parents before their children; a body whose parent is not visible stands at the root. */
export function tree(bodies: readonly Body[]): Branch[] {
  const known = new Set(bodies.map((body) => body.id));
  const below = (parent: string | null, depth: number, path: ReadonlySet<string>): Branch[] =>
    bodies
      .filter((body) => (parent === null ? !body.text.parent_id || !known.has(body.text.parent_id) : body.text.parent_id === parent) && !path.has(body.id))
      .flatMap((body) => [{ body, depth }, ...below(body.id, depth + 1, new Set([...path, body.id]))]);
  return below(null, 0, new Set());
}

/** The body itself and everything below it. */
export function withBelow(bodies: readonly Body[], id: string): Set<string> {
  const found = new Set([id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const body of bodies) {
      if (body.text.parent_id && found.has(body.text.parent_id) && !found.has(body.id)) {
        found.add(body.id);
        grown = true;
      }
    }
  }
  return found;
}
