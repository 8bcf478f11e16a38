// A task's grids as values of the engine.
import type { ArcGrid } from '../arc/grid.ts';
import type { Task } from '../arc/task.ts';
import { Grid, ListTuple, type Value } from '../value/value.ts';

/** The demo samples of a task as programs see them in `S`: (input, output) pairs. */
export function pairsOf({ demo }: Pick<Task, 'demo'>): Value {
  return new ListTuple(
    demo.map(({ input, output }) => new ListTuple([gridValue(input), output === null ? null : gridValue(output)])),
  );
}

/** A fresh value of the engine for an ARC grid: nothing that an evaluation keeps with it is shared. */
export function gridValue({ height, width, cells }: ArcGrid): Grid {
  const list: number[] = new Array(cells.length);
  for (let k = 0; k < cells.length; k++) list[k] = cells[k]!; // several times as fast as Array.from
  return new Grid(height, width, list);
}
