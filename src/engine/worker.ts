// A worker thread: evaluates parts of blocks, and leaves word of the reader it is at before it runs it.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, resourceLimits, workerData } from 'node:worker_threads';
import type { SyncBackend } from '../../kernels/backend.ts';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { fitsRecord } from '../../kernels/record.ts';
import { openWasm } from '../../kernels/wasm/openWasm.ts';
import type { ArcGrid } from '../arc/grid.ts';
import { namesOf } from '../dsl/dialects.ts';
import { BEATS, type Block, PART, type Part, READER, SAMPLE, type WorkerMessage, type WorkerStart } from './block.ts';
import { Evaluator } from './evaluator.ts';
import { markLost } from './firstMismatch.ts';
import { ComparedRows, type GridRows, KeptRows, UncomparedRows } from './gridRows.ts';
import { gridValue, pairsOf } from './inputs.ts';
import { digesting, OutcomePacker, type PackedOutcomes } from './outcomePacker.ts';
import { programOf } from './snapshot.ts';

const { snapshot, options, beat } = workerData as WorkerStart;
const program = programOf(snapshot, namesOf);
const evaluator = new Evaluator(program, options, {
  beat(reader) {
    Atomics.store(beat, READER, reader);
    Atomics.add(beat, BEATS, 1);
  },
  room,
});

/** How much of its own size a value may need while it grows: the old array and a larger new one. */
const GROWTH = 3;

/** Bytes of this worker's old heap; `getHeapStatistics` does not know of this limit in every version of Node. */
const HEAP_LIMIT = (resourceLimits.maxOldGenerationSizeMb ?? 0) * 2 ** 20;

/** The share of it that values may take: the rest is for what a collection in progress needs. */
const USABLE = 0.75;

let collect: (() => void) | undefined;

/**
 * Whether a value of some words of 8 bytes can be built. V8 ends the whole process, not the thread, where a single array
 * goes far beyond the limit of the heap, so this is asked first.
 */
function room(words: number): boolean {
  const need = 8 * GROWTH * words;
  if (hasFree(need)) return true;
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  return hasFree(need);
}

function hasFree(bytes: number): boolean {
  return getHeapStatistics().used_heap_size + bytes < USABLE * HEAP_LIMIT;
}

let backend: SyncBackend | undefined;
let storage: Int32Array | undefined;

function rowsOf({ compareOn }: Block, expected: ArcGrid | null, most: number): GridRows {
  if (compareOn === null) return new KeptRows();
  // what is compared with a grid that fits no record comes to no rows
  if (expected === null || !fitsRecord(expected.height, expected.width, expected.cells)) return new UncomparedRows();
  backend ??= compareOn === 'wasm' ? openWasm() : openCpu();
  storage ??= backend.records(backend.batchRows);
  return new ComparedRows(backend, storage, expected, most);
}

function run({ id, block, firstSample, lastSample, from, to }: Part): PackedOutcomes[] {
  const count = program.candidates.length;
  const pairs = pairsOf({ demo: block.demo });
  const candidates = Math.max(0, Math.min(to, count) - from);
  const firstDiffer = Math.max(from - count, 0);
  const outcomes: PackedOutcomes[] = [];
  const lost = block.firstMismatch ? new Uint8Array(count) : undefined;
  for (let sample = firstSample; sample < lastSample; sample++) {
    const { input, third, expected } = block.samples[sample]!;
    Atomics.store(beat, READER, from);
    Atomics.store(beat, SAMPLE, sample);
    Atomics.store(beat, PART, id);
    Atomics.add(beat, BEATS, 1);
    const rows = rowsOf(block, expected, candidates);
    const packer = new OutcomePacker(
      rows,
      expected,
      from,
      candidates,
      firstDiffer,
      Math.max(0, to - count - firstDiffer),
    );
    const differs = third && {
      expected: gridValue(third),
      value: (differ: number, value: Parameters<typeof packer.differ>[1]) => packer.differ(differ, value),
    };
    const sink = digesting(packer, lost === undefined);
    evaluator.run({ input: gridValue(input), pairs }, sink, differs ?? undefined, from, to, lost);
    const packed = packer.packed();
    if (lost !== undefined) markLost(lost, packed, expected);
    outcomes.push(packed);
  }
  return outcomes;
}

function say(message: WorkerMessage, transfer: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, transfer);
}

parentPort!.on('message', (part: Part) => {
  const start = performance.now();
  try {
    const outcomes = run(part);
    const buffers = outcomes.flatMap(({ records, match, compared, digests, sizes }) =>
      [records, match, compared, digests, sizes].flatMap((array) => (array.length === 0 ? [] : [array.buffer])),
    );
    const seconds = (performance.now() - start) / 1000;
    const functions = evaluator.takeFunctionTimes();
    say({ type: 'done', id: part.id, seconds, outcomes, functions }, buffers as ArrayBuffer[]);
  } catch (error) {
    say({ type: 'fault', error });
  }
  Atomics.store(beat, PART, -1);
});
say({ type: 'ready' });
