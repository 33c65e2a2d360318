import { describe, expect, it } from 'vitest';
import { readingSoFar } from './reading';

describe('the reading of a name that is typed with an input method', () => {
  const typed = (...shown: string[]) => shown.reduce(readingSoFar, '');
  it('is the last text in kana before the kanji were chosen', () => {
    expect(typed('\u3078', '\u3078\uff4e', '\u3078\u3093', '\u3078\u3093\u307f', '\u908a\u898b', '\u9089\u898b')).toBe('\u3078\u3093\u307f');
  });
  it('is hiragana, and nothing where only kanji or letters were shown', () => {
    expect(typed('\u30b5\u30c8\u30a6')).toBe('\u3055\u3068\u3046');
    expect(typed('\u4f50\u85e4')).toBe('');
    expect(typed('sato')).toBe('');
  });
});
