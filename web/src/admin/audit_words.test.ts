// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from '../i18n/en/admin.json';
import ja from '../i18n/ja/admin.json';
import { actions, detailWords, partsOf, subjectKinds } from './audit_words';

test.each([
  ['version=3', { version: '3' }],
  ['local version=3', { version: '3' }],
  ['sheet version 4', { version: '4' }],
  ['kaigo home_care +12 ~0 -3', { official: { service: 'home_care', added: '12', changed: '0', missing: '3' } }],
  ['KEN ALL.CSV +2 ~0 -1', { list: { file: 'KEN ALL.CSV', added: '2', changed: '0', missing: '1' } }],
  ['consultations=13 R6-0001..R6-0012 R7-0001..R7-0001', { taken: { count: 13, numbers: 'R6-0001..R6-0012 R7-0001..R7-0001' } }],
  ['consultations=13', { taken: { count: 13, numbers: '' } }],
  ['attachments', { word: 'attachments' }],
])('%s is taken apart', (detail, parts) => {
  expect(Object.fromEntries(Object.entries(partsOf(detail)).filter(([, part]) => part))).toEqual(parts);
});

test('what is none of it stays as it is', () => {
  for (const detail of ['', 'open>closed', 'number=R8-0001', 'consultation=0f', 'version', '2026 12']) expect(Object.values(partsOf(detail)).some(Boolean)).toBe(false);
});

test.each([ja, en])('every action, kind and word has its text', (words) => {
  expect(Object.keys(words.audit_action).sort()).toEqual([...actions].sort());
  expect(Object.keys(words.audit_kind).sort()).toEqual([...subjectKinds].sort());
  expect(Object.keys(words.audit_detail).sort()).toEqual([...detailWords].sort());
});

test('an action that the server writes into the audit has a name', () => {
  const server = join(import.meta.dirname, '../../../src');
  const written = new Set<string>();
  for (const file of readdirSync(server, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.cpp') || file.endsWith('_test.cpp')) continue;
    const text = readFileSync(join(server, file), 'utf8');
    for (const [, action] of text.matchAll(/(?:\.action = |\brecord\(tx, actor, |\baudited\(actor, )"(\w+)"/g)) written.add(action!);
  }
  expect(written.size).toBeGreaterThan(25);
  expect([...written].filter((one) => !(actions as readonly string[]).includes(one))).toEqual([]);
});
