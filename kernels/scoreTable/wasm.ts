// scoreTable on WASM: rows and weights pass through the scratch area, the sums are made there; the host ranks, one pass over
// the sums.
import { MATCH_WORDS } from '../gridMatch/op.ts';
import type { WasmHost } from '../wasm/crew.ts';
import { copyWords } from '../wasm/scratch.ts';
import { rankCandidates } from './cpu.ts';
import { DEMO, prepareScoreTable, type ScoreTable, SUM_WORDS, TEST, WEIGHT_WORDS } from './op.ts';

// Rows, candidates and samples that pass through the scratch area at once. Of more candidates or samples than that, the rows
// pass once for each part of them.
const BLOCK_ROWS = 2048;
export const PART_CANDIDATES: number = 65536;
export const PART_SAMPLES: number = 4096;

/** Words of a sample in the scratch area: what the four words of a row's parts are multiplied with. */
const FACTOR_WORDS = 4;

// Words in the scratch area.
const SUMS = 0;
const FACTORS = SUMS + PART_CANDIDATES * SUM_WORDS;
const MATCH = FACTORS + PART_SAMPLES * FACTOR_WORDS;
const CANDIDATE = MATCH + BLOCK_ROWS * MATCH_WORDS;
const SAMPLE = CANDIDATE + BLOCK_ROWS;

/** See `ScoreTable` in `op.ts`. */
export function scoreTableWasm({ kernels, scratch }: WasmHost): ScoreTable {
  return (rows) => {
    const result = prepareScoreTable(rows);
    const { match, candidate, sample, weights, candidates } = rows;
    const samples = weights.length / WEIGHT_WORDS;
    for (let first = 0; first < candidates; first += PART_CANDIDATES) {
      const some = Math.min(PART_CANDIDATES, candidates - first);
      scratch.fill(0, SUMS, SUMS + some * SUM_WORDS);
      for (let firstSample = 0; firstSample < samples; firstSample += PART_SAMPLES) {
        const someSamples = Math.min(PART_SAMPLES, samples - firstSample);
        writeFactors(scratch, weights, firstSample, someSamples);
        for (let from = 0; from < candidate.length; from += BLOCK_ROWS) {
          const count = Math.min(BLOCK_ROWS, candidate.length - from);
          copyWords(match, from * MATCH_WORDS, scratch, MATCH, count * MATCH_WORDS);
          copyWords(candidate, from, scratch, CANDIDATE, count);
          copyWords(sample, from, scratch, SAMPLE, count);
          kernels.scoreTable(
            4 * MATCH,
            4 * CANDIDATE,
            4 * SAMPLE,
            4 * FACTORS,
            4 * SUMS,
            count,
            first,
            some,
            firstSample,
            someSamples,
          );
        }
      }
      copyWords(scratch, SUMS, result.sums, first * SUM_WORDS, some * SUM_WORDS);
    }
    rankCandidates(result.sums, result.ranking);
    return result;
  };
}

function writeFactors(scratch: Int32Array, weights: Int32Array, first: number, samples: number): void {
  for (let s = 0; s < samples; s++) {
    const demo = weights[(first + s) * WEIGHT_WORDS + DEMO]!;
    const test = weights[(first + s) * WEIGHT_WORDS + TEST]!;
    const at = FACTORS + s * FACTOR_WORDS;
    scratch[at] = demo;
    scratch[at + 1] = test;
    scratch[at + 2] = demo + test;
    scratch[at + 3] = demo + test;
  }
}
