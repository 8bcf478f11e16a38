// A value as `batt eval` shows it: its kind, then a drawn grid or Python's text of it.
import { MAX_SIDE } from '../arc/grid.ts';
import { gridOf } from '../engine/output.ts';
import { kindOf } from '../value/kindOf.ts';
import { Fn, type Value } from '../value/value.ts';
import { gridPanels } from './grids.ts';
import { repr } from './repr.ts';

/** Characters of Python's text of a value. */
const LONGEST = 400;
/** The least of them on a narrow terminal. */
const SHORTEST = 20;

/**
 * The value as lines.
 * @param title stands before the first line
 * @param columns width of the terminal
 */
export function valueLines(title: string, value: Value, colour: boolean, columns: number): string[] {
  const grid = gridOf(value);
  if (grid !== undefined) {
    const indent = title.trimEnd() === '' ? title.length : title.search(/\S/) + 2;
    const [head, ...rows] = gridPanels([{ title: `${title}grid`, grid }], colour, columns - indent);
    return [head!, ...rows.map((row) => ' '.repeat(indent) + row)];
  }
  const head = `${title}${kindOf(value)}  `;
  const room = Math.max(SHORTEST, Math.min(LONGEST, columns - head.length - 1));
  return [head + repr(value, room)];
}

/** The value for JSON: kind, Python's text, and the rows of a grid that is no larger than those of tasks. */
export function valueJson(value: Value): object {
  const grid = gridOf(value);
  const fits = grid !== undefined && grid.height <= MAX_SIDE && grid.width <= MAX_SIDE;
  return {
    kind: grid === undefined ? kindOf(value) : 'grid',
    value: repr(value, LONGEST),
    ...(fits ? { grid: rowsOf(grid) } : {}),
  };
}

/** The rows of a grid. */
export function rowsOf(grid: {
  readonly height: number;
  readonly width: number;
  readonly cells: ArrayLike<number>;
}): number[][] {
  const { height, width, cells } = grid;
  return Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_, c) => cells[r * width + c]!));
}

/** What is called, as it stands before the parenthesis: a function by its name, anything else as Python prints it. */
export function calleeText(callee: Value): string {
  return callee instanceof Fn && callee.name !== null ? callee.name : repr(callee, SHORTEST);
}
