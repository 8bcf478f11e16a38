// Rows of gridMatch for tests of scoreTable.

import { below } from '../../bench/random.ts';
import { seeded } from '../../src/pipeline/read/seeded.ts';
import { BOX_CELLS, EQUAL_CELLS, EXACT, MATCH_WORDS, SAME_SHAPE } from '../gridMatch/op.ts';
import type { ScoreRows } from '../scoreTable/op.ts';

/** What rows are made of; `kinds`: so few different rows that many candidates are equal. */
interface Shape {
  readonly seed: number;
  readonly candidates: number;
  readonly samples: number;
  readonly kinds?: number;
}

/** A row for most pairs, in a random order; the first half of the samples are demos, the last one counts for nothing. */
export function randomRows({ seed, candidates, samples, kinds }: Shape): ScoreRows {
  const random = seeded(seed);
  const pairs = Array.from({ length: candidates * samples }, (_, pair) => pair)
    .filter(() => below(random, 8) > 0)
    .map((pair) => ({ pair, order: below(random, 1 << 20) }))
    .sort((a, b) => a.order - b.order);
  const match = new Int32Array(pairs.length * MATCH_WORDS);
  for (let at = 0; at < match.length; at += MATCH_WORDS) {
    const box = kinds === undefined ? below(random, 901) : 10 * below(random, kinds);
    const equal = kinds === undefined ? below(random, box + 1) : box / (1 + below(random, 2));
    match[at + EXACT] = equal === box ? below(random, 2) : 0;
    match[at + SAME_SHAPE] = below(random, 2);
    match[at + EQUAL_CELLS] = equal;
    match[at + BOX_CELLS] = box;
  }
  const weights = Int32Array.from({ length: 2 * samples }, (_, at) => {
    const sample = at >> 1;
    if (sample === samples - 1 && samples > 2) return 0;
    return Number(at % 2 === (sample < samples / 2 ? 0 : 1)) * (1 + below(random, 3));
  });
  return {
    match,
    candidate: Int32Array.from(pairs, ({ pair }) => Math.floor(pair / samples)),
    sample: Int32Array.from(pairs, ({ pair }) => pair % samples),
    weights,
    candidates,
    top: candidates,
  };
}
