// How fast grids become records, hash and checks included, on one thread.
import { fitsRecord, packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import type { ArcGrid } from '../../src/arc/grid.ts';
import { dslNames } from '../../src/dsl/names.ts';
import type { OutputGrid } from '../../src/engine/verdict.ts';
import { seeded } from '../../src/pipeline/read/seeded.ts';
import { Grid } from '../../src/value/value.ts';
import type { Row } from '../question.ts';
import { shuffled } from '../random.ts';
import { figures, seconds } from '../stats.ts';
import { evaluatorsOf, loadSuite } from '../suite.ts';

/** Records of a batch: their storage is written anew all the time, as in a run. */
const RECORDS = 4096;
/** Grids that are in a cache together. */
const AT_ONCE = 256;
const GOAL = 5_000_000;
const SIDE = 30;

/** @param shared where the programs are @param outputs the expected grids of the training set */
export function packingRows(shared: string, outputs: readonly ArcGrid[], rounds: number): [Row[], string] {
  const evaluated = evaluatedGrids(shared);
  const plain = outputs.map(({ height, width, cells }) => new Grid(height, width, holey(cells)));
  const own = new Int32Array(RECORDS * RECORD_WORDS);
  const common = new Int32Array(new SharedArrayBuffer(own.byteLength));
  const cases: readonly [string, readonly OutputGrid[], Int32Array][] = [
    ["packing, the evaluator's outputs of programs.jsonl", evaluated, own],
    ['packing, the same into shared memory', evaluated, common],
    ['packing, outputs of the training set as the evaluator keeps grids', plain, own],
    ['packing, the same from bytes', outputs, own],
  ];
  const random = seeded(3);
  const times = cases.map((): number[] => []);
  for (let round = -10; round < rounds; round++) {
    cases.forEach(([, grids, records], k) => {
      // an order that came again would be learnt by the processor
      const time = packAll(records, shuffled(grids, random));
      if (round >= 0) times[k]!.push(time);
    });
  }
  const rows = cases.map(
    ([what, grids], k): Row => ({
      what,
      ...figures(times[k]!, (t) => grids.length / t),
      unit: 'grids/s',
      ...(k === 3 ? {} : { goal: GOAL }),
    }),
  );
  const cells = (grids: readonly OutputGrid[]) =>
    (grids.reduce((sum, { height, width }) => sum + height * width, 0) / grids.length).toFixed(0);
  return [
    rows,
    `packing: ${evaluated.length} outputs of ${cells(evaluated)} cells in the mean, training set ${outputs.length} of ${cells(outputs)}; ${AT_ONCE} grids in the cache at a time, 4,096 records of storage written in turn`,
  ];
}

/** Seconds that it takes to pack the grids, some at a time, which have just been looked at: a run packs what was just made. */
function packAll(records: Int32Array, grids: readonly OutputGrid[]): number {
  let time = 0;
  for (let from = 0; from < grids.length; from += AT_ONCE) {
    const some = grids.slice(from, from + AT_ONCE);
    if (!some.every(({ height, width, cells }) => fitsRecord(height, width, cells)))
      throw new Error('a grid does not fit');
    time += seconds(() => {
      for (let k = 0; k < some.length; k++) {
        const { height, width, cells } = some[k]!;
        packRecord(records, (from + k) % RECORDS, height, width, cells);
      }
    });
  }
  return time;
}

/** What the programs of programs.jsonl return, as far as it fits a record. */
function evaluatedGrids(shared: string): OutputGrid[] {
  const suite = loadSuite(shared);
  const evaluators = evaluatorsOf(suite, dslNames());
  const grids: OutputGrid[] = [];
  const sink = {
    grid: (_: number, output: OutputGrid) => {
      if (output.height <= SIDE && output.width <= SIDE) grids.push(output);
    },
    notGrid: () => {},
    ended: () => {},
  };
  for (const { program, height, width, cells } of suite.runs) {
    evaluators[program]!.run({ input: new Grid(height, width, cells) }, sink);
  }
  return grids;
}

/** Cells as most functions of the DSL make them. */
function holey(cells: ArrayLike<number>): number[] {
  const list = new Array<number>(cells.length);
  for (let k = 0; k < cells.length; k++) list[k] = cells[k]!;
  return list;
}
