import { describe, expect, it } from 'vitest';
import type { TemplateList } from '../api/types';
import { placeOf } from './template_query';

const label = (ja: string) => ({ ja, en: ja });
const list = {
  items: [
    {
      pack: 'niigata', label: label('新潟方式'), source: label(''), indicators: null,
      plan: { label: label('計画'), stations: 11, stages: [], headings: [], doubts: [], lines: [{ no: 7, stage: 'pca', heading: 'pca_u', item: '協議会', frequency: '2~3回', center: false, station: false, city: true, note: '', doubt: '' }] },
    },
    {
      pack: 'iizuka', label: label('飯塚方式'), source: label(''), plan: null,
      indicators: {
        label: label('体系'), classes: [],
        goals: [{ code: 'home_care', no: 1, label: label('在宅医療の強化'), doubt: '', issues: [{ code: 'acp', label: label('ACPの理解') }], measures: [{ code: 'dojo', label: label('道場'), kind: 'training' }], indicators: [] }],
      },
    },
  ],
} as unknown as TemplateList;

describe('the place of a record among the templates', () => {
  it('is the line of a plan that carries its name, or the goal that lists it', () => {
    expect(placeOf(list, 'measures', '協議会')).toMatchObject({ hash: 'plan-niigata-7', no: 7, part: 'plan' });
    expect(placeOf(list, 'measures', '道場')).toMatchObject({ hash: 'goal-home_care', no: 1, part: 'tree' });
    expect(placeOf(list, 'issues', 'ACPの理解')).toMatchObject({ hash: 'goal-home_care' });
  });
  it('is nowhere for other names and other kinds', () => {
    expect(placeOf(list, 'issues', '道場')).toBeUndefined();
    expect(placeOf(list, 'measures', 'ほかのこと')).toBeUndefined();
  });
});
