// The ops on the TensorFlow of this process.

import { BackendLostError, type SyncBackend } from '../backend.ts';
import { cpuDevice } from '../cpu/cpuDevice.ts';
import { MATCH_WORDS, prepareGridMatch } from '../gridMatch/op.ts';
import { gridMatchTensorFlow } from '../gridMatch/tensorflow.ts';
import { RECORD_WORDS } from '../record.ts';
import { prepareScoreTable, WEIGHT_WORDS } from '../scoreTable/op.ts';
import { rankTensorFlow, sumsTensorFlow } from '../scoreTable/tensorflow.ts';
import { StepClock, type StepSeconds } from '../stepClock.ts';
import { loadAddon } from './addon.ts';
import { compute, type DeviceTensor, type Ops } from './ops.ts';
import { visibleGpus } from './visibleGpus.ts';

/** Records a computation, about 3 KB of device memory each; on the CPU so many as go best through its caches. */
const GPU_RECORDS = 65_536;
const CPU_RECORDS = 8192;
/** Rows of scoreTable a computation, about 200 bytes each. */
const SCORE_ROWS = 1 << 20;

/** TensorFlow's codes for a mistake in a call; with any other one the device is lost, or has too little memory. */
const MISTAKES = [3, 5, 11, 12]; // invalid argument, not found, out of range, unimplemented

export interface LocalBackend extends SyncBackend {
  /** Whether it computes on a GPU. */
  readonly gpu: boolean;
  /** On a GPU waiting for its work counts as `readback`: TensorFlow computes while it is asked for more. */
  steps(): StepSeconds;
}

/**
 * Opens the backend on the first visible GPU, or on the CPU where TensorFlow sees none.
 * @throws BackendAbsentError
 */
export function openLocal(): LocalBackend {
  const clock = new StepClock();
  const addon = clock.time('load', loadAddon);
  const computing = <T>(computation: (ops: Ops) => T): T => compute(addon, computation, clock);
  const gpu = addon.isUsingGpuDevice();
  const most = gpu ? GPU_RECORDS : CPU_RECORDS;
  const device = gpu ? (visibleGpus()[0]?.name ?? 'GPU') : `${cpuDevice()} (CPU)`;
  const held = () => ({ tensors: addon.getNumOfTensors(), buffers: 0 });
  const records = (ops: Ops, words: Int32Array) =>
    ops.upload(words, 'int32', [words.length / RECORD_WORDS, RECORD_WORDS]);

  return {
    name: 'tensorflow',
    device: `${device}, TensorFlow ${addon.TF_Version}`,
    gpu,
    batchRows: most,
    gridMatch(outputs, expected, index, result) {
      const matches = prepareGridMatch(outputs, expected, index, result);
      if (index.length === 0) return matches;
      guarded(() =>
        computing((whole) => {
          const grids = records(whole, expected);
          for (const [from, to] of pieces(index.length, most)) {
            computing((ops) => {
              const some = records(ops, outputs.subarray(from * RECORD_WORDS, to * RECORD_WORDS));
              const which = ops.upload(index.subarray(from, to), 'int32', [to - from]);
              matches.set(ops.read(gridMatchTensorFlow(ops, some, grids, which)), from * MATCH_WORDS);
            });
          }
        }),
      );
      return matches;
    },
    scoreTable(rows) {
      const { sums, ranking } = prepareScoreTable(rows);
      const { match, candidate, sample, weights, candidates } = rows;
      if (candidate.length === 0) return { sums, ranking: ranking.map((_, c) => c) };
      guarded(() =>
        computing((whole) => {
          const all = whole.upload(weights, 'int32', [weights.length / WEIGHT_WORDS, WEIGHT_WORDS]);
          let totals: DeviceTensor | undefined;
          for (const [from, to] of pieces(candidate.length, SCORE_ROWS)) {
            const before = totals;
            totals = computing((ops) => {
              const tensors = {
                match: ops.upload(match.subarray(from * MATCH_WORDS, to * MATCH_WORDS), 'int32', [
                  to - from,
                  MATCH_WORDS,
                ]),
                candidate: ops.upload(candidate.subarray(from, to), 'int32', [to - from]),
                sample: ops.upload(sample.subarray(from, to), 'int32', [to - from]),
                weights: all,
              };
              const some = sumsTensorFlow(ops, tensors, candidates);
              return whole.take(ops, before === undefined ? some : ops.run('AddV2', [before, some]));
            });
          }
          const table = rankTensorFlow(whole, totals!, ranking.length);
          sums.set(whole.read(table.sums));
          ranking.set(whole.read(table.ranking));
        }),
      );
      return { sums, ranking };
    },
    records: (count) => new Int32Array(count * RECORD_WORDS),
    held,
    steps: () => clock.seconds,
    close: async () => {},
  };
}

/** The borders of consecutive pieces of `count` things, each of `most` at most. */
function* pieces(count: number, most: number): Generator<[from: number, to: number]> {
  for (let from = 0; from < count; from += most) yield [from, Math.min(count, from + most)];
}

/**
 * Runs device work.
 * @throws BackendLostError in place of the addon's error where the device is lost or its memory does not suffice
 */
export function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    const [, code, message] =
      /^Invalid TF_Status: (\d+)\s*(?:Message: )?(.*)/s.exec(String((error as Error).message)) ?? [];
    if (code === undefined || MISTAKES.includes(Number(code))) throw error;
    throw new BackendLostError('tensorflow', `status ${code}, ${message}`);
  }
}
