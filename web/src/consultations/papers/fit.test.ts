import { describe, expect, it } from 'vitest';
import { continuationPages, fitTexts, splitAt, type LongText } from './fit';

// Letters of `size` points in a box of 400 points: so many letters per line, lines of 1.7 × size.
const measure = (text: string, size: number) => text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / Math.floor(400 / size))), 0) * size * 1.7;
const texts = (request: number, support = 10, awareness = 10): LongText[] => [
  { name: 'request', text: 'あ'.repeat(request), weight: 46 },
  { name: 'support_text', text: 'い'.repeat(support), weight: 35 },
  { name: 'awareness', text: 'う'.repeat(awareness), weight: 32 },
];
const total = (boxes: { height: number }[]) => boxes.reduce((sum, box) => sum + box.height, 0);

describe('long texts on the sheet', () => {
  it('have their usual boxes when they are short', () => {
    const { size, boxes, rest } = fitTexts(texts(100), 320, 40, measure);
    expect(size).toBe(9.5);
    expect(rest).toEqual([]);
    expect(boxes[0]!.height).toBeCloseTo((320 * 46) / 113);
    expect(total(boxes)).toBeCloseTo(320);
  });
  it('take room from boxes that need less before they shrink', () => {
    const { size, boxes } = fitTexts(texts(480), 320, 40, measure);
    expect(size).toBe(9.5);
    expect(boxes[0]!.height).toBeGreaterThan((320 * 46) / 113);
    expect(total(boxes)).toBeCloseTo(320);
  });
  it('shrink step by step', () => {
    const { size, rest } = fitTexts(texts(700), 320, 40, measure);
    expect(size).toBeLessThan(9.5);
    expect(rest).toEqual([]);
  });
  it('go on to further sheets and lose no letter', () => {
    const long = texts(4000, 4000, 300);
    const { boxes, rest } = fitTexts(long, 320, 40, measure);
    expect(total(boxes)).toBeLessThanOrEqual(320.01);
    const pages = continuationPages(rest, 700, 20, (text) => measure(text, 9.5));
    expect(pages.length).toBeGreaterThan(1);
    for (const one of long) {
      const first = boxes.find((box) => box.name === one.name)!.text;
      const later = pages.flat().filter((part) => part.name === one.name).map((part) => part.text).join('');
      expect(first + later).toBe(one.text);
    }
    for (const page of pages) expect(page.reduce((sum, part) => sum + 20 + measure(part.text, 9.5), 0)).toBeLessThanOrEqual(700.01);
  });
  it('are cut after a sentence where one ends near', () => {
    const [now, later] = splitAt(`${'あ'.repeat(60)}。${'い'.repeat(200)}`, 3 * 9.5 * 1.7, (text) => measure(text, 9.5));
    expect(now.endsWith('。')).toBe(true);
    expect(later.startsWith('い')).toBe(true);
  });
});
