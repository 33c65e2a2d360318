import { expect, test } from 'vitest';
import { brought } from './kept_text';

test('what was written comes back onto what the server has by now', () => {
  const base = { name: '中央', phone: '1', regions: ['a'] };
  const kept = { name: '中央相談室', phone: '1', regions: ['a'] };
  const now = { name: '中央', phone: '2', regions: ['a', 'b'] };
  expect(brought(now, kept, base)).toEqual({ name: '中央相談室', phone: '2', regions: ['a', 'b'] });
});

test('a field the dialog no longer has does not come back', () => {
  expect(brought({ name: '' } as Record<string, string>, { name: 'x', gone: 'y' }, { name: '', gone: '' })).toEqual({ name: 'x' });
});
