import { expect, test } from 'vitest';
import type { Identifiers, Mark } from '../api/types';
import { atBorder, begin, choicesOf, choicesOfDecisions, decisionsOf, faultsAt, faultsOf, isDone, pieces, shown, withOwn, type Choice, type Decided } from './marks';

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
  const earlier = choicesOfDecisions([
    { field: 'request', start: 0, end: 6, kind: 'own_name', source: 'person', replace: true, replacement: 'Ms A', reason: '' },
    { field: 'request', start: 13, end: 25, kind: 'phone', source: 'form', replace: false, replacement: '', reason: 'a hotline' },
    { field: 'background', start: 0, end: 5, kind: 'place', source: 'hand', replace: true, replacement: 'x', reason: '' },
  ]);
  const marks = shown(begin(found, earlier), fields);
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

const places = (marks: Decided[]) => marks.map((one) => [one.field, one.start, one.end, one.source, one.fate]);

test('a mark set by hand swallows those it touches', () => {
  const marks = shown(withOwn(begin(found, []), { field: 'request', start: 3, end: 14, kind: 'place', replacement: 'y' }, fields), fields);
  expect(places(marks)).toEqual([
    ['request', 0, 25, 'hand', 'replace'],
    ['district_id', 0, 0, 'person', 'undecided'],
  ]);
  expect(decisionsOf(marks)[0]).toEqual({ field: 'request', start: 0, end: 25, kind: 'place', source: 'hand', replace: true, replacement: 'y', reason: '' });
});

test('taken off again, what it had swallowed stands as it was decided: found marks and those by hand', () => {
  const decided = begin(found, []).map((mark): Decided => (mark.start === 0 && mark.field === 'request' ? { ...mark, fate: 'replace', replacement: 'Ms A' } : mark));
  const first = withOwn(decided, { field: 'request', start: 7, end: 9, kind: 'place', replacement: 'y' }, fields);
  const second = withOwn(first, { field: 'request', start: 3, end: 14, kind: 'place', replacement: 'z' }, fields);
  expect(places(shown(second, fields))).toEqual([
    ['request', 0, 25, 'hand', 'replace'],
    ['district_id', 0, 0, 'person', 'undecided'],
  ]);
  const [over] = shown(second, fields);
  const back = second.filter((mark) => mark !== over);
  expect(places(shown(back, fields))).toEqual([
    ['request', 0, 6, 'person', 'replace'],
    ['request', 7, 9, 'hand', 'replace'],
    ['request', 13, 25, 'person', 'undecided'],
    ['district_id', 0, 0, 'person', 'undecided'],
  ]);
  expect(shown(back, fields)[0]!.replacement).toBe('Ms A');
  // The same after a reload, when the marks are found anew.
  expect(begin(found, choicesOf(second))).toEqual(second);
});

test('found anew, a mark overlapping one set by hand does not drop it: it grows, and is decided again', () => {
  const hand: Choice = { field: 'request', start: 3, end: 9, kind: 'place', source: 'hand', fate: 'replace', replacement: 'y', reason: '' };
  const layers = begin(found, [hand]);
  expect(places(shown(layers, fields))).toEqual([
    ['request', 0, 9, 'hand', 'undecided'],
    ['request', 13, 25, 'person', 'undecided'],
    ['district_id', 0, 0, 'person', 'undecided'],
  ]);
  // Decided about as it is now, it stays so.
  const again = begin(found, choicesOf(layers.map((mark): Decided => (mark.source === 'hand' ? { ...mark, fate: 'replace' } : mark))));
  expect(shown(again, fields)[0]).toMatchObject({ start: 0, end: 9, fate: 'replace', replacement: 'y' });
  // A wider one covers what was found since, and is as it was.
  const wide = begin(found, [{ ...hand, start: 0, end: 13 }]);
  expect(shown(wide, fields)[0]).toMatchObject({ start: 0, end: 13, fate: 'replace' });
});

test('a draft keeps its decisions where the mark is the same; marks found since are undecided', () => {
  const kept = choicesOf(begin({ ...found, marks: [found.marks[0]!] }, []).map((mark): Decided => ({ ...mark, fate: 'keep', reason: 'asked for' })));
  const marks = shown(begin(found, kept), fields);
  expect(places(marks)).toEqual([
    ['request', 0, 6, 'person', 'keep'],
    ['request', 13, 25, 'person', 'undecided'],
    ['district_id', 0, 0, 'person', 'undecided'],
  ]);
  expect(marks[0]!.reason).toBe('asked for');
  // Another length is another mark.
  const longer = { ...found, marks: [mark({ end: 12 })] };
  expect(places(shown(begin(longer, kept), fields))).toEqual([['request', 0, 12, 'person', 'undecided']]);
});

test('words marked by hand and then left have no mark', () => {
  expect(begin({ ...found, marks: [] }, [{ field: 'background', start: 0, end: 5, kind: 'place', source: 'hand', fate: 'keep', replacement: '', reason: '' }])).toEqual([]);
});

test('what the server refuses stands at its mark', () => {
  const sent = decisionsOf(shown(begin(found, []), fields).map((one): Decided => ({ ...one, fate: one.start === 0 ? 'replace' : 'keep' })));
  const faults = faultsOf(
    [
      { pointer: '/decisions/0/reason', reason: 'required', limit: '' },
      { pointer: '/decisions/1/reason', reason: 'required', limit: '' },
      { pointer: '/decisions/2/replacement', reason: 'too_long', limit: '100' },
      { pointer: '/decisions', reason: 'undecided', limit: 'background:11-15' },
      { pointer: '/decisions', reason: 'too_many', limit: '2000' },
    ],
    sent,
  );
  expect(faults).toEqual([
    { place: { field: 'request', start: 0, end: 6 }, part: 'replacement', reason: 'same_words', limit: '' },
    { place: { field: 'request', start: 13, end: 25 }, part: 'reason', reason: 'required', limit: '' },
    { place: { field: 'district_id', start: 0, end: 0 }, part: 'replacement', reason: 'too_long', limit: '100' },
    { place: { field: 'background', start: 11, end: 15 }, part: '', reason: 'found_since', limit: '' },
    { place: null, part: '', reason: 'too_many', limit: '2000' },
  ]);
  expect(faultsAt(faults, { field: 'request', start: 13, end: 25 }).map((fault) => fault.part)).toEqual(['reason']);
  expect(faultsAt(faults, { field: 'background', start: 10, end: 12 }).map((fault) => fault.reason)).toEqual(['found_since']);
  expect(faultsAt(faults, { field: 'background', start: 0, end: 5 })).toEqual([]);
});

test('a place is never inside a letter of two code units', () => {
  const text = fields[1]!.text;
  const inside = text.indexOf('𠮷') + 1;
  expect(atBorder(text, inside)).toBe(inside + 1);
  expect(atBorder(text, inside - 1)).toBe(inside - 1);
});
