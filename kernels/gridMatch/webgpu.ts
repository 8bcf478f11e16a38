// gridMatch in WGSL, as a program of tfjs's WebGPU backend.
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { MATCH_WORDS } from './op.ts';

const LANES = 8;
const WORKGROUP = 64;

/**
 * Eight neighbouring threads share a record: thread l takes rows 4l..4l + 3 of all four planes, so that each load of the eight is
 * 128 bytes in a row, and rows that no grid has are not loaded. The counts meet in workgroup memory.
 */
export class GridMatchProgram implements WebGPUProgram {
  readonly variableNames: string[] = ['outputs', 'expected', 'index'];
  readonly variableComponents: number[] = [4, 4, 1];
  readonly outputComponent = 4;
  readonly workgroupSize: [number, number, number] = [WORKGROUP, 1, 1];
  readonly dispatchLayout: { x: number[] } = { x: [0, 1] };
  readonly size = true;
  readonly outputShape: number[];
  dispatch: [number, number, number];
  shaderKey = 'gridMatch';

  constructor(rows: number) {
    this.outputShape = [rows, MATCH_WORDS];
    this.dispatch = [Math.ceil((rows * LANES) / WORKGROUP), 1, 1];
  }

  getUserCode(): string {
    return `
      var<workgroup> parts: array<i32, ${WORKGROUP}>;

      // Equal cells of the records from i and j, in this thread's rows.
      fn equalCells(i: i32, j: i32, lane: i32, rows: i32, columns: i32) -> i32 {
        let own = clamp(rows - 4 * lane, 0, 4);
        if (own == 0) {
          return 0;
        }
        let a = i + lane;
        let b = j + lane;
        let differ = (outputs[a] ^ expected[b]) | (outputs[a + 8] ^ expected[b + 8]) |
            (outputs[a + 16] ^ expected[b + 16]) | (outputs[a + 24] ^ expected[b + 24]);
        let cells = differ & vec4<i32>((1 << u32(columns)) - 1);
        let counts = select(vec4<i32>(0), countOneBits(cells), vec4<i32>(0, 1, 2, 3) < vec4<i32>(own));
        return own * columns - (counts.x + counts.y + counts.z + counts.w);
      }

      fn main(thread: i32) {
        let lane = thread % ${LANES};
        // All threads reach the barrier, those past the last record too.
        let row = min(thread / ${LANES}, uniforms.size - 1);
        let i = 32 * row;
        let j = 32 * clamp(index[row], 0, uniforms.expectedShape.x - 1);
        let heightA = outputs[i + 7].z;
        let heightB = expected[j + 7].z;
        let widthA = outputs[i + 15].z;
        let widthB = expected[j + 15].z;
        parts[localIndex] = equalCells(i, j, lane, min(heightA, heightB), min(widthA, widthB));
        workgroupBarrier();
        if (lane != 0 || thread / ${LANES} >= uniforms.size) {
          return;
        }
        var equal = 0;
        for (var part = 0u; part < ${LANES}u; part++) {
          equal += parts[localIndex + part];
        }
        let box = max(heightA, heightB) * max(widthA, widthB);
        let sameShape = heightA == heightB && widthA == widthB && heightA > 0;
        result[row] = vec4<i32>(i32(sameShape && equal == box), i32(sameShape), equal, box);
      }
    `;
  }
}

/** Records gridMatch on tensors as its tfjs op takes them; returns [n, 4]. */
export function gridMatchWebGpu(
  backend: WebGPUBackend,
  outputs: TensorInfo,
  expected: TensorInfo,
  index: TensorInfo,
): TensorInfo {
  return backend.runWebGPUProgram(new GridMatchProgram(index.shape[0]!), [outputs, expected, index], 'int32');
}
