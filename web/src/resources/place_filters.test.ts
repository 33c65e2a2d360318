import { expect, test } from 'vitest';
import { placeQuery, spotOf, spotText } from './place_filters';

test('a spot is written and read again, with commas in its name', () => {
  const spot = { latitude: 35.6, longitude: 141.21, name: '本町, 汐見市' };
  expect(spotText(spot)).toBe('35.60000,141.21000,本町, 汐見市');
  expect(spotOf(spotText(spot))).toEqual(spot);
  expect(spotOf('here')).toBeUndefined();
  expect(spotOf(undefined)).toBeUndefined();
});

test('the own municipality holds unless another one or a spot is named', () => {
  expect(placeQuery({ service: '130' }, '991007')).toEqual({ service: '130', municipality: '991007' });
  expect(placeQuery({ municipality: 'all' }, '991007')).toEqual({});
  expect(placeQuery({ near: '35.6,141.2,x' }, '991007')).toEqual({ near: '35.6,141.2', within_km: '20' });
  expect(placeQuery({ near: '35.6,141.2,x', within_km: '3', municipality: '991015' }, '991007')).toEqual({ near: '35.6,141.2', within_km: '3', municipality: '991015' });
  expect(placeQuery({ within_km: '3' }, undefined)).toEqual({});
});
