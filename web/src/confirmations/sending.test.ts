import { expect, test } from 'vitest';
import { fieldPointer } from './sending';

test('a fault is said at the field it belongs to', () => {
  expect(fieldPointer('/card/treatments/0')).toBe('/treatments');
  expect(fieldPointer('/note/free')).toBe('/free');
  expect(fieldPointer('/due_on')).toBe('/due_on');
  expect(fieldPointer('?code')).toBe('?code');
});
