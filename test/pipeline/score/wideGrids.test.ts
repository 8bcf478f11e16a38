// Grids over 30 × 30, expected and given, compared on every road: in this thread, in workers, and by a backend elsewhere.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../../../kernels/backend.ts';
import { openCpu } from '../../../kernels/cpu/openCpu.ts';
import { openWasm } from '../../../kernels/wasm/openWasm.ts';
import type { ArcGrid } from '../../../src/arc/grid.ts';
import type { Task } from '../../../src/arc/task.ts';
import { parseBattery } from '../../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../../src/pipeline/read/candidates.ts';
import type { TaskResult } from '../../../src/pipeline/score/scoreTask.ts';
import { scoreTasks } from '../../../src/pipeline/score/scoreTasks.ts';
import { evaluate } from '../../../src/pipeline/single/outcomeList.ts';
import { useWorkerFile } from '../../engine/workerFile.ts';

const worker = useWorkerFile();

const programs = [
  'identity(I)',
  'vmirror(I)',
  'replace(I, ONE, TWO)',
  'upscale(I, TWO)',
  'hconcat(I, I)',
  'crop(I, ORIGIN, UNITY)',
  'crop(I, ORIGIN, astuple(THREE, TWO))',
  'canvas(ONE, astuple(multiply(TEN, TEN), FOUR))',
  'canvas(ZERO, shape(I))',
  'apply(identity, I)',
  'palette(I)',
  'first(ZERO)',
];
const set = buildGraph([
  parseBattery(programs.map((text, k) => `def solve_p${k}(I):\n    return ${text}\n`).join('\n'), { file: 'wide.py' }),
]);

function grid(height: number, width: number, seed = 1): ArcGrid {
  const cells = new Uint8Array(height * width);
  for (let k = 0; k < cells.length; k++) cells[k] = Math.floor(((k * seed * 7919) % 1013) / 7) % 10;
  return { height, width, cells };
}

/** The grid with another last cell, which lies far outside the top left. */
function changed({ height, width, cells }: ArcGrid): ArcGrid {
  return { height, width, cells: cells.map((cell, k) => (k === cells.length - 1 ? (cell + 1) % 10 : cell)) };
}

function mirrored({ height, width, cells }: ArcGrid): ArcGrid {
  return {
    height,
    width,
    cells: cells.map((_, k) => cells[Math.floor(k / width) * width + (width - 1 - (k % width))]!),
  };
}

const big = grid(256, 256, 3);
const tasks: Task[] = [
  {
    id: 'wide',
    source: 'wide.json',
    demo: [
      { input: grid(1, 36), output: mirrored(grid(1, 36)) },
      { input: grid(31, 2, 5), output: changed(grid(31, 2, 5)) },
      { input: grid(3, 40), output: grid(2, 2) },
      { input: grid(3, 4), output: mirrored(grid(3, 4)) },
    ],
    test: [
      { input: grid(2, 3), output: grid(100, 4) },
      { input: grid(40, 40, 9), output: null },
    ],
  },
  {
    id: 'largest',
    source: 'largest.json',
    demo: [
      { input: big, output: big },
      { input: big, output: changed(big) },
      { input: big, output: mirrored(big) },
    ],
    test: [{ input: big, output: grid(256, 255, 3) }],
  },
];

/** What every candidate should get on a task, worked out cell by cell. */
function wanted({ demo, test: tests }: Task): { verdicts: string[][]; cells: number[] } {
  const rows: string[][] = set.graph.candidates.map(() => []);
  const shares = set.graph.candidates.map(() => 0);
  const known = [...demo, ...tests].filter(({ output }) => output !== null).length;
  for (const { input, output } of [...demo, ...tests]) {
    for (const [k, outcome] of evaluate(set, input).entries()) {
      if (outcome.kind === 'not_grid') rows[k]!.push('not_grid');
      else if (outcome.kind === 'stopped') rows[k]!.push(outcome.verdict);
      else if (output === null) rows[k]!.push('ok');
      else {
        const made = Array.from({ length: outcome.grid.height }, (_, r) =>
          Array.from({ length: outcome.grid.width }, (_, c) => outcome.grid.cells[r * outcome.grid.width + c]),
        );
        let equal = 0;
        output.cells.forEach((cell, at) => {
          if (made[Math.floor(at / output.width)]?.[at % output.width] === cell) equal++;
        });
        const { height, width } = outcome.grid;
        const isShape = height === output.height && width === output.width;
        rows[k]!.push(!isShape ? 'shape' : equal === output.cells.length ? 'ok' : 'mismatch');
        shares[k]! += equal / (Math.max(height, output.height) * Math.max(width, output.width));
      }
    }
  }
  return { verdicts: rows, cells: shares.map((share) => Math.round((share / known) * 1e6) / 1e6) };
}

function found({ table, candidates }: TaskResult): { verdicts: string[][]; cells: number[] } {
  return {
    verdicts: candidates.map(({ candidate }) =>
      Array.from({ length: table.samples }, (_, sample) => table.verdict(candidate, sample)),
    ),
    cells: candidates.map(({ score }) => score.cells),
  };
}

async function score(options: object): Promise<TaskResult[]> {
  const results: TaskResult[] = [];
  for await (const one of scoreTasks({ set, filterSeconds: 0 }, tasks, { ...options, worker })) results.push(one);
  return results;
}

/** The plain backend, answering as those do that are elsewhere. */
function elsewhere(): Backend {
  const cpu = openCpu();
  return {
    ...cpu,
    name: 'webgpu',
    device: 'this process',
    batchRows: 8,
    records: (rows) => cpu.records(rows),
    gridMatch: async (...args) => cpu.gridMatch(...args),
    scoreTable: async (rows) => cpu.scoreTable(rows),
  };
}

const roads: [string, () => object][] = [
  ['this thread', () => ({ jobs: 1 })],
  ['this thread, wasm', () => ({ jobs: 1, backend: openWasm() })],
  ['this thread, a backend elsewhere', () => ({ jobs: 1, backend: elsewhere() })],
  ['workers', () => ({ jobs: 3, worthWorkers: 0 })],
  ['workers, wasm', () => ({ jobs: 3, worthWorkers: 0, backend: openWasm() })],
  ['workers, a backend elsewhere', () => ({ jobs: 3, worthWorkers: 0, backend: elsewhere() })],
  ['a worker alone', () => ({ jobs: 1, budget: 0 })],
];

describe.each(roads)('grids over 30 × 30 in %s', (_, options) => {
  let expected: ReturnType<typeof wanted>[];
  beforeAll(() => {
    expected = tasks.map(wanted);
  });

  test('have the verdicts and shares of cells that a comparison cell by cell gives', async () => {
    const results = await score(options());
    expect(results.map(found)).toEqual(expected);
    for (const { best, candidates } of results) {
      const order = candidates.toSorted(
        (a, b) =>
          b.score.demo[0] - a.score.demo[0] || b.score.test![0] - a.score.test![0] || b.score.cells - a.score.cells,
      );
      expect(best.map(({ candidate }) => candidate.place)).toEqual(order.map(({ candidate }) => candidate.place));
    }
  });

  test('end a candidate at its first mismatch', async () => {
    const results = await score({ ...options(), firstMismatch: true });
    const spared = expected.map(({ verdicts }) =>
      verdicts.map((row) => {
        const failed = row.findIndex((verdict) => verdict !== 'ok');
        return row.map((verdict, sample) => (failed >= 0 && sample > failed ? 'not_run' : verdict));
      }),
    );
    expect(results.map((result) => found(result).verdicts)).toEqual(spared);
  });
});

test('the cases hold every verdict', () => {
  const verdicts = new Set(tasks.flatMap((task) => wanted(task).verdicts.flat()));
  expect([...verdicts].sort()).toEqual(['error:TypeError', 'mismatch', 'not_grid', 'ok', 'shape']);
});
