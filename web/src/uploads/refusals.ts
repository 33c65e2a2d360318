// What the server says about a file on its way: whether the same file can still get there, and in which words to say it.
import type { Problem } from '../api/types';

/** Keys of problems:upload. */
export type OwnWords = 'line_lost' | 'file_empty' | 'file_too_large' | 'file_unreadable' | 'size_differs' | 'name_too_long' | 'reason_missing';

const firstField = (problem: Problem) => (problem.reason === 'invalid' ? problem.fields[0] : undefined);

/** Where the general words of a problem would not help whoever sends a file. */
export function ownWords(problem: Problem): OwnWords | undefined {
  const field = firstField(problem);
  if (field?.pointer === '/reason') return 'reason_missing';
  if (field?.pointer === '/name') return 'name_too_long';
  // A length of bytes, not of letters.
  if (field?.pointer === '/size') return field.reason === 'too_short' || field.reason === 'too_long' ? 'size_differs' : 'file_too_large';
  if (problem.reason === 'offline') return 'line_lost';
  const own: OwnWords[] = ['file_empty', 'file_too_large', 'file_unreadable'];
  return own.find((words) => words === problem.reason);
}

/** The case was closed meanwhile: the file is there, what is missing is why it is added. */
export const asksForReason = (problem: Problem) => ownWords(problem) === 'reason_missing';

/** What has been sent is of no use any more. */
export function startsAnew(problem: Problem): boolean {
  return problem.reason === 'part_differs' || (problem.reason === 'invalid' && !asksForReason(problem));
}

/** What the same file can still overcome. */
export function goesOn(problem: Problem): boolean {
  if (problem.reason === 'invalid') return ['reason_missing', 'size_differs'].includes(ownWords(problem) ?? '');
  return !['same_file', 'file_empty', 'file_too_large', 'file_unreadable', 'too_many_files', 'not_found', 'forbidden'].includes(problem.reason);
}
