import { expect, test } from 'vitest';
import { sevenDigits } from './postal_code_field';

test('a postal code is seven digits however it is written', () => {
  expect(sevenDigits('999-0011')).toBe('9990011');
  expect(sevenDigits('〒９９９−００１１')).toBe('9990011');
  expect(sevenDigits('9990011')).toBe('9990011');
  expect(sevenDigits('999-001')).toBeUndefined();
  expect(sevenDigits('99900111')).toBeUndefined();
  expect(sevenDigits('')).toBeUndefined();
});
