// The distinct outputs for a test input, best first. Test results have no part in the order.

import { outputKeyCpu } from '../../../kernels/outputKey/cpu.ts';
import { groupOutputs } from '../../../kernels/outputKey/groupOutputs.ts';
import { HEIGHT_WORD, RECORD_WORDS, unpackRecord } from '../../../kernels/record.ts';
import { gridText } from '../../results/gridText.ts';
import type { AttemptFields } from '../../results/lines.ts';
import type { Entrant } from './shortlist.ts';

/** Outputs kept for a test input. */
const MOST = 8;

/** Greatest colour of an answer. */
const LARGEST_CELL = 9;

/** What speaks for an output, and the place of the first entrant that gave it. */
interface Support extends Omit<AttemptFields, 'grid'> {
  readonly place: number;
}

/**
 * The distinct outputs that are ARC grids, at most 8: by the demo matches of the best candidate that gave it, then the number
 * of candidates with so many that gave it, then the fewest statements among those, then the number of the first such.
 * @param records a packed record an entrant, an invalid one where it gave no grid
 */
export function attemptsOf(entrants: readonly Entrant[], records: Int32Array): AttemptFields[] {
  const firstOf = groupOutputs(records, 1, outputKeyCpu(records, 1));
  const supports = new Map<number, Support>();
  for (const [k, entrant] of entrants.entries()) {
    if (records[k * RECORD_WORDS + HEIGHT_WORD] === 0) continue;
    const place = firstOf[k]!;
    supports.set(place, joined(supports.get(place), entrant, place));
  }
  return Array.from(supports.values())
    .sort((a, b) => b.demo - a.demo || b.votes - a.votes || a.size - b.size || a.candidate - b.candidate)
    .map((support) => ({ support, grid: unpackRecord(records, support.place) }))
    .filter(({ grid }) => grid.cells.every((cell) => cell <= LARGEST_CELL))
    .slice(0, MOST)
    .map(({ support: { demo, votes, size, candidate }, grid }) => {
      return { grid: gridText(grid), demo, votes, size, candidate };
    });
}

function joined(before: Support | undefined, { number, demo, size }: Entrant, place: number): Support {
  const own = { demo, votes: 1, size, candidate: number, place };
  if (before === undefined || before.demo < demo) return own;
  if (before.demo > demo) return before;
  const isShorter = size < before.size || (size === before.size && number < before.candidate);
  return { ...(isShorter ? own : before), votes: before.votes + 1 };
}
