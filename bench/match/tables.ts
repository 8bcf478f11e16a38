// The op after gridMatch: tables of candidates.
import type { SyncBackend } from '../../kernels/backend.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import type { ScoreRows } from '../../kernels/scoreTable/op.ts';
import type { Row } from '../question.ts';
import { figures } from '../stats.ts';
import type { Comparisons } from './data.ts';
import { secondsOf } from './kernels.ts';

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
  const contenders = backends.map(([name, backend]) => ({
    name,
    table: () => backend.scoreTable(rows),
    times: [] as number[],
  }));
  const truth = contenders[0]!.table();
  for (const { name, table } of contenders) {
    holds(`scoreTable, ${name}`, table().sums, truth.sums);
    holds(`scoreTable, ${name}`, table().ranking, truth.ranking);
  }
  for (let round = -2; round < rounds; round++) {
    for (const { table, times } of contenders) {
      const seconds = secondsOf(table);
      if (round >= 0) times.push(seconds);
    }
  }
  return contenders.map(({ name, times }) => ({
    what: `scoreTable, ${name}`,
    ...figures(times, (t) => candidates / t),
    unit: 'candidates/s',
  }));
}

function holds(what: string, found: Int32Array, expected: Int32Array): void {
  const at = expected.findIndex((word, k) => word !== found[k]);
  if (at >= 0) throw new Error(`${what}: word ${at} is ${found[at]}, expected ${expected[at]}`);
}
