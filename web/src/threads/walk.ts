// Walking a thread: what a record came from and what came of it.
import type { NodeKind, Thread, ThreadEdge, ThreadNode } from '../api/types';

export const kinds: NodeKind[] = ['consultation', 'referral', 'discharge', 'issue', 'meeting', 'measure', 'indicator', 'evaluation'];

/** Few threads have one: it is no station that others still have to come to. */
export function seldom(kind: NodeKind): boolean {
  return kind === 'referral' || kind === 'discharge';
}

export function keyOf(kind: string, id: string): string {
  return `${kind}/${id}`;
}
const from = (edge: ThreadEdge) => keyOf(edge.from_kind, edge.from_id);
const to = (edge: ThreadEdge) => keyOf(edge.to_kind, edge.to_id);

/** From the evaluation back to an issue: the thread begins anew there. */
export function goesBack(edge: ThreadEdge): boolean {
  return edge.from_kind === 'evaluation' && edge.to_kind === 'issue';
}

function reach(start: string, edges: readonly ThreadEdge[], forward: boolean): Set<string> {
  const seen = new Set([start]);
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    // A council has many items: what shares a meeting does not belong together.
    if (at !== start && at.startsWith('meeting/')) continue;
    for (const edge of edges) {
      if (goesBack(edge)) continue;
      const [here, there] = forward ? [from(edge), to(edge)] : [to(edge), from(edge)];
      if (here !== at || seen.has(there)) continue;
      seen.add(there);
      open.push(there);
    }
  }
  return seen;
}

/** The nodes before and after one record, without those that only share a neighbour with it. */
export function along(thread: Thread, kind = thread.kind, id = thread.id): ThreadNode[] {
  const start = keyOf(kind, id);
  const before = reach(start, thread.edges, false);
  const after = reach(start, thread.edges, true);
  const near = new Set([...before, ...after]);
  // The meetings that discussed any of them.
  const discussed = thread.edges.flatMap((edge) => (near.has(from(edge)) && edge.to_kind === 'meeting' ? [to(edge)] : []));
  if (kind !== 'meeting') for (const meeting of discussed) near.add(meeting);
  return thread.nodes.filter((node) => near.has(keyOf(node.kind, node.id)));
}

/** By station, oldest first. */
export function columns(nodes: readonly ThreadNode[]): { kind: NodeKind; nodes: ThreadNode[] }[] {
  return kinds
    .map((kind) => ({
      kind,
      nodes: nodes.filter((node) => node.kind === kind).sort((a, b) => (a.on ?? '9').localeCompare(b.on ?? '9') || a.number.localeCompare(b.number)),
    }))
    .filter((station) => !seldom(station.kind) || station.nodes.length > 0);
}

export function nextOf(thread: Thread, node: { kind: string; id: string }): ThreadNode[] {
  const targets = new Set(thread.edges.filter((edge) => from(edge) === keyOf(node.kind, node.id)).map(to));
  return thread.nodes.filter((one) => targets.has(keyOf(one.kind, one.id)));
}

export function previousOf(thread: Thread, node: { kind: string; id: string }): ThreadNode[] {
  const sources = new Set(thread.edges.filter((edge) => to(edge) === keyOf(node.kind, node.id)).map(from));
  return thread.nodes.filter((one) => sources.has(keyOf(one.kind, one.id)));
}

export const screenOf: Record<string, string> = {
  consultation: '/consultations/$id',
  issue: '/issues/$id',
  meeting: '/meetings/$id',
  task: '/meetings/$id',
  measure: '/measures/$id',
  indicator: '/indicators/$id',
  evaluation: '/evaluations/$id',
  referral: '/referrals/$id',
  discharge: '/discharges/$id',
  activity: '/consultations/activities/$id',
};
