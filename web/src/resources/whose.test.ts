import { expect, test } from 'vitest';
import { municipalityOf } from './whose';

const desk = (municipality_id: string) => ({ municipality_id });
const serves = (role: string, region_id: string) => ({ role, region_id }) as never;

test('whoever serves several municipalities sees that of the desk in the header', () => {
  expect(municipalityOf(desk('b'), [desk('a'), desk('b')], [])).toBe('b');
  expect(municipalityOf(desk('b'), [], [serves('municipal', 'a'), serves('municipal', 'b')])).toBe('b');
  expect(municipalityOf(desk('b'), [desk('a')], [serves('municipal', 'b')])).toBe('b');
});

test('otherwise the server knows it, and nobody asks for one that is not theirs', () => {
  expect(municipalityOf(null, [desk('a'), desk('b')], [])).toBeUndefined();
  expect(municipalityOf(desk('a'), [desk('a'), desk('a')], [])).toBeUndefined();
  expect(municipalityOf(desk('c'), [desk('a'), desk('b')], [])).toBeUndefined();
  expect(municipalityOf(desk('b'), [desk('a')], [serves('advisor', 'b')])).toBeUndefined();
});
