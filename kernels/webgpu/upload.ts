// Words of the host to a tensor on the device, and commands to its queue.
/// <reference types="@webgpu/types" />
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** Makes an int32 tensor in a buffer of its own and writes `words` into it, behind all that was submitted before. */
export function upload(tfjs: WebGPUBackend, words: Int32Array, shape: number[]): TensorInfo {
  const tensor = tfjs.makeTensorInfo(shape, 'int32');
  // without values this only takes a buffer
  tfjs.uploadToGPU(tensor.dataId);
  // Dawn crashes on memory that threads share.
  const own = words.buffer instanceof SharedArrayBuffer ? words.slice() : words;
  tfjs.queue.writeBuffer(tfjs.tensorMap.get(tensor.dataId).resource as GPUBuffer, 0, own as Int32Array<ArrayBuffer>);
  return tensor;
}

/** Submits what is recorded; the promise is settled once all of it is done. */
export async function submit(tfjs: WebGPUBackend): Promise<void> {
  tfjs.ensureCommandEncoderReady();
  tfjs.endComputePassEncoder();
  tfjs.submitQueue();
  await tfjs.queue.onSubmittedWorkDone();
}
