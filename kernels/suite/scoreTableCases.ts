// scoreTable against its plain reference.
import fc from 'fast-check';
import type { Backend } from '../backend.ts';
import { EQUAL_CELLS, MATCH_WORDS } from '../gridMatch/op.ts';
import type { ScoreRows } from '../scoreTable/op.ts';
import { scoreTableReference } from '../scoreTable/reference.ts';
import type { Case } from './case.ts';
import { randomRows } from './randomRows.ts';
import { assertSame, BORDERS } from './same.ts';

export function scoreTableCases(): Case[] {
  return [
    { name: 'scoreTable: nothing, and candidates without rows', run: withoutRows },
    { name: 'scoreTable: random rows', run: random },
    ...BORDERS.map((candidates) => ({
      name: `scoreTable: ${candidates} candidates, many of them equal`,
      run: async (backend: Backend) => {
        const rows = randomRows({ seed: candidates, candidates, samples: 3, kinds: 5 });
        await holds(backend, { ...rows, top: 10 });
        await holds(backend, { ...rows, top: candidates });
      },
    })),
    { name: 'scoreTable: the largest sums', run: largestSums },
  ];
}

async function holds(backend: Backend, rows: ScoreRows): Promise<void> {
  const result = await backend.scoreTable(rows);
  const reference = scoreTableReference(rows);
  assertSame(result.sums, reference.sums);
  assertSame(result.ranking, reference.ranking);
}

async function withoutRows(backend: Backend): Promise<void> {
  const none = new Int32Array();
  const empty = { match: none, candidate: none, sample: none, weights: none };
  await holds(backend, { ...empty, candidates: 0, top: 3 });
  await holds(backend, { ...empty, candidates: 5, top: 3 });
  await holds(backend, { ...randomRows({ seed: 2, candidates: 4, samples: 3 }), candidates: 9, top: 9 });
  await holds(backend, { ...randomRows({ seed: 2, candidates: 4, samples: 3 }), top: 0 });
}

async function random(backend: Backend): Promise<void> {
  const arbitrary = fc.record({
    seed: fc.integer(),
    candidates: fc.integer({ min: 1, max: 40 }),
    samples: fc.integer({ min: 1, max: 9 }),
    top: fc.integer({ min: 0, max: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ top, ...shape }) => holds(backend, { ...randomRows(shape), top })),
    { numRuns: 60 },
  );
}

async function largestSums(backend: Backend): Promise<void> {
  const rows = randomRows({ seed: 3, candidates: 6, samples: 4 });
  rows.match.forEach((_, at) => {
    rows.match[at] = at % MATCH_WORDS < EQUAL_CELLS ? 1 : 900;
  });
  await holds(backend, { ...rows, weights: Int32Array.of(32000, 0, 0, 700, 60, 1, 0, 6), top: 6 });
}
