// Which columns of a mapping the server refused.
import type { FieldProblem, ImportMapping } from '../api/types';

const ofColumn = /^\/mapping\/columns\/(\d+)(?:\/|$)/;

/** What is about no column, and so stands at none. */
export function refusedElsewhere(fields: readonly FieldProblem[]): FieldProblem[] {
  return fields.filter((one) => !ofColumn.test(one.pointer));
}

/** By the number of the column; of several problems of one column the first. `sent` is the mapping that was refused. */
export function refusedColumns(fields: readonly FieldProblem[], sent: Pick<ImportMapping, 'columns'>): Map<number, FieldProblem> {
  const result = new Map<number, FieldProblem>();
  for (const problem of fields) {
    const at = ofColumn.exec(problem.pointer)?.[1];
    const column = at === undefined ? undefined : sent.columns[Number(at)]?.column;
    if (column !== undefined && !result.has(column)) result.set(column, problem);
  }
  return result;
}
