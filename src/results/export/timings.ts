// The table of times, which has rows of the run and of each task.
import { type Row, type Table, table } from './table.ts';

export const TIMINGS: Table = table('timings', { task: '~VARCHAR', key: '~VARCHAR', seconds: '~DOUBLE' });

/** @param task null for the whole run */
export function timingRows(task: string | null, timing: Readonly<Record<string, number>>): Row[] {
  return Object.entries(timing).map(([key, seconds]) => [task, key, seconds]);
}
