// Which candidates have failed a sample, so that the samples after it can be spared.
import { gridMatchCpu } from '../../kernels/gridMatch/cpu.ts';
import { EXACT, MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import { packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import type { ArcGrid } from '../arc/grid.ts';
import { type PackedOutcomes, unpack } from './outcomePacker.ts';

/**
 * Marks the candidates with a 1 whose outcome is not the expected grid; where that is not known, those with no grid.
 * @param lost an entry a candidate
 */
export function markLost(lost: Uint8Array, outcomes: PackedOutcomes, expected: ArcGrid | null): void {
  const mark = (candidate: number): void => {
    lost[candidate] = 1;
  };
  if (expected === null) {
    unpack(outcomes, { record: () => {}, matched: () => {}, notGrid: mark, ended: mark });
    return;
  }
  const { records } = outcomes;
  const record = new Int32Array(RECORD_WORDS);
  // records come only where the expected grid is one, too
  if (records.length > 0) packRecord(record, 0, expected.height, expected.width, expected.cells);
  const match = gridMatchCpu(records, record, new Int32Array(records.length / RECORD_WORDS));
  unpack(outcomes, {
    record: (candidate, _, at) => {
      if (match[at * MATCH_WORDS + EXACT] === 0) mark(candidate);
    },
    matched: (candidate, { exact }) => {
      if (!exact) mark(candidate);
    },
    notGrid: mark,
    ended: mark,
  });
}
