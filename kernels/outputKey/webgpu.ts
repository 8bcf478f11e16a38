// outputKey in WGSL, as a program of tfjs's WebGPU backend.
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { HASH_WORDS, RECORD_WORDS } from '../record.ts';
import { KEY_ROTATION, KEY_WORDS } from './op.ts';

const WORKGROUP = 64;

/** A thread a word of a key, in a loop over the samples. */
export class OutputKeyProgram implements WebGPUProgram {
  readonly variableNames: string[] = ['outputs'];
  readonly workgroupSize: [number, number, number] = [WORKGROUP, 1, 1];
  readonly dispatchLayout: { x: number[] } = { x: [0, 1] };
  readonly size = true;
  readonly outputShape: number[];
  dispatch: [number, number, number];
  shaderKey = 'outputKey';

  constructor(candidates: number) {
    this.outputShape = [candidates, KEY_WORDS];
    this.dispatch = [Math.ceil((candidates * KEY_WORDS) / WORKGROUP), 1, 1];
  }

  getUserCode(): string {
    return `
      fn main(thread: i32) {
        if (thread >= uniforms.size) {
          return;
        }
        let samples = uniforms.outputsShape.y;
        let hash = vec4<i32>(${HASH_WORDS.join(', ')})[thread % ${KEY_WORDS}];
        var at = thread / ${KEY_WORDS} * samples * ${RECORD_WORDS} + hash;
        var key = 0u;
        for (var s = 0; s < samples; s++) {
          let word = bitcast<u32>(outputs[at]);
          let left = u32(${KEY_ROTATION} * s) & 31;
          // A shift takes 0..31: by 0 both halves are the word itself.
          key ^= (word << left) | (word >> ((32 - left) & 31));
          at += ${RECORD_WORDS};
        }
        result[thread] = bitcast<i32>(key);
      }
    `;
  }
}

/** Records outputKey on a tensor as its tfjs op takes it; returns [candidates, 4]. */
export function outputKeyWebGpu(backend: WebGPUBackend, outputs: TensorInfo): TensorInfo {
  return backend.runWebGPUProgram(new OutputKeyProgram(outputs.shape[0]!), [outputs], 'int32');
}
