// scoreTable in CUDA C: sums by atomic additions, which have one result in any order, and a ranking by merges.
import type { Gpu } from '../cuda/gpu.ts';
import type { Work } from '../cuda/work.ts';
import { MATCH_WORDS } from '../gridMatch/op.ts';
import { ACCURACY_ONE, type ScoreRows, type ScoreTableResult, SUM_WORDS, WEIGHT_WORDS } from './op.ts';

const THREADS = 256;
/** Runs that a pass of the ranking merges into one. */
const FAN = 4;
/** Rows that are uploaded at once, 24 bytes each. */
const PART_ROWS = 1 << 18;

/**
 * `scoreSums`: a thread a row of gridMatch; adds to what the sums are already.
 *
 * `scoreRank`: one pass of a merge sort without barriers, a thread a candidate: the order lies in runs, each sorted, and a
 * candidate's place among the runs of a group is its place in its own plus, by bisection, the number of better ones in
 * each of the others. The first pass has runs of one and takes the candidates by their numbers.
 */
export const SCORE_TABLE_CUDA: string = `
extern "C" __global__ void __launch_bounds__(${THREADS}) scoreSums(
    const int4* __restrict__ matches, const int* __restrict__ candidate, const int* __restrict__ sample,
    const int2* __restrict__ weights, int* sums, int rows, int candidates, int samples) {
  const int thread = blockIdx.x * ${THREADS} + threadIdx.x;
  if (thread >= rows) return;
  const int c = candidate[thread];
  const int s = sample[thread];
  if (c < 0 || c >= candidates || s < 0 || s >= samples) return;
  const int4 row = matches[thread];
  const int2 weight = weights[s];
  const int both = weight.x + weight.y;
  int* to = sums + (size_t)c * ${SUM_WORDS};
  if (row.x == 1) {
    atomicAdd(to, weight.x);
    atomicAdd(to + 1, weight.y);
  }
  atomicAdd(to + 2, row.z * both);
  if (row.w > 0) atomicAdd(to + 3, row.z * ${ACCURACY_ONE} / row.w * both);
}

__device__ bool isBetter(int4 x, int a, int4 y, int b) {
  if (x.x != y.x) return x.x > y.x;
  if (x.y != y.y) return x.y > y.y;
  if (x.w != y.w) return x.w > y.w;
  return a < b;
}

extern "C" __global__ void __launch_bounds__(${THREADS}) scoreRank(
    const int4* __restrict__ sums, const int* __restrict__ order, int* __restrict__ result, int candidates, int kept,
    int run, int isFirst) {
  const long long thread = (long long)blockIdx.x * ${THREADS} + threadIdx.x;
  if (thread >= candidates) return;
  const int own = isFirst ? (int)thread : order[thread];
  const int4 ownSums = sums[own];
  const long long ownRun = thread - thread % run;
  const long long group = thread - thread % (${FAN}ll * run);
  long long place = group + thread - ownRun;
  for (long long start = group; start < min(group + ${FAN}ll * run, (long long)candidates); start += run) {
    if (start == ownRun) continue;
    long long low = start;
    long long high = min(start + run, (long long)candidates);
    while (low < high) {
      const long long middle = (low + high) / 2;
      const int other = isFirst ? (int)middle : order[middle];
      if (isBetter(sums[other], other, ownSums, own)) low = middle + 1;
      else high = middle;
    }
    place += low - start;
  }
  if (place < kept) result[place] = own;
}
`;

/** Computes scoreTable of arguments that keep its contract into `result`, which is all zeros. */
export function scoreTableCuda(gpu: Gpu, rows: ScoreRows, result: ScoreTableResult): void {
  const { match, candidate, sample, weights, candidates } = rows;
  if (candidates === 0) return;
  gpu.inOrder((work) => {
    const sums = work.take(candidates * SUM_WORDS);
    work.zero(sums, candidates * SUM_WORDS);
    if (candidate.length > 0) {
      const all = work.upload(weights);
      // the same memory for each part: what is asked of a stream is done one after another
      const most = Math.min(PART_ROWS, candidate.length);
      const [matches, whose, which] = [work.take(most * MATCH_WORDS), work.take(most), work.take(most)];
      for (let from = 0; from < candidate.length; from += most) {
        const to = Math.min(from + most, candidate.length);
        work.copy(match.subarray(from * MATCH_WORDS, to * MATCH_WORDS), matches);
        work.copy(candidate.subarray(from, to), whose);
        work.copy(sample.subarray(from, to), which);
        const sizes = [to - from, candidates, weights.length / WEIGHT_WORDS];
        const addresses = [matches, whose, which, all, sums];
        work.launch('scoreSums', Math.ceil((to - from) / THREADS), THREADS, [...addresses, ...sizes]);
      }
    }
    work.read(sums, result.sums);
    const kept = result.ranking.length;
    if (kept > 0) work.read(rank(work, sums, candidates, kept), result.ranking);
  });
}

/** Launches the ranking of `sums`; returns the address of the first `kept` places. */
function rank(work: Work, sums: bigint, candidates: number, kept: number): bigint {
  const blocks = Math.ceil(candidates / THREADS);
  const orders = [work.take(candidates), work.take(candidates)] as const;
  for (let run = 1, pass = 0; ; run *= FAN, pass = 1 - pass) {
    const isLast = run * FAN >= candidates;
    // the first pass does not look at an order
    const [order, next] = [orders[pass]!, orders[1 - pass]!];
    const sizes = [candidates, isLast ? kept : candidates, run, Number(run === 1)];
    work.launch('scoreRank', blocks, THREADS, [sums, order, next, ...sizes]);
    if (isLast) return next;
  }
}
