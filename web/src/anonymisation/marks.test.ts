import { expect, test } from 'vitest';
import type { Identifiers, Mark } from '../api/types';
import { atBorder, begin, decisionsOf, isDone, pieces, withOwn } from './marks';

const fields = [
  { field: 'request', text: 'Yamada calls 03-1234-5678' },
  { field: 'background', text: 'Lives with 𠮷da' },
];

function mark(part: Partial<Mark>): Mark {
  return { field: 'request', start: 0, end: 6, kind: 'own_name', source: 'person', certain: true, replacement: 'A', ...part };
}

const found: Identifiers = {
  consultation_id: 'c',
  sheet_version: 1,
  dictionary: true,
  person_known: true,
  fields,
  coded: { age_band: 'age_85_89', household: 'alone', care_level: null as never, district_id: 'd' },
  marks: [mark({}), mark({ start: 13, end: 25, kind: 'phone', replacement: '[phone]' }), mark({ field: 'district_id', start: 0, end: 0, kind: 'combination', certain: false, replacement: '' })],
};

test('nothing is decided at first, and a field is parted at its marks', () => {
  const marks = begin(found, []);
  expect(marks.every((one) => !isDone(one))).toBe(true);
  expect(pieces(fields[0]!, marks).map((piece) => piece.text)).toEqual(['Yamada', ' calls ', '03-1234-5678']);
  expect(pieces(fields[1]!, marks).map((piece) => piece.text)).toEqual([fields[1]!.text]);
});

test('what was decided before about the same places stands again, with marks set by hand', () => {
  const marks = begin(found, [
    { field: 'request', start: 0, end: 6, kind: 'own_name', source: 'person', replace: true, replacement: 'Ms A', reason: '' },
    { field: 'request', start: 13, end: 25, kind: 'phone', source: 'form', replace: false, replacement: '', reason: 'a hotline' },
    { field: 'background', start: 0, end: 5, kind: 'place', source: 'hand', replace: true, replacement: 'x', reason: '' },
  ]);
  expect(marks.map((one) => [one.field, one.fate, one.replacement])).toEqual([
    ['request', 'replace', 'Ms A'],
    ['request', 'keep', '[phone]'],
    ['background', 'replace', 'x'],
    ['district_id', 'undecided', ''],
  ]);
  expect(marks.map(isDone)).toEqual([true, true, true, false]);
});

test('a certain identifier stays only with a reason', () => {
  const [name] = begin(found, []);
  expect(isDone({ ...name!, fate: 'keep' })).toBe(false);
  expect(isDone({ ...name!, fate: 'keep', reason: 'x' })).toBe(true);
  expect(isDone({ ...name!, certain: false, fate: 'keep' })).toBe(true);
});

test('a mark set by hand swallows those it touches', () => {
  const marks = withOwn(begin(found, []), { field: 'request', start: 3, end: 14, kind: 'place', replacement: 'y' }, fields);
  expect(marks.map((one) => [one.field, one.start, one.end, one.source])).toEqual([
    ['request', 0, 25, 'hand'],
    ['district_id', 0, 0, 'person'],
  ]);
  expect(decisionsOf(marks)[0]).toEqual({ field: 'request', start: 0, end: 25, kind: 'place', source: 'hand', replace: true, replacement: 'y', reason: '' });
});

test('a place is never inside a letter of two code units', () => {
  const text = fields[1]!.text;
  const inside = text.indexOf('𠮷') + 1;
  expect(atBorder(text, inside)).toBe(inside + 1);
  expect(atBorder(text, inside - 1)).toBe(inside - 1);
});
