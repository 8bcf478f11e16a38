// One way to spread a backend over several lanes: processes or threads with a GPU each.
import type { Backend, Held, SyncBackend } from './backend.ts';
import { MATCH_WORDS, prepareGridMatch } from './gridMatch/op.ts';
import { RECORD_WORDS } from './record.ts';
import { prepareScoreTable } from './scoreTable/op.ts';
import { StepClock, type StepSeconds } from './stepClock.ts';

/** The ops. */
export type Ops = Pick<SyncBackend, 'gridMatch' | 'scoreTable'>;

/** What computes beside the others, one call after another. */
export interface Lane {
  /**
   * Has an op computed; {@link computed} says what is what.
   * @throws BackendLostError
   */
  call(op: keyof Ops, arrays: readonly Int32Array[], numbers?: readonly number[]): Promise<Int32Array[]>;
  /** What it held after its last call. */
  readonly held: Held;
  /** Where its time went, but for what all lanes did together. */
  readonly steps: StepSeconds;
  /** Ends it; a call under way is lost. */
  close(): Promise<void>;
}

/** A backend, but for what is computed. */
type Spread = Pick<Backend, 'name' | 'device' | 'records'> & {
  /** Of one lane. */
  readonly batchRows: number;
  /** Seconds of what was done for all lanes together. */
  readonly opening: StepSeconds;
};

/** The arrays of an op's result, from the arrays among its arguments and its numbers, all in the order of the op. */
export function computed(
  ops: Ops,
  op: keyof Ops,
  arrays: readonly Int32Array[],
  numbers: readonly number[],
): Int32Array[] {
  if (op === 'gridMatch') {
    const [outputs, expected, index] = arrays as [Int32Array, Int32Array, Int32Array];
    return [ops.gridMatch(outputs, expected, index)];
  }
  const [match, candidate, sample, weights] = arrays as [Int32Array, Int32Array, Int32Array, Int32Array];
  const [candidates, top] = numbers as [number, number];
  const { sums, ranking } = ops.scoreTable({ match, candidate, sample, weights, candidates, top });
  return [sums, ranking];
}

/**
 * A backend over lanes. Calls are cut by rows into shares of a batch, and a lane takes the next share when it is done with
 * one; scoreTable, whose rows are small, goes to one lane. With a lane the whole backend is lost: calls under way and later
 * ones reject.
 * @param lanes one at least
 */
export function spreadOver(lanes: readonly Lane[], { batchRows, opening, ...backend }: Spread): Backend {
  let lost: unknown;
  let calls = 0;

  /** Has `compute` do 0..count − 1 in shares of `most`, and ends when no lane is at one any more. */
  async function spread(
    count: number,
    most: number,
    compute: (lane: Lane, from: number, to: number) => Promise<() => void>,
  ): Promise<void> {
    const share = Math.max(1, Math.min(most, Math.ceil(count / lanes.length)));
    let next = 0;
    await Promise.all(
      lanes.map(async (lane) => {
        while (next < count && lost === undefined) {
          const from = next;
          next = Math.min(count, from + share);
          try {
            const write = await compute(lane, from, next);
            if (lost === undefined) write();
          } catch (error) {
            lost ??= error;
          }
        }
      }),
    );
    if (lost !== undefined) throw lost;
  }

  return {
    ...backend,
    batchRows: batchRows * lanes.length,
    async gridMatch(outputs, expected, index, result) {
      const matches = prepareGridMatch(outputs, expected, index, result);
      // the expected grids go with each share: they are not to be most of it
      const most = Math.max(batchRows, expected.length / RECORD_WORDS);
      await spread(index.length, most, async (lane, from, to) => {
        const records = outputs.subarray(from * RECORD_WORDS, to * RECORD_WORDS);
        const [match] = await lane.call('gridMatch', [records, expected, index.subarray(from, to)]);
        return () => matches.set(match!, from * MATCH_WORDS);
      });
      return matches;
    },
    async scoreTable(rows) {
      prepareScoreTable(rows);
      const { match, candidate, sample, weights, candidates, top } = rows;
      if (lost !== undefined) throw lost;
      const lane = lanes[calls++ % lanes.length]!;
      try {
        const [sums, ranking] = await lane.call('scoreTable', [match, candidate, sample, weights], [candidates, top]);
        return { sums: sums!, ranking: ranking! };
      } catch (error) {
        lost ??= error;
        throw lost;
      }
    },
    held: () => ({
      tensors: lanes.reduce((sum, { held }) => sum + held.tensors, 0),
      buffers: lanes.reduce((sum, { held }) => sum + held.buffers, 0),
    }),
    steps: () => {
      const clock = new StepClock();
      for (const seconds of [opening, ...lanes.map(({ steps }) => steps)]) clock.add(seconds);
      return clock.seconds;
    },
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}
