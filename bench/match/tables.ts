// The ops after gridMatch: tables of candidates, and keys of their outputs.
import type { SyncBackend } from '../../kernels/backend.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import type { ScoreRows } from '../../kernels/scoreTable/op.ts';
import type { Row } from '../question.ts';
import { figures } from '../stats.ts';
import type { Comparisons } from './data.ts';
import { secondsOf, stored } from './kernels.ts';

const SAMPLES = 5;
const TOP = 32;

/**
 * Measures the backends in turn; throws where one finds something else than the first.
 * @param match what gridMatch found of `data`
 */
export function tableRows(
  backends: readonly (readonly [string, SyncBackend])[],
  { outputs }: Comparisons,
  match: Int32Array,
  rounds: number,
): Row[] {
  const candidates = Math.floor(outputs.length / RECORD_WORDS / SAMPLES);
  const count = candidates * SAMPLES;
  const rows: ScoreRows = {
    match: match.subarray(0, 4 * count),
    candidate: Int32Array.from({ length: count }, (_, k) => Math.floor(k / SAMPLES)),
    sample: Int32Array.from({ length: count }, (_, k) => k % SAMPLES),
    weights: Int32Array.from({ length: 2 * SAMPLES }, (_, at) => Number(at % 2 === (at < 2 * SAMPLES - 2 ? 0 : 1))),
    candidates,
    top: TOP,
  };
  const records = outputs.subarray(0, count * RECORD_WORDS);
  const contenders = backends.map(([name, backend]) => {
    const own = stored(backend, records);
    return {
      name,
      table: () => backend.scoreTable(rows),
      keys: () => backend.outputKey(own, SAMPLES),
      tableTimes: [] as number[],
      keyTimes: [] as number[],
    };
  });
  const [first] = contenders;
  for (const { name, table, keys } of contenders) {
    holds(`scoreTable, ${name}`, table().sums, first!.table().sums);
    holds(`scoreTable, ${name}`, table().ranking, first!.table().ranking);
    holds(`outputKey, ${name}`, keys(), first!.keys());
  }
  for (let round = -2; round < rounds; round++) {
    for (const { table, keys, tableTimes, keyTimes } of contenders) {
      const times = [secondsOf(table), secondsOf(keys)] as const;
      if (round < 0) continue;
      tableTimes.push(times[0]);
      keyTimes.push(times[1]);
    }
  }
  return [
    ...contenders.map(({ name, tableTimes }) => ({
      what: `scoreTable, ${name}`,
      ...figures(tableTimes, (t) => candidates / t),
      unit: 'candidates/s',
    })),
    ...contenders.map(({ name, keyTimes }) => ({
      what: `outputKey, ${name}`,
      ...figures(keyTimes, (t) => count / t),
      unit: 'records/s',
    })),
  ];
}

function holds(what: string, found: Int32Array, expected: Int32Array): void {
  const at = expected.findIndex((word, k) => word !== found[k]);
  if (at >= 0) throw new Error(`${what}: word ${at} is ${found[at]}, expected ${expected[at]}`);
}
