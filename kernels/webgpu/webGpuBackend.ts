// The ops on tfjs's WebGPU backend: upload, compute and read back in parts that the device takes.
/// <reference types="@webgpu/types" />
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Backend, BackendLostError, type Held } from '../backend.ts';
import { gatherExpected } from '../gridMatch/gatherExpected.ts';
import { MATCH_WORDS, prepareGridMatch } from '../gridMatch/op.ts';
import { gridMatchWebGpu } from '../gridMatch/webgpu.ts';
import { RECORD_WORDS } from '../record.ts';
import { rankCandidates } from '../scoreTable/cpu.ts';
import { prepareScoreTable, type ScoreRows, type ScoreTableResult, SUM_WORDS, WEIGHT_WORDS } from '../scoreTable/op.ts';
import { addRowsWebGpu, rankWebGpu, zeroSums } from '../scoreTable/webgpu.ts';
import { StepClock, type StepSeconds } from '../stepClock.ts';
import { inParts } from './inParts.ts';
import { submit, upload } from './upload.ts';

/** The most that is handed over as one array; larger ones gain nothing, and the next is uploaded while one is computed. */
const PART_BYTES = 64 << 20;
const RECORD_BYTES = 4 * RECORD_WORDS;

const ERRORS: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

type Upload = (words: Int32Array, shape: number[]) => TensorInfo;

/**
 * The ops through WebGPU. Buffers that a call has given back are kept for the next one, up to four parts of them; `held` counts
 * those in use.
 */
export class WebGpuBackend implements Backend {
  readonly name = 'webgpu';
  readonly device: string;
  readonly batchRows = 32768;
  /** The device itself: once it is lost, every call is. */
  readonly gpu: GPUDevice;
  /** Times of its steps. */
  readonly clock: StepClock = new StepClock();
  readonly #tfjs: WebGPUBackend;
  readonly #partBytes: number;
  readonly #running = new Set<Promise<unknown>>();
  #lost: BackendLostError | undefined;
  /** A process that ends while its device computes crashes; destroying waits for the device. */
  readonly #destroy = () => this.gpu.destroy();

  constructor(tfjs: WebGPUBackend, device: string, partBytes: number = PART_BYTES) {
    const { maxBufferSize, maxStorageBufferBindingSize } = tfjs.device.limits;
    this.device = device;
    this.gpu = tfjs.device;
    this.#tfjs = tfjs;
    this.#partBytes = Math.min(partBytes, maxBufferSize, maxStorageBufferBindingSize);
    process.once('exit', this.#destroy);
  }

  async gridMatch(
    outputs: Int32Array,
    expected: Int32Array,
    index: Int32Array,
    result?: Int32Array,
  ): Promise<Int32Array> {
    const matches = prepareGridMatch(outputs, expected, index, result);
    const rows = Math.floor(this.#partBytes / RECORD_BYTES);
    await inParts(index.length, rows, async (from, to) => {
      const grids =
        expected.byteLength <= this.#partBytes
          ? { expected, index: index.subarray(from, to) }
          : gatherExpected(expected, index.subarray(from, to));
      const [part] = await this.#run((upload) => [
        gridMatchWebGpu(
          this.#tfjs,
          upload(outputs.subarray(from * RECORD_WORDS, to * RECORD_WORDS), [to - from, RECORD_WORDS]),
          upload(grids.expected, [grids.expected.length / RECORD_WORDS, RECORD_WORDS]),
          upload(grids.index, [to - from]),
        ),
      ]);
      matches.set(part!, from * MATCH_WORDS);
    });
    return matches;
  }

  async scoreTable(rows: ScoreRows): Promise<ScoreTableResult> {
    const result = prepareScoreTable(rows);
    const most = Math.floor(this.#partBytes / (4 * SUM_WORDS));
    if (rows.candidates <= most) {
      if (rows.candidates === 0) return result;
      const [sums, ranking] = await this.#run((upload) => {
        const total = this.#sums(upload, rows, 0, rows.candidates);
        return [total, rankWebGpu(this.#tfjs, total, rows.top)];
      });
      return { sums: sums!, ranking: ranking! };
    }
    await inParts(rows.candidates, most, async (from, to) => {
      const [sums] = await this.#run((upload) => [this.#sums(upload, rows, from, to)]);
      result.sums.set(sums!, from * SUM_WORDS);
    });
    rankCandidates(result.sums, result.ranking);
    return result;
  }

  records(count: number): Int32Array {
    return new Int32Array(count * RECORD_WORDS);
  }

  held(): Held {
    // a device that is lost has taken all with it
    if (this.#lost !== undefined) return { tensors: 0, buffers: 0 };
    return { tensors: this.#tfjs.numDataIds(), buffers: this.#tfjs.bufferManager.getNumUsedBuffers() };
  }

  steps(): StepSeconds {
    return this.clock.seconds;
  }

  async close(): Promise<void> {
    process.off('exit', this.#destroy);
    this.#tfjs.dispose();
    this.gpu.destroy();
  }

  /** Records the sums of the candidates from..to − 1. */
  #sums(upload: Upload, rows: ScoreRows, from: number, to: number): TensorInfo {
    const { match, sample, weights } = rows;
    // rows of other candidates are out of range, and count for nothing
    const candidate = from === 0 ? rows.candidate : rows.candidate.map((c) => c - from);
    const sums = zeroSums(this.#tfjs, to - from);
    const size = Math.floor(this.#partBytes / (4 * MATCH_WORDS));
    for (let start = 0; start < candidate.length; start += size) {
      const end = Math.min(start + size, candidate.length);
      addRowsWebGpu(this.#tfjs, sums, [
        upload(match.subarray(start * MATCH_WORDS, end * MATCH_WORDS), [end - start, MATCH_WORDS]),
        upload(candidate.subarray(start, end), [end - start]),
        upload(sample.subarray(start, end), [end - start]),
        upload(weights, [weights.length / WEIGHT_WORDS, WEIGHT_WORDS]),
      ]);
    }
    return sums;
  }

  /** Submits what `record` records, and reads what it returns, none of it empty. No other call comes between. */
  #run(record: (upload: Upload) => TensorInfo[]): Promise<Int32Array[]> {
    return this.#guarded(async () => {
      const inputs: TensorInfo[] = [];
      const { clock } = this;
      const start = performance.now();
      let uploading = 0;
      const results = record((words, shape) => {
        const before = performance.now();
        inputs.push(upload(this.#tfjs, words, shape));
        uploading += performance.now() - before;
        return inputs.at(-1)!;
      });
      const submitted = performance.now();
      clock.book('upload', uploading / 1000);
      // what is recorded for the first time is compiled
      clock.book('compile', (submitted - start - uploading) / 1000);
      let computed: number | undefined;
      void submit(this.#tfjs).then(
        () => {
          computed = performance.now();
        },
        () => {}, // the device is lost, which the reads tell
      );
      const reads = results.map(({ dataId }) => this.#tfjs.read(dataId));
      for (const { dataId } of inputs) this.#tfjs.disposeData(dataId);
      const words = await Promise.all(reads);
      const end = performance.now();
      computed ??= end;
      clock.book('compute', (computed - submitted) / 1000);
      clock.book('readback', (end - computed) / 1000);
      for (const { dataId } of results) this.#tfjs.disposeData(dataId);
      return words as Int32Array[];
    });
  }

  /** Runs a call whose commands are recorded before it waits for anything; whatever goes wrong there, the device is lost. */
  async #guarded<T>(call: () => Promise<T>): Promise<T> {
    await this.#trim();
    if (this.#lost !== undefined) throw this.#lost;
    for (const filter of ERRORS) this.gpu.pushErrorScope(filter);
    const running = call();
    const scopes = Promise.all(ERRORS.map(() => this.gpu.popErrorScope().catch(() => null)));
    this.#running.add(running);
    try {
      const result = await running;
      const error = (await scopes).find((each) => each !== null);
      if (error === undefined) return result;
      throw error;
    } catch (error) {
      throw await this.#lose((await scopes).find((each) => each !== null) ?? error);
    } finally {
      this.#running.delete(running);
    }
  }

  async #lose(error: unknown): Promise<BackendLostError> {
    this.gpu.destroy();
    const { message } = await this.gpu.lost;
    if (this.#lost === undefined) {
      // what waits for a device that goes is told no more than that
      const isWaiting = error instanceof Error && error.name === 'AbortError';
      const reason = isWaiting ? message : ((error as GPUError | Error).message ?? String(error));
      this.#lost = new BackendLostError('webgpu', reason.split('\n', 1)[0]!);
      this.#tfjs.dispose();
    }
    return this.#lost;
  }

  /** Gives idle buffers back when they are many, which is when no two calls are of one size. */
  async #trim(): Promise<void> {
    const { bufferManager } = this.#tfjs;
    const isFull = () => bufferManager.numBytesAllocated - bufferManager.numBytesUsed > 4 * this.#partBytes;
    while (isFull() && this.#running.size > 0) await Promise.allSettled(this.#running);
    if (isFull()) bufferManager.dispose();
  }
}
