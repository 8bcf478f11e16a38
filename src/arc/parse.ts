// From parsed JSON to checked tasks and grids.
import { ArcError, type ArcPlace, show } from './error.ts';
import { SAMPLE_KEYS } from './form.ts';
import { type ArcGrid, MAX_SIDE } from './grid.ts';
import { isObject } from './jsonFile.ts';
import type { Sample, Task } from './task.ts';

/** How tasks are read. */
export interface ParseOptions {
  /** Demos of a task that is a list of samples: the first so many are demos, the rest tests. Default: all are demos. */
  readonly demos?: number | undefined;
}

/**
 * A task from one of its JSON forms: ARC's `{"train": [{"input": G, "output": G}, …], "test": [{"input": G}, …]}`, in which
 * `test` may be missing or empty and `train` may be called `examples`, `samples` or `pairs`; or a list of samples. A sample may
 * be a pair `[G, G]`. Other keys are ignored. A test sample without output gets null.
 * @throws ArcError with file, task, sample, row and column of what is wrong
 */
export function parseTask(raw: unknown, id: string, source: string, { demos }: ParseOptions = {}): Task {
  if (!isFileName(id)) {
    const expected = 'a name for files: 1 to 240 bytes, none of them a /, a \\ or a control character';
    throw new ArcError(`found the task id ${JSON.stringify(id)}, expected ${expected}`, { file: source });
  }
  const place: ArcPlace = { file: source, task: id };
  if (!isObject(raw) && !Array.isArray(raw)) {
    throw new ArcError(`found ${show(raw)}, expected an object with "train" and "test", or a list of samples`, place);
  }
  if (Array.isArray(raw) && raw.length === 0) {
    throw new ArcError('the list is empty, expected at least one sample', place);
  }
  const [key, list] = samplesOf(raw, place);
  const tests = isObject(raw) && raw.test !== undefined ? samplesIn(raw.test, 'test', place) : [];
  if (list.length === 0) throw new ArcError(`"${key}" is empty, expected at least one sample`, place);
  const isDivided = key !== 'train' && tests.length === 0;
  const split = isDivided ? Math.min(demos ?? list.length, list.length) : list.length;
  const test = [...list.slice(split), ...tests];
  return {
    id,
    demo: list.slice(0, split).map((sample, k) => parseSample(sample, 'demo', k, place)),
    test: test.map((sample, k) => parseSample(sample, 'test', k, place)),
    source,
  };
}

/** The samples of a task but for those of `test`, and the key that they are under, if any. */
function samplesOf(
  raw: Readonly<Record<string, unknown>> | readonly unknown[],
  place: ArcPlace,
): [string | undefined, readonly unknown[]] {
  if (!isObject(raw)) return [undefined, raw];
  const key = raw.train === undefined ? SAMPLE_KEYS.find((name) => raw[name] !== undefined) : 'train';
  if (key === undefined) throw new ArcError('has no "train"', place);
  return [key, samplesIn(raw[key], key, place)];
}

function samplesIn(list: unknown, key: string, place: ArcPlace): readonly unknown[] {
  if (Array.isArray(list)) return list;
  throw new ArcError(`"${key}" is ${show(list)}, expected a list of samples`, place);
}

function parseSample(raw: unknown, part: 'demo' | 'test', k: number, place: ArcPlace): Sample {
  const name = `${part} ${k}`;
  const here: ArcPlace = { ...place, sample: name };
  const sample = Array.isArray(raw) && raw.length === 2 ? { input: raw[0] as unknown, output: raw[1] as unknown } : raw;
  if (!isObject(sample)) {
    throw new ArcError(`found ${show(sample)}, expected an object with "input" and "output"`, here);
  }
  if (sample.input === undefined) throw new ArcError('has no "input"', here);
  const input = parseGrid(sample.input, place, `${name} input`);
  if (part === 'test' && (sample.output === undefined || sample.output === null)) return { input, output: null };
  if (sample.output === undefined) throw new ArcError('has no "output"', here);
  return { input, output: parseGrid(sample.output, place, `${name} output`) };
}

/** Whether folders and links can be named by a task's id. */
function isFileName(id: string): boolean {
  return id !== '' && !/^\.\.?$|[/\\\p{Cc}\p{Cs}]/u.test(id) && Buffer.byteLength(id) <= 240;
}

/**
 * A grid from its JSON form, a list of rows.
 * @param place file and task, for messages
 * @param sample such as `demo 0 input`, for messages
 * @param most rows and columns
 * @throws ArcError where it is empty, ragged, too large or holds something other than an integer 0..9
 */
export function parseGrid(raw: unknown, place: ArcPlace, sample: string, most: number = MAX_SIDE): ArcGrid {
  const at = (row?: number, column?: number): ArcPlace => ({ ...place, sample, row, column });
  if (!Array.isArray(raw)) throw new ArcError(`found ${show(raw)}, expected a list of rows`, at());
  const height = raw.length;
  if (height === 0) throw new ArcError(`the grid is empty, expected 1 to ${most} rows`, at());
  if (height > most) throw new ArcError(`found ${height} rows, expected 1 to ${most}`, at());
  const first: unknown = raw[0];
  const width = Array.isArray(first) ? first.length : 0;
  if (width > most) throw new ArcError(`found ${width} cells, expected 1 to ${most}`, at(0));
  const cells = new Uint8Array(height * width);
  let next = 0;
  for (let r = 0; r < height; r++) {
    const row: unknown = raw[r];
    if (!Array.isArray(row)) throw new ArcError(`found ${show(row)}, expected a list of cells`, at(r));
    if (row.length !== width) {
      throw new ArcError(`found ${row.length} cells, expected ${width} as in row 0 (the grid is ragged)`, at(r));
    }
    if (width === 0) throw new ArcError(`the row is empty, expected 1 to ${most} cells`, at(r));
    for (let c = 0; c < width; c++) {
      const cell: unknown = row[c];
      // True for the integers 0..9 only: `|` makes an int of any other number. Of a list it would make a text, however deep it is.
      if (typeof cell !== 'number' || (cell | 0) !== cell || cell < 0 || cell > 9) {
        throw new ArcError(`found ${show(cell)}, expected an integer 0..9`, at(r, c));
      }
      cells[next++] = cell;
    }
  }
  return { height, width, cells };
}
