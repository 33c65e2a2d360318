import { expect, test } from 'vitest';
import { creditOf } from './background';

test('who made the archive is named without markup', () => {
  expect(creditOf({ attribution: '<a href="https://example.org">© 架空の地図</a>' })).toBe('© 架空の地図');
  expect(creditOf({ attribution: '<script>alert(1)</script>架空' })).not.toContain('<');
  expect(creditOf({})).toBe('');
  expect(creditOf(null)).toBe('');
});
