import { expect, test } from 'vitest';
import en from '../i18n/en/exchange.json';
import ja from '../i18n/ja/exchange.json';
import { addressOf, files } from './files';

test('an address names what was chosen and nothing else', () => {
  expect(addressOf('/hsds/tables', '', [])).toBe('/hsds/tables');
  expect(addressOf('/hsds/tables', '131016', ['130', '430'])).toBe('/hsds/tables?municipality=131016&service=130,430');
  expect(addressOf('/fhir/R4/$directory-lines?_type=Location', '131016', [])).toBe('/fhir/R4/$directory-lines?_type=Location&municipality=131016');
});

test('every file says in both languages what it is for', () => {
  for (const { name } of files) {
    for (const words of [ja, en]) expect((words.file as Record<string, { title: string; what: string }>)[name], name).toMatchObject({ title: expect.stringMatching(/./), what: expect.stringMatching(/./) });
  }
});
