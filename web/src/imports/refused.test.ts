import { expect, test } from 'vitest';
import { refusedColumns, refusedElsewhere } from './refused';

const sent = {
  columns: [
    { column: 0, header: 'day', field: 'received_on', mark: null },
    { column: 4, header: 'day again', field: 'received_on', mark: null },
  ],
};

test('a refused column is found by its place in the mapping that was sent', () => {
  const refused = refusedColumns(
    [
      { pointer: '/mapping/columns/0/field', reason: 'one_column', limit: 'day again' },
      { pointer: '/mapping/columns/1/field', reason: 'one_column', limit: 'day' },
      { pointer: '/mapping/columns/1/mark', reason: 'unknown_code', limit: '' },
    ],
    sent as never,
  );
  expect([...refused].map(([column, problem]) => [column, problem.reason, problem.limit])).toEqual([
    [0, 'one_column', 'day again'],
    [4, 'one_column', 'day'],
  ]);
});

test('what is about no column of it is left to the notice', () => {
  const fields = ['/mapping/columns', '/mapping/columns/1/field', '/mapping/state', '/mapping/words/0/code', '/mapping_name'].map((pointer) => ({ pointer, reason: 'required', limit: '' }));
  expect(refusedElsewhere(fields).map((one) => one.pointer)).toEqual(['/mapping/columns', '/mapping/state', '/mapping/words/0/code', '/mapping_name']);
  expect(refusedColumns([{ pointer: '/mapping/columns', reason: 'needs_received_on', limit: '' }, { pointer: '/mapping/columns/9/field', reason: 'x', limit: '' }, { pointer: '/mapping/state', reason: 'not_allowed', limit: '' }], sent as never).size).toBe(0);
});
