// scoreTable in WGSL, as programs of tfjs's WebGPU backend: sums by atomic additions, which have one result in any order,
// and a ranking by merges.
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { ACCURACY_ONE, SUM_WORDS } from './op.ts';

const WORKGROUP = 64;
/** Runs that a pass of the ranking merges into one. */
const FAN = 4;

/** A thread a row of gridMatch; adds to what the sums are already. */
export class ScoreSumsProgram implements WebGPUProgram {
  readonly variableNames: string[] = ['matches', 'candidate', 'sample', 'weights'];
  readonly variableComponents: number[] = [4, 1, 1, 2];
  readonly atomic = true;
  readonly workgroupSize: [number, number, number] = [WORKGROUP, 1, 1];
  readonly dispatchLayout: { x: number[] } = { x: [0, 1] };
  readonly outputShape: number[];
  dispatch: [number, number, number];
  shaderKey = 'scoreSums';

  constructor(rows: number, candidates: number) {
    this.outputShape = [candidates, SUM_WORDS];
    this.dispatch = [Math.ceil(rows / WORKGROUP), 1, 1];
  }

  getUserCode(): string {
    return `
      fn main(thread: i32) {
        if (thread >= uniforms.candidateShape) {
          return;
        }
        let c = candidate[thread];
        let s = sample[thread];
        if (c < 0 || c >= uniforms.outShape.x || s < 0 || s >= uniforms.weightsShape.x) {
          return;
        }
        let row = matches[thread];
        let weight = weights[s];
        let both = weight.x + weight.y;
        let to = ${SUM_WORDS} * c;
        if (row.x == 1) {
          atomicAdd(&result[to], weight.x);
          atomicAdd(&result[to + 1], weight.y);
        }
        atomicAdd(&result[to + 2], row.z * both);
        if (row.w > 0) {
          atomicAdd(&result[to + 3], row.z * ${ACCURACY_ONE} / row.w * both);
        }
      }
    `;
  }
}

/**
 * One pass of a merge sort without barriers, a thread a candidate: the order lies in runs, each sorted, and a candidate's place
 * among ${FAN} runs is its place in its own plus, by bisection, the number of better ones in each of the others. The first pass
 * has runs of one and takes the candidates by their numbers.
 */
export class ScoreRankProgram implements WebGPUProgram {
  readonly variableNames: string[];
  readonly variableComponents: number[];
  readonly uniforms = 'run : i32,';
  readonly workgroupSize: [number, number, number] = [WORKGROUP, 1, 1];
  readonly dispatchLayout: { x: number[] } = { x: [0] };
  readonly outputShape: number[];
  dispatch: [number, number, number];
  shaderKey: string;
  readonly #first: boolean;

  /** @param kept how many places of the order to write */
  constructor(candidates: number, kept: number, first: boolean) {
    this.variableNames = first ? ['sums'] : ['sums', 'order'];
    this.variableComponents = first ? [4] : [4, 1];
    this.outputShape = [kept];
    this.dispatch = [Math.ceil(candidates / WORKGROUP), 1, 1];
    this.shaderKey = first ? 'scoreRankFirst' : 'scoreRank';
    this.#first = first;
  }

  getUserCode(): string {
    return `
      fn candidateAt(place: i32) -> i32 {
        return ${this.#first ? 'place' : 'order[place]'};
      }

      // Whether the candidate at a place is better than candidate b, whose sums are y.
      fn isBetter(place: i32, b: i32, y: vec4<i32>) -> bool {
        let a = candidateAt(place);
        let x = sums[a];
        if (x.x != y.x) {
          return x.x > y.x;
        }
        if (x.y != y.y) {
          return x.y > y.y;
        }
        if (x.w != y.w) {
          return x.w > y.w;
        }
        return a < b;
      }

      fn main(thread: i32) {
        let count = uniforms.sumsShape.x;
        if (thread >= count) {
          return;
        }
        let run = uniforms.run;
        let own = candidateAt(thread);
        let ownSums = sums[own];
        let ownRun = thread - thread % run;
        let group = thread - thread % (${FAN} * run);
        var place = group + thread - ownRun;
        for (var start = group; start < min(group + ${FAN} * run, count); start += run) {
          if (start == ownRun) {
            continue;
          }
          var low = start;
          var high = min(start + run, count);
          while (low < high) {
            let middle = (low + high) / 2;
            if (isBetter(middle, own, ownSums)) {
              low = middle + 1;
            } else {
              high = middle;
            }
          }
          place += low - start;
        }
        if (place < uniforms.outShape) {
          result[place] = own;
        }
      }
    `;
  }
}

/** Makes sums of zeros, [candidates, 4]. */
export function zeroSums(backend: WebGPUBackend, candidates: number): TensorInfo {
  return backend.makeTensorInfo([candidates, SUM_WORDS], 'int32', new Int32Array(candidates * SUM_WORDS));
}

/** Records the addition of rows, as the tfjs op takes them, to `sums`. */
export function addRowsWebGpu(
  backend: WebGPUBackend,
  sums: TensorInfo,
  rows: readonly [match: TensorInfo, candidate: TensorInfo, sample: TensorInfo, weights: TensorInfo],
): void {
  const [, candidate, , weights] = rows;
  // there are no bindings of no bytes
  if (candidate.shape[0] === 0 || weights.shape[0] === 0) return;
  const program = new ScoreSumsProgram(candidate.shape[0]!, sums.shape[0]!);
  backend.runWebGPUProgram(program, [...rows], 'int32', undefined, sums);
}

/** Records the ranking of `sums`; returns [min(top, candidates)]. */
export function rankWebGpu(backend: WebGPUBackend, sums: TensorInfo, top: number): TensorInfo {
  const candidates = sums.shape[0]!;
  const kept = Math.min(top, candidates);
  if (kept === 0) return backend.makeTensorInfo([0], 'int32', new Int32Array());
  let order: TensorInfo | undefined;
  for (let run = 1; ; run *= FAN) {
    const last = run * FAN >= candidates;
    const program = new ScoreRankProgram(candidates, last ? kept : candidates, order === undefined);
    const inputs = order === undefined ? [sums] : [sums, order];
    const next = backend.runWebGPUProgram(program, inputs, 'int32', [{ type: 'int32', data: [run] }]);
    if (order !== undefined) backend.disposeData(order.dataId);
    if (last) return next;
    order = next;
  }
}
