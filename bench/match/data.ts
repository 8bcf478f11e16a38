// Comparisons to measure: the shapes of real ARC, a third of them exact, a third near misses, a third other grids.
import { join } from 'node:path';
import { packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import type { ArcGrid } from '../../src/arc/grid.ts';
import { readTasks } from '../../src/arc/read.ts';
import { seeded } from '../../src/pipeline/read/seeded.ts';
import { below } from '../random.ts';
import { trainingFolder } from '../shared.ts';

/** The arguments of a gridMatch. */
export interface Comparisons {
  readonly outputs: Int32Array;
  readonly expected: Int32Array;
  readonly index: Int32Array;
}

/** Input and output grids of the training set, as records. */
export interface Grids {
  readonly outputs: readonly ArcGrid[];
  /** The record of each output. */
  readonly right: Int32Array;
  /** The same with one to four cells changed. */
  readonly near: Int32Array;
  /** Inputs. */
  readonly other: Int32Array;
}

export function loadGrids(folder: string): Grids {
  const samples = readTasks(join(trainingFolder(folder))).flatMap(({ demo, test }) => [...demo, ...test]);
  const outputs = samples.flatMap(({ output }) => (output === null ? [] : [output]));
  const random = seeded(1);
  const near = outputs.map(({ height, width, cells }) => {
    const changed = Uint8Array.from(cells);
    const changes = 1 + below(random, 4);
    for (let k = 0; k < changes; k++) {
      const at = below(random, changed.length);
      changed[at] = (changed[at]! + 1 + below(random, 9)) % 10;
    }
    return { height, width, cells: changed };
  });
  return { outputs, right: packed(outputs), near: packed(near), other: packed(samples.map(({ input }) => input)) };
}

function packed(grids: readonly ArcGrid[]): Int32Array {
  const records = new Int32Array(grids.length * RECORD_WORDS);
  grids.forEach(({ height, width, cells }, k) => {
    packRecord(records, k, height, width, cells);
  });
  return records;
}

/** Makes `rows` comparisons in random order, the same ones each time. */
export function makeComparisons({ right, near, other }: Grids, rows: number): Comparisons {
  const random = seeded(2);
  const outputs = new Int32Array(rows * RECORD_WORDS);
  const index = new Int32Array(rows);
  const grids = right.length / RECORD_WORDS;
  for (let row = 0; row < rows; row++) {
    index[row] = below(random, grids);
    const kind = row % 3;
    const from = kind === 0 ? right : kind === 1 ? near : other;
    const grid = kind === 2 ? below(random, other.length / RECORD_WORDS) : index[row]!;
    outputs.set(from.subarray(grid * RECORD_WORDS, (grid + 1) * RECORD_WORDS), row * RECORD_WORDS);
  }
  return { outputs, expected: right, index };
}
