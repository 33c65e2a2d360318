import { expect, test } from 'vitest';
import { brought, wroteBoth } from './kept_text';

test('what was written comes back onto what the server has by now', () => {
  const base = { name: '中央', phone: '1', regions: ['a'] };
  const kept = { name: '中央相談室', phone: '1', regions: ['a'] };
  const now = { name: '中央', phone: '2', regions: ['a', 'b'] };
  expect(brought(now, kept, base)).toEqual({ name: '中央相談室', phone: '2', regions: ['a', 'b'] });
});

test('a field the dialog no longer has does not come back', () => {
  expect(brought({ name: '' } as Record<string, string>, { name: 'x', gone: 'y' }, { name: '', gone: '' })).toEqual({ name: 'x' });
});

test('it is told when somebody else wrote in the same field', () => {
  const base = { name: '中央', phone: '1' };
  const kept = { name: '中央相談室', phone: '1' };
  expect(wroteBoth({ name: '中央センター', phone: '1' }, kept, base)).toBe(true);
  expect(wroteBoth({ name: '中央', phone: '2' }, kept, base)).toBe(false);
  expect(wroteBoth({ name: '中央相談室', phone: '1' }, kept, base)).toBe(false);
});
