// What is missing on a map: how often somebody was refused or nothing was found, by municipality or ward.
import { CatchBoundary } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GapRow, Region } from '../api/types';
import { useMapRegions } from '../maps/queries';
import { RegionMap, type RegionValue } from '../maps/region_map';
import { useRegions } from '../regions/regions';
import { useHome } from '../resources/queries';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';

export interface GapOfRegion {
  count: number;
  cases: string[];
  districts: string[];
}

export function lackingOf(row: GapRow): number {
  return row.refused + row.unanswered + row.not_found + row.no_fitting;
}

/** The rows by the code of their district, or of the nearest region around it that has one; what has none is left out. */
export function gapsByCode(rows: readonly GapRow[], regions: readonly Region[]): Map<string, GapOfRegion> {
  const byId = new Map(regions.map((region) => [region.id, region]));
  const result = new Map<string, GapOfRegion>();
  for (const row of rows) {
    let at = row.district_id ? byId.get(row.district_id) : undefined;
    while (at && !at.code) at = at.parent_id ? byId.get(at.parent_id) : undefined;
    if (!at) continue;
    const entry = result.get(at.code) ?? { count: 0, cases: [], districts: [] };
    entry.count += lackingOf(row);
    entry.cases = [...new Set([...entry.cases, ...row.cases])];
    if (row.district_id && !entry.districts.includes(row.district_id)) entry.districts.push(row.district_id);
    result.set(at.code, entry);
  }
  return result;
}

export function GapMap({ rows, onRegion }: { rows: readonly GapRow[]; onRegion: (title: string, cases: string[]) => void }) {
  const { t } = useTranslation('referrals');
  const home = useHome();
  const tree = useRegions();
  const codes = useMemo(() => (home?.code ? [home.code] : undefined), [home?.code]);
  const { regions, sources, error } = useMapRegions(codes);
  const gaps = useMemo(() => gapsByCode(rows, tree), [rows, tree]);
  const values = useMemo(() => new Map<string, RegionValue>((regions ?? []).map((region) => [region.code, { value: gaps.get(region.code)?.count ?? 0, text: t('gaps.times', { count: gaps.get(region.code)?.count ?? 0 }) }])), [regions, gaps, t]);
  if (!codes || !regions || regions.length === 0) return <ProblemNotice error={error} />;
  const open = (code: string) => {
    const gap = gaps.get(code);
    const name = regions.find((region) => region.code === code)?.name ?? '';
    if (gap && gap.cases.length > 0) onRegion(t('gaps.all_of', { where: name }), gap.cases);
  };
  return (
    <Section id="gap-map" title={t('gaps.map')} note={t('gaps.map_note')}>
      {/* A browser that cannot draw the map still has the table. */}
      <CatchBoundary getResetKey={() => 'gap-map'} errorComponent={NoMap}>
        <RegionMap label={t('gaps.map_label')} regions={regions} sources={sources} values={values} valuesTitle={t('gaps.map_values')} onRegion={open} />
      </CatchBoundary>
    </Section>
  );
}

function NoMap() {
  const { t } = useTranslation('referrals');
  return <p className="note">{t('gaps.no_map')}</p>;
}
