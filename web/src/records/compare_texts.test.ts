import { describe, expect, it } from 'vitest';
import { compareTexts } from './compare_texts';

const text = (parts: { text: string }[]) => parts.map((part) => part.text).join('');

describe('two texts side by side', () => {
  it('marks what was put in and taken out, and loses nothing', () => {
    const before = '往診医を探している。';
    const after = '急いで往診医を2か所探している。';
    const { left, right } = compareTexts(before, after);
    expect(text(left)).toBe(before);
    expect(text(right)).toBe(after);
    expect(left.every((part) => !part.changed)).toBe(true);
    expect(right.filter((part) => part.changed).map((part) => part.text).join('|')).toContain('急いで');
  });
  it('has nothing to mark in equal texts and everything against an empty one', () => {
    expect(compareTexts('同じ', '同じ').right).toEqual([{ text: '同じ', changed: false }]);
    expect(compareTexts('', '新しい')).toEqual({ left: [], right: [{ text: '新しい', changed: true }] });
  });
});
