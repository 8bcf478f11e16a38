// gridMatch on a device with each step timed by itself.
/// <reference types="@webgpu/types" />
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GridMatchTimes } from '../gridMatch/times.ts';
import { gridMatchWebGpu } from '../gridMatch/webgpu.ts';
import { RECORD_WORDS } from '../record.ts';
import { tfjsOn } from './device.ts';
import { submit, upload } from './upload.ts';

/** Times gridMatch on arguments that keep its contract and fit one buffer each, once all is compiled; none may be empty. */
export async function timeGridMatch(
  gpu: GPUDevice,
  outputs: Int32Array,
  expected: Int32Array,
  index: Int32Array,
): Promise<GridMatchTimes> {
  // of its own, so that it is given back as a whole
  const tfjs = await tfjsOn(gpu);
  const uploadAll = () =>
    [
      upload(tfjs, outputs, [index.length, RECORD_WORDS]),
      upload(tfjs, expected, [expected.length / RECORD_WORDS, RECORD_WORDS]),
      upload(tfjs, index, [index.length]),
    ] as const;
  const copy = (tensor: TensorInfo) => tfjs.runWebGPUProgram(new CopyProgram(index.length), [tensor], 'int32');
  try {
    const earlier = uploadAll();
    await tfjs.read(gridMatchWebGpu(tfjs, ...earlier).dataId);
    tfjs.disposeData(copy(earlier[0]).dataId);
    await submit(tfjs);

    let inputs = earlier;
    const uploading = await milliseconds(() => {
      inputs = uploadAll();
      return submit(tfjs);
    });
    let match = inputs[2] as TensorInfo;
    const computing = await deviceMilliseconds(tfjs, () => {
      match = gridMatchWebGpu(tfjs, ...inputs);
    });
    return {
      upload: uploading,
      kernel: computing,
      readback: await milliseconds(() => tfjs.read(match.dataId)),
      copy: await deviceMilliseconds(tfjs, () => {
        copy(inputs[0]);
      }),
      byDevice: canTime(tfjs),
    };
  } finally {
    tfjs.dispose();
  }
}

function canTime({ device }: WebGPUBackend): boolean {
  return device.features.has('timestamp-query');
}

async function deviceMilliseconds(tfjs: WebGPUBackend, record: () => void): Promise<number> {
  if (canTime(tfjs)) return (await tfjs.time(record)).kernelMs as number;
  return milliseconds(() => {
    record();
    return submit(tfjs);
  });
}

async function milliseconds(step: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await step();
  return performance.now() - start;
}

class CopyProgram implements WebGPUProgram {
  readonly variableNames: string[] = ['source'];
  readonly outputComponent = 4;
  readonly workgroupSize: [number, number, number] = [64, 1, 1];
  readonly dispatchLayout: { x: number[] } = { x: [0, 1] };
  readonly size = true;
  readonly outputShape: number[];
  dispatch: [number, number, number];
  shaderKey = 'copyRecords';

  constructor(records: number) {
    this.outputShape = [records, RECORD_WORDS];
    this.dispatch = [Math.ceil((records * RECORD_WORDS) / 4 / 64), 1, 1];
  }

  getUserCode(): string {
    return `
      fn main(thread: i32) {
        if (thread < uniforms.size) {
          result[thread] = source[thread];
        }
      }
    `;
  }
}
