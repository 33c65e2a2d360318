import { describe, expect, it } from 'vitest';

const words = import.meta.glob<Record<string, unknown>>('./{ja,en}/*.json', { eager: true, import: 'default' });
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}'], { eager: true, query: '?raw', import: 'default' });

const schema = sources['../api/schema.d.ts']!;

/** Keys without the endings of plural forms, which only English needs. */
function keys(tree: unknown, before = ''): string[] {
  if (typeof tree !== 'object' || tree === null) return [before.replace(/_(one|other)$/, '')];
  return Object.entries(tree).flatMap(([name, value]) => keys(value, before ? `${before}.${name}` : name));
}

const spaces = [...new Set(Object.keys(words).map((file) => file.replace(/^.*\/(.*)\.json$/, '$1')))];
const keysOf = (language: string, space: string) => new Set(keys(words[`./${language}/${space}.json`]));

describe('words', () => {
  it.each(spaces)('%s has the same keys in both languages', (space) => {
    expect([...keysOf('en', space)].sort()).toEqual([...keysOf('ja', space)].sort());
  });

  it.each(spaces)('%s has no empty text', (space) => {
    for (const language of ['ja', 'en']) expect(JSON.stringify(words[`./${language}/${space}.json`])).not.toMatch(/:\s*""/);
  });

  it.each([
    ['ConsultationState', 'common', 'state.consultation'],
    ['IssueState', 'common', 'state.issue'],
    ['MeetingState', 'common', 'state.meeting'],
    ['TaskState', 'common', 'state.task'],
    ['MeasureState', 'common', 'state.measure'],
    ['Outcome', 'common', 'state.evaluation'],
    ['VersionKind', 'consultations', 'history.kind'],
    ['NodeKind', 'threads', 'kind'],
  ])('says every value of %s', (name, space, key) => {
    const values = [...new RegExp(`\\n {8}${name}: (.*);`).exec(schema)![1]!.matchAll(/"(\w+)"/g)].map((match) => match[1]!);
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => !keysOf('ja', space).has(`${key}.${value}`))).toEqual([]);
  });

  it('has every key the screens ask for', () => {
    const missing: string[] = [];
    for (const [file, text] of Object.entries(sources)) {
      if (/\.test\.tsx?$|schema\.d\.ts$/.test(file)) continue;
      const asked = [...text.matchAll(/useTranslation\(\[?'(\w+)'/g)].map((match) => match[1]!);
      for (const match of text.matchAll(/\bt\('(?:(\w+):)?([\w.]+)'/g)) {
        const candidates = match[1] ? [match[1]] : asked.length > 0 ? asked : ['common', 'problems'];
        const key = match[2]!.replace(/_(one|other)$/, '');
        const known = candidates.some((space) => keysOf('ja', space).has(key) || [...keysOf('ja', space)].some((one) => one.startsWith(`${key}.`)));
        if (!known && /^[a-z]/.test(key)) missing.push(`${file}: ${candidates.join('|')}:${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
