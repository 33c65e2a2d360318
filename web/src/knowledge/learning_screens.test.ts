import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const top = path.resolve(__dirname, '../../..');
const learning = readFileSync(path.join(top, 'packs/standard/knowledge_learning.yaml'), 'utf8');
const router = readFileSync(path.join(top, 'web/src/app/router.tsx'), 'utf8');
const terms = readFileSync(path.join(top, 'packs/standard/knowledge_terms.yaml'), 'utf8');

describe('the learning list', () => {
  it('leads to screens that exist', () => {
    const screens = new Set([...router.matchAll(/screen\('([^']+)'/g)].map((match) => match[1]!));
    const named = [...learning.matchAll(/\{to: "?(\/[^",]*)"?,/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((to) => !screens.has(to.split('?')[0]!))).toEqual([]);
  });

  it('asks the page of the terms for kinds that exist', () => {
    const kinds = new Set([...terms.matchAll(/- \{kind: (\w+),/g)].map((match) => match[1]!));
    const asked = [...learning.matchAll(/\?kind=(\w+)/g)].map((match) => match[1]!);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});
