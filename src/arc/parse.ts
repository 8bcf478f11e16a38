// From parsed JSON to checked tasks and grids.
import { ArcError, type ArcPlace, show } from './error.ts';
import { type ArcGrid, MAX_SIDE } from './grid.ts';
import { isObject } from './jsonFile.ts';
import type { Sample, Task } from './task.ts';

/**
 * A task from ARC's JSON form `{"train": [{"input": G, "output": G}, …], "test": [{"input": G}, …]}`; other keys are
 * ignored. A test sample without output gets null.
 * @throws ArcError with file, task, sample, row and column of what is wrong
 */
export function parseTask(raw: unknown, id: string, source: string): Task {
  if (!isFileName(id)) {
    const expected = 'a name for files: 1 to 240 bytes, none of them a /, a \\ or a control character';
    throw new ArcError(`found the task id ${JSON.stringify(id)}, expected ${expected}`, { file: source });
  }
  const place: ArcPlace = { file: source, task: id };
  if (!isObject(raw)) throw new ArcError(`found ${show(raw)}, expected an object with "train" and "test"`, place);
  return { id, demo: parseSamples(raw, 'train', place), test: parseSamples(raw, 'test', place), source };
}

/** Whether folders and links can be named by a task's id. */
function isFileName(id: string): boolean {
  return id !== '' && !/^\.\.?$|[/\\\p{Cc}\p{Cs}]/u.test(id) && Buffer.byteLength(id) <= 240;
}

function parseSamples(task: Readonly<Record<string, unknown>>, key: 'train' | 'test', place: ArcPlace): Sample[] {
  const list = task[key];
  if (list === undefined) throw new ArcError(`has no "${key}"`, place);
  if (!Array.isArray(list)) throw new ArcError(`"${key}" is ${show(list)}, expected a list of samples`, place);
  if (list.length === 0) throw new ArcError(`"${key}" is empty, expected at least one sample`, place);
  return list.map((sample: unknown, k) => {
    const name = key === 'train' ? `demo ${k}` : `test ${k}`;
    const here: ArcPlace = { ...place, sample: name };
    if (!isObject(sample)) {
      throw new ArcError(`found ${show(sample)}, expected an object with "input" and "output"`, here);
    }
    if (sample.input === undefined) throw new ArcError('has no "input"', here);
    const input = parseGrid(sample.input, place, `${name} input`);
    if (key === 'test' && (sample.output === undefined || sample.output === null)) return { input, output: null };
    if (sample.output === undefined) throw new ArcError('has no "output"', here);
    return { input, output: parseGrid(sample.output, place, `${name} output`) };
  });
}

/**
 * A grid from its JSON form, a list of rows.
 * @param place file and task, for messages
 * @param sample such as `demo 0 input`, for messages
 * @throws ArcError where it is empty, ragged, over 30 × 30 or holds something other than an integer 0..9
 */
export function parseGrid(raw: unknown, place: ArcPlace, sample: string): ArcGrid {
  const at = (row?: number, column?: number): ArcPlace => ({ ...place, sample, row, column });
  if (!Array.isArray(raw)) throw new ArcError(`found ${show(raw)}, expected a list of rows`, at());
  const height = raw.length;
  if (height === 0) throw new ArcError('the grid is empty, expected 1 to 30 rows', at());
  if (height > MAX_SIDE) throw new ArcError(`found ${height} rows, expected 1 to 30`, at());
  const first: unknown = raw[0];
  const width = Array.isArray(first) ? first.length : 0;
  if (width > MAX_SIDE) throw new ArcError(`found ${width} cells, expected 1 to 30`, at(0));
  const cells = new Uint8Array(height * width);
  let next = 0;
  for (let r = 0; r < height; r++) {
    const row: unknown = raw[r];
    if (!Array.isArray(row)) throw new ArcError(`found ${show(row)}, expected a list of cells`, at(r));
    if (row.length !== width) {
      throw new ArcError(`found ${row.length} cells, expected ${width} as in row 0 (the grid is ragged)`, at(r));
    }
    if (width === 0) throw new ArcError('the row is empty, expected 1 to 30 cells', at(r));
    for (let c = 0; c < width; c++) {
      const cell: number = row[c];
      // True for the integers 0..9 only: `|` makes an int of anything else, which is then not the same value.
      if ((cell | 0) !== cell || cell < 0 || cell > 9) {
        throw new ArcError(`found ${show(cell)}, expected an integer 0..9`, at(r, c));
      }
      cells[next++] = cell;
    }
  }
  return { height, width, cells };
}
