// The program of a thread with one GPU; see `cudaThread.ts`.
import { parentPort, workerData } from 'node:worker_threads';
import { reasonOf } from '../backend.ts';
import { computed, type Ops } from '../spread.ts';
import { cudaOps } from './cudaOps.ts';
import type { Answer, Request, ThreadData } from './cudaThread.ts';
import { loadKoffi, openDriver } from './driver.ts';
import { Gpu } from './gpu.ts';

const { file, ordinal } = workerData as ThreadData;
const port = parentPort!;
let gpu: Gpu | undefined;
let ops: Ops | undefined;
let failure: unknown;
// While the context is made, the kernels are compiled: requests wait until it is.
try {
  gpu = new Gpu(openDriver(await loadKoffi(), file), ordinal);
  ops = cudaOps(gpu);
} catch (error) {
  failure = error;
}
port.on('message', (request: Request) => {
  if (request.type === 'close') {
    gpu?.close();
    port.close();
  } else if (request.type === 'pin') gpu?.pin(request.words);
  else {
    const { answer, transfer = [] } = answerOf(request);
    port.postMessage(answer, transfer);
  }
});

function answerOf(request: Exclude<Request, { type: 'pin' | 'close' }>): { answer: Answer; transfer?: ArrayBuffer[] } {
  try {
    if (gpu === undefined || ops === undefined) throw failure;
    if (request.type === 'load') {
      gpu.load(request.image);
      return { answer: { type: 'ready', partRecords: gpu.partRecords } };
    }
    const arrays = computed(ops, request.op, request.arrays, request.numbers);
    const transfer = arrays.map(({ buffer }) => buffer as ArrayBuffer);
    return { answer: { type: 'done', arrays, held: { tensors: 0, buffers: gpu.held }, steps: gpu.steps }, transfer };
  } catch (error) {
    return { answer: { type: 'failed', reason: reasonOf(error) } };
  }
}
