// Threads of the WASM backend: they do compute, one that is lost or never begins costs nothing but time, and none outlives its use.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { gridMatchCpu } from '../../../kernels/gridMatch/cpu.ts';
import type { GridMatch } from '../../../kernels/gridMatch/op.ts';
import { CREW_ROWS, gridMatchWasm } from '../../../kernels/gridMatch/wasm.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { adversarialGrids, packAll } from '../../../kernels/suite/grids.ts';
import { Crew, JOB_ROWS, SERVE } from '../../../kernels/wasm/crew.ts';
import { openWasm } from '../../../kernels/wasm/openWasm.ts';
import { SCRATCH_WORDS } from '../../../kernels/wasm/scratch.ts';
import { MEMORY_CHUNK, MEMORY_LIMIT, WasmMemory } from '../../../kernels/wasm/wasmMemory.ts';
import { instantiate, type Kernels, wasmModule } from '../../../kernels/wasm/wasmModule.ts';
import { packageFolder } from '../../../src/arc/bundled.ts';

const crews: Crew[] = [];
afterEach(async () => {
  await Promise.all(crews.splice(0).map((crew) => crew.close()));
});

/** Makes what the caller does in place of its own share of the work. */
type Work = (kernels: Kernels, memory: WasmMemory) => Kernels['work'];
const itself: Work = (kernels) => kernels.work;

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

interface Made {
  readonly memory: WasmMemory;
  readonly gridMatch: GridMatch;
  readonly crew: Crew;
  readonly outputs: Int32Array;
  readonly expected: Int32Array;
  readonly index: Int32Array;
  readonly truth: Int32Array;
}

// words of a job
const LEFT = 16;
const BLOCKS = 32;

/** The op over `rows` records in its memory, with helpers that run `program`. */
function make(rows: number, helpers: number, program = SERVE, work = itself): Made {
  const memory = new WasmMemory();
  const scratch = memory.take(SCRATCH_WORDS)!;
  const module = wasmModule();
  const kernels = instantiate(module, memory.memory);
  const grids = packAll(adversarialGrids());
  const count = grids.length / RECORD_WORDS;
  const outputs = memory.take(rows * RECORD_WORDS)!;
  for (let k = 0; k < rows; k++) {
    const kind = (k * 7) % count;
    outputs.set(grids.subarray(kind * RECORD_WORDS, (kind + 1) * RECORD_WORDS), k * RECORD_WORDS);
  }
  const index = Int32Array.from({ length: rows }, (_, k) => (k * 5 + (k >> 6)) % count);
  const truth = gridMatchCpu(outputs, grids, index);
  const crew = new Crew(helpers, module, { ...kernels, work: work(kernels, memory) }, memory, program);
  crews.push(crew);
  const gridMatch = gridMatchWasm({ kernels, memory, scratch, crew });
  return { memory, gridMatch, crew, outputs, expected: grids, index, truth };
}

function holds({ gridMatch, outputs, expected, index, truth }: Made): void {
  const result = gridMatch(outputs, expected, index);
  expect(result.findIndex((word, at) => word !== truth[at])).toBe(-1);
}

describe('helpers', () => {
  test.each([1, 3])('%i of them compute a batch of which the caller computes nothing', (helpers) => {
    const made = make(JOB_ROWS + 3 * CREW_ROWS + 1, helpers, SERVE, () => () => {
      sleep(1);
      return 1;
    });
    for (let round = 0; round < 3; round++) holds(made);
  });

  test('share many batches of different sizes with the caller', () => {
    const made = make(3 * CREW_ROWS, 2);
    for (let round = 0; round < 300; round++) {
      const rows = CREW_ROWS + ((round * 977) % (2 * CREW_ROWS));
      holds({
        ...made,
        outputs: made.outputs.subarray(0, rows * RECORD_WORDS),
        index: made.index.subarray(0, rows),
        truth: made.truth.subarray(0, rows * 4),
      });
    }
  });

  test('that cannot be started, or end at once, are not missed', async () => {
    for (const program of ['throw new Error("no")', 'process.exit(1)', 'not JavaScript', '']) {
      const made = make(CREW_ROWS, 2, program);
      holds(made);
      await new Promise((resolve) => setTimeout(resolve, 100));
      holds(made);
    }
  });

  test('that stop in the middle of a block are given up, and the caller computes the rest', () => {
    const stopping = `
      const { memory, job } = require('node:worker_threads').workerData;
      const words = new Int32Array(memory.buffer, job);
      Atomics.wait(words, 0, 0);
      Atomics.sub(words, ${LEFT}, 1);
      Atomics.wait(words, 1, 0);
    `;
    // the caller begins when the helper has a block
    const late: Work = (kernels, memory) => (job) => {
      const words = new Int32Array(memory.memory.buffer, job);
      while (Atomics.load(words, LEFT) === words[BLOCKS]) sleep(1);
      return kernels.work(job);
    };
    const made = make(3 * CREW_ROWS, 1, stopping, late);
    const found = made.crew.gridMatch(made.outputs.byteOffset, made.outputs.byteOffset, made.index, made.truth.slice());
    expect(found).toBeLessThan(made.index.length);
    // none is left
    expect(made.crew.gridMatch(made.outputs.byteOffset, made.outputs.byteOffset, made.index, made.truth.slice())).toBe(
      0,
    );
    holds(made);
    holds(make(3 * CREW_ROWS, 1, stopping, late));
  });

  test('and caller read nothing beyond the last record, which is the last of the memory', () => {
    // the caller alone gets to the last block
    const made = make(CREW_ROWS + 1, 1, '');
    holds(made);
    const { byteOffset } = made.memory.take(0)!;
    const outputs = made.memory.take((2 * MEMORY_CHUNK - (byteOffset % MEMORY_CHUNK)) / 4)!;
    expect(outputs.byteOffset + outputs.byteLength).toBe(made.memory.size);
    const last = outputs.subarray(-made.outputs.length);
    last.set(made.outputs);
    holds({ ...made, outputs: last });
  });

  test('do without where the memory has no room for them', () => {
    const made = make(CREW_ROWS, 2);
    const backend = openWasm({ threads: 2 });
    const outputs = backend.records(CREW_ROWS);
    outputs.set(made.outputs);
    while (backend.records(1000).buffer instanceof SharedArrayBuffer);
    holds({ ...made, gridMatch: backend.gridMatch, outputs });
    expect(outputs.byteOffset).toBeLessThan(MEMORY_LIMIT);
  });

  test.each([0, -1, 1.5, Number.NaN])('%d threads are refused', (threads) => {
    expect(() => openWasm({ threads })).toThrow(`threads is ${threads}, expected an integer from 1`);
  });
});

describe('a process with helpers', () => {
  const cache = join(packageFolder(), 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'batt-wasm-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const script = `
    import { openBackend } from './kernels/open.ts';
    void (async () => {
      const backend = await openBackend('wasm', { threads: 3 });
      const outputs = backend.records(${CREW_ROWS});
      const index = new Int32Array(${CREW_ROWS});
      let same = 0;
      const compare = async () => {
        for (const [k, word] of (await backend.gridMatch(outputs, outputs, index)).entries()) same += word === 0 ? 1 : 0;
      };
      await compare();
      if (process.argv[2] !== 'at once') await new Promise((resolve) => setTimeout(resolve, 200));
      await compare();
      if (process.argv[2] === 'closed') await backend.close();
      console.log(same);
    })();
  `;

  // as the library and as the command are built
  beforeAll(async () => {
    for (const format of ['esm', 'cjs'] as const) {
      await build({
        stdin: { contents: script, resolveDir: packageFolder(), loader: 'ts' },
        outfile: join(folder, `script.${format === 'esm' ? 'mjs' : 'cjs'}`),
        bundle: true,
        format,
        platform: 'node',
        target: 'node20',
        packages: 'external',
        logLevel: 'error',
      });
    }
  });

  test.each([
    ['script.mjs', 'at once'],
    ['script.mjs', 'left open'],
    ['script.cjs', 'left open'],
    ['script.cjs', 'closed'],
  ])('ends by itself, built: %s, %s', (file, how) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, file), how], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${2 * 4 * CREW_ROWS}\n`, stderr: '' });
  });

  test('says why there is no backend where there is no WASM', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--jitless', join(folder, 'script.mjs')], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(status).toBe(1);
    expect(stderr).toContain('backend wasm is absent: its kernels do not compile, they need WASM with SIMD');
  });
});
