import type { FieldProblem, Problem } from './types';

/** What a request ended with when it did not end well. `reason` is a key of i18n/problems. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.reason);
    this.name = 'ProblemError';
  }
  get reason(): string {
    return this.problem.reason;
  }
  get fields(): FieldProblem[] {
    // Other reasons use `fields` for their own particulars: the version that is current, the state it is in.
    return this.reason === 'invalid' ? this.problem.fields : [];
  }
  /** The line is down or the server does not answer: try again later, nothing was refused. */
  get passing(): boolean {
    return ['offline', 'timeout', 'overloaded', 'rate_limited'].includes(this.reason);
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { type: 'about:blank', title: '', status: 0, reason: 'internal', request_id: '', fields: [] };
}

/** What needs no server to be refused. */
export function refusedHere(reason: string): ProblemError {
  return new ProblemError({ type: 'about:blank', title: '', status: 0, reason, request_id: '', fields: [] });
}

export function offline(): ProblemError {
  return refusedHere('offline');
}

/** `?words` → `words`; `/sheet/topic` and `/topic` → `topic`; `/sheet/elements/3/text` → `elements`. */
export function fieldOf(pointer: string): string {
  const parts = pointer.replace(/^\?/, '').split('/').filter(Boolean);
  while (parts.length > 1 && (parts[0] === 'sheet' || parts[0] === 'text')) parts.shift();
  return parts[0] ?? '';
}
