import { describe, expect, it } from 'vitest';
import type { GapRow, Region } from '../api/types';
import { gapsByCode } from './gap_map';

const region = (id: string, code: string, parent: string | null) => ({ id, code, parent_id: parent }) as unknown as Region;
const row = (district: string | null, refused: number, cases: string[]) => ({ district_id: district, refused, unanswered: 1, not_found: 0, no_fitting: 0, cases }) as unknown as GapRow;

describe('gaps on a map', () => {
  const tree = [region('city', '991007', null), region('ward', '991015', 'city'), region('quarter', '', 'ward'), region('nowhere', '', null)];
  it('stand where the district has a code, or the region around it', () => {
    const gaps = gapsByCode([row('quarter', 2, ['a']), row('ward', 1, ['a', 'b']), row('city', 0, [])], tree);
    expect(gaps.get('991015')).toEqual({ count: 5, cases: ['a', 'b'], districts: ['quarter', 'ward'] });
    expect(gaps.get('991007')?.count).toBe(1);
  });
  it('leave out what has no place', () => {
    expect(gapsByCode([row(null, 1, []), row('nowhere', 1, []), row('gone', 1, [])], tree).size).toBe(0);
  });
});
