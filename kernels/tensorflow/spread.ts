// The backend spread over several processes, one a GPU.
import type { Backend } from '../backend.ts';
import { MATCH_WORDS, prepareGridMatch } from '../gridMatch/op.ts';
import { RECORD_WORDS } from '../layout.ts';
import { KEY_WORDS, prepareOutputKey } from '../outputKey/op.ts';
import { prepareScoreTable } from '../scoreTable/op.ts';
import { type Ready, TensorFlowProcess } from './process.ts';

/**
 * Opens a process for each environment. Calls are cut by rows into shares of a batch, and a process takes the next share when it
 * is done with one; scoreTable, whose rows are small, goes to one process. With a process the whole backend is lost: calls under way
 * and later ones reject.
 * @param program `child.ts`, built
 * @param check throws where what was opened does not do
 * @throws BackendAbsentError
 */
export async function openSpread(
  program: URL,
  environments: readonly NodeJS.ProcessEnv[],
  check: (opened: readonly Ready[]) => void = () => {},
): Promise<Backend> {
  const processes = environments.map((env) => new TensorFlowProcess(program, env));
  const close = async () => {
    await Promise.all(processes.map((one) => one.close()));
  };
  let opened: Ready[];
  try {
    opened = await Promise.all(processes.map(({ ready }) => ready));
    check(opened);
  } catch (error) {
    await close();
    throw error;
  }
  let lost: unknown;
  let calls = 0;

  /** Has `compute` do 0..count − 1 in shares of `most`, and ends when no process is at one any more. */
  async function spread(
    count: number,
    most: number,
    compute: (one: TensorFlowProcess, from: number, to: number) => Promise<() => void>,
  ): Promise<void> {
    const share = Math.max(1, Math.min(most, Math.ceil(count / processes.length)));
    let next = 0;
    await Promise.all(
      processes.map(async (one) => {
        while (next < count && lost === undefined) {
          const from = next;
          next = Math.min(count, from + share);
          try {
            const write = await compute(one, from, next);
            if (lost === undefined) write();
          } catch (error) {
            lost ??= error;
          }
        }
      }),
    );
    if (lost !== undefined) throw lost;
  }

  const [{ device, batchRows }] = opened as [Ready];
  return {
    name: 'tensorflow',
    device: opened.length === 1 ? device : `${opened.length} × ${device}`,
    batchRows: batchRows * opened.length,
    async gridMatch(outputs, expected, index, result) {
      const matches = prepareGridMatch(outputs, expected, index, result);
      // the expected grids go with each share: they are not to be most of it
      const most = Math.max(batchRows, expected.length / RECORD_WORDS);
      await spread(index.length, most, async (one, from, to) => {
        const records = outputs.subarray(from * RECORD_WORDS, to * RECORD_WORDS);
        const [match] = await one.call('gridMatch', [records, expected, index.subarray(from, to)]);
        return () => matches.set(match!, from * MATCH_WORDS);
      });
      return matches;
    },
    async scoreTable(rows) {
      prepareScoreTable(rows);
      const { match, candidate, sample, weights, candidates, top } = rows;
      if (lost !== undefined) throw lost;
      const one = processes[calls++ % processes.length]!;
      try {
        const [sums, ranking] = await one.call('scoreTable', [match, candidate, sample, weights], [candidates, top]);
        return { sums: sums!, ranking: ranking! };
      } catch (error) {
        lost ??= error;
        throw lost;
      }
    },
    async outputKey(outputs, samples) {
      const keys = prepareOutputKey(outputs, samples);
      const candidate = samples * RECORD_WORDS;
      await spread(keys.length / KEY_WORDS, Math.floor(batchRows / samples), async (one, from, to) => {
        const [key] = await one.call('outputKey', [outputs.subarray(from * candidate, to * candidate)], [samples]);
        return () => keys.set(key!, from * KEY_WORDS);
      });
      return keys;
    },
    records: (count) => new Int32Array(count * RECORD_WORDS),
    held: () => ({ tensors: processes.reduce((sum, { tensors }) => sum + tensors, 0), buffers: 0 }),
    close,
  };
}
