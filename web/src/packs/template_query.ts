import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { api, ask } from '../api/client';
import type { IndicatorRow, IssueRow, MeasureRow, TemplateList } from '../api/types';
import { useMay } from '../app/session';
import { useAll } from '../records/queries';

export const templatesQuery = queryOptions({ queryKey: ['packs', 'templates'], queryFn: () => ask(api.GET('/api/packs/templates')), staleTime: Infinity });

type Kind = 'issues' | 'measures' | 'indicators';

/** The record that is called as the template calls it, of those the person sees. */
export function useRecordsNamed(kind: Kind): (name: string) => { id: string; to: string } | undefined {
  const may = useMay();
  const rows = useAll<IssueRow | MeasureRow | IndicatorRow>(`/api/${kind}`, {}, may(`${kind}.read`));
  const byName = useMemo(() => new Map((rows ?? []).map((row) => ['name' in row ? row.name : row.title, row.id])), [rows]);
  return useCallback(
    (name) => {
      const id = byName.get(name);
      return id === undefined ? undefined : { id, to: `/${kind}/${id}` };
    },
    [byName, kind],
  );
}

export interface TemplatePlace {
  /** Anchor on the page of templates. */
  hash: string;
  pack: TemplateList['items'][number];
  /** Number of the plan's line or of the goal. */
  no: number;
  part: 'plan' | 'tree';
}

/** Where a record of this name stands in a plan or a tree of the packs. */
export function useTemplatePlace(kind: Kind, name: string): TemplatePlace | undefined {
  const { data } = useQuery(templatesQuery);
  return useMemo(() => data && placeOf(data, kind, name), [data, kind, name]);
}

export function placeOf(list: TemplateList, kind: Kind, name: string): TemplatePlace | undefined {
  for (const pack of list.items) {
    const line = kind === 'measures' ? pack.plan?.lines.find((one) => one.item === name) : undefined;
    if (line) return { hash: `plan-${pack.pack}-${line.no}`, pack, no: line.no, part: 'plan' };
    const goal = pack.indicators?.goals.find((one) => one[kind].some((item) => item.label.ja === name));
    if (goal) return { hash: `goal-${goal.code}`, pack, no: goal.no, part: 'tree' };
  }
  return undefined;
}
