import type { Task } from '../api/types';

/** Which state of a task follows which. The server decides; this only offers. */
export const taskSteps: Record<Task['state'], Task['state'][]> = {
  todo: ['doing', 'done'],
  doing: ['done', 'todo'],
  done: ['returned'],
  returned: ['doing', 'done'],
};
