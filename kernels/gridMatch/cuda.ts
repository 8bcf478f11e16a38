// gridMatch in CUDA C.
import type { Gpu } from '../cuda/gpu.ts';
import type { Work } from '../cuda/work.ts';
import { RECORD_WORDS } from '../record.ts';
import { gatherExpected } from './gatherExpected.ts';
import { MATCH_WORDS } from './op.ts';

/** Threads of a record. */
const LANES = 8;
const THREADS = 256;

/**
 * Eight neighbouring threads share a record: thread l takes rows 4l..4l + 3 of all four planes, 16 bytes of each, so that
 * the eight of them load 128 bytes in a row, and a warp has eight loads for four records under way. With a whole warp a
 * record, the planes of a row would lie in four threads, which is more shuffles for a quarter of the records.
 */
export const GRID_MATCH_CUDA: string = `
extern "C" __global__ void __launch_bounds__(${THREADS}) gridMatch(
    const uint4* __restrict__ outputs, const uint4* __restrict__ expected, const int* __restrict__ index,
    int4* __restrict__ matches, int rows, int grids) {
  const int lane = threadIdx.x % ${LANES};
  const int own = blockIdx.x * ${THREADS / LANES} + threadIdx.x / ${LANES};
  // All threads of a warp meet in the shuffles, those past the last row too.
  const int row = min(own, rows - 1);
  const int grid = min(max(index[row], 0), grids - 1);
  const uint4* a = outputs + (size_t)row * ${RECORD_WORDS / 4} + lane;
  const uint4* b = expected + (size_t)grid * ${RECORD_WORDS / 4} + lane;
  const uint4 a0 = a[0], a1 = a[8], a2 = a[16], a3 = a[24];
  const uint4 b0 = b[0], b1 = b[8], b2 = b[16], b3 = b[24];
  // Words 30 and 62, height and width, are the third ones that the last thread has of planes 0 and 1.
  const int heightA = __shfl_sync(0xffffffffu, a0.z, 7, ${LANES});
  const int heightB = __shfl_sync(0xffffffffu, b0.z, 7, ${LANES});
  const int widthA = __shfl_sync(0xffffffffu, a1.z, 7, ${LANES});
  const int widthB = __shfl_sync(0xffffffffu, b1.z, 7, ${LANES});
  const int columns = min(widthA, widthB);
  const int left = min(heightA, heightB) - 4 * lane;
  const unsigned mask = (1u << columns) - 1u;
  int equal = columns * min(max(left, 0), 4);
  if (left > 0) equal -= __popc(((a0.x ^ b0.x) | (a1.x ^ b1.x) | (a2.x ^ b2.x) | (a3.x ^ b3.x)) & mask);
  if (left > 1) equal -= __popc(((a0.y ^ b0.y) | (a1.y ^ b1.y) | (a2.y ^ b2.y) | (a3.y ^ b3.y)) & mask);
  if (left > 2) equal -= __popc(((a0.z ^ b0.z) | (a1.z ^ b1.z) | (a2.z ^ b2.z) | (a3.z ^ b3.z)) & mask);
  if (left > 3) equal -= __popc(((a0.w ^ b0.w) | (a1.w ^ b1.w) | (a2.w ^ b2.w) | (a3.w ^ b3.w)) & mask);
  equal += __shfl_xor_sync(0xffffffffu, equal, 4, ${LANES});
  equal += __shfl_xor_sync(0xffffffffu, equal, 2, ${LANES});
  equal += __shfl_xor_sync(0xffffffffu, equal, 1, ${LANES});
  if (lane == 0 && own < rows) {
    const int box = max(heightA, heightB) * max(widthA, widthB);
    const bool sameShape = heightA == heightB && widthA == widthB && heightA > 0;
    matches[row] = make_int4(sameShape && equal == box, sameShape, equal, box);
  }
}
`;

/** Computes gridMatch of arguments that keep its contract, part by part. */
export function gridMatchCuda(
  gpu: Gpu,
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
  matches: Int32Array,
): void {
  const compute = (grids: (work: Work, part: Int32Array) => { address: bigint; count: number; index: Int32Array }) =>
    gpu.inParts(index.length, gpu.partRecords, (work, from, to) => {
      const rows = to - from;
      const against = grids(work, index.subarray(from, to));
      // first what may not be pinned: for such memory the driver may wait for all that was asked of the stream before
      const which = work.upload(against.index);
      const some = work.upload(outputs.subarray(from * RECORD_WORDS, to * RECORD_WORDS));
      const result = work.take(rows * MATCH_WORDS);
      launchGridMatch(work, [some, against.address, which, result], rows, against.count);
      work.read(result, matches.subarray(from * MATCH_WORDS, to * MATCH_WORDS));
    });
  if (expected.length > gpu.partRecords * RECORD_WORDS) {
    compute((work, part) => {
      const gathered = gatherExpected(expected, part);
      return {
        address: work.upload(gathered.expected),
        count: gathered.expected.length / RECORD_WORDS,
        index: gathered.index,
      };
    });
  } else {
    gpu.withUploaded(expected, (address) =>
      compute((_, part) => ({ address, count: expected.length / RECORD_WORDS, index: part })),
    );
  }
}

/**
 * Launches the kernel.
 * @param addresses of outputs, expected grids, index and result
 * @param grids how many expected grids there are
 */
function launchGridMatch(work: Work, addresses: readonly bigint[], rows: number, grids: number): void {
  work.launch('gridMatch', Math.ceil((rows * LANES) / THREADS), THREADS, [...addresses, rows, grids]);
}
