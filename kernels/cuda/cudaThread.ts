// A thread with one GPU; its end is an error of the call under way, never a wait without end.
import { Worker } from 'node:worker_threads';
import { BackendAbsentError, BackendLostError, type Held } from '../backend.ts';
import type { GridMatchTimes } from '../gridMatch/times.ts';
import type { Ops } from '../spread.ts';
import { StepClock, type StepSeconds } from '../stepClock.ts';
import type { CudaLane, TimeGridMatch } from './lane.ts';
import type { Answer, Request, ThreadData } from './messages.ts';

/** One thread. While it has no call, it does not keep the process from ending. */
export class CudaThread implements CudaLane {
  readonly #worker: Worker;
  readonly #ordinal: number;
  readonly #ended: Promise<void>;
  #answered: ((answer: Answer) => void) | undefined;
  #lost: string | undefined;
  /** From when it is open until it is told to close. */
  #hasContext = false;
  /** Settles with the last request. */
  #idle: Promise<unknown> = Promise.resolve();
  #buffers = 0;
  #steps: StepSeconds = new StepClock().seconds;

  /**
   * @param program `worker.ts`, built
   * @param release gives back the context of a thread that ended without doing so; what it had pinned is no memory any more
   */
  constructor(program: URL, data: ThreadData, release: () => void) {
    this.#ordinal = data.ordinal;
    this.#worker = new Worker(program, { workerData: data, execArgv: [] });
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', ({ message }) => this.#lose(message));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        if (this.#hasContext) release();
        this.#lose(`its thread ended with exit code ${code}`);
        resolve();
      });
    });
    this.#worker.unref();
  }

  get held(): Held {
    return { tensors: 0, buffers: this.#buffers };
  }

  get steps(): StepSeconds {
    return this.#steps;
  }

  async open(image: Uint8Array, kernels: string): Promise<number> {
    const answer = await this.#ask({ type: 'load', image });
    this.#hasContext = answer.type === 'ready';
    if (answer.type === 'ready') return answer.partRecords;
    throw new BackendAbsentError('cuda', `${this.#reasonOf(answer)} (${kernels})`);
  }

  pin(words: Int32Array): void {
    this.#worker.postMessage({ type: 'pin', words } satisfies Request);
  }

  async call(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[] = []): Promise<Int32Array[]> {
    const answer = await this.#turn(arrays, (own) => ({ type: 'call', op, arrays: own, numbers }));
    if (answer.type !== 'done') throw new BackendLostError('cuda', this.#reasonOf(answer));
    this.#buffers = answer.held;
    this.#steps = answer.steps;
    return [...answer.arrays];
  }

  async timeGridMatch(...arrays: Parameters<TimeGridMatch>): Promise<GridMatchTimes> {
    const answer = await this.#turn(arrays, (own) => ({ type: 'time', arrays: own }));
    if (answer.type !== 'timed') throw new BackendLostError('cuda', this.#reasonOf(answer));
    return answer.times;
  }

  async close(): Promise<void> {
    this.#lose('it was closed');
    this.#hasContext = false;
    this.#worker.ref();
    this.#worker.postMessage({ type: 'close' } satisfies Request);
    await this.#ended;
  }

  /** Asks when all that was asked before is answered. */
  #turn(arrays: readonly Int32Array[], requestOf: (own: readonly Int32Array[]) => Request): Promise<Answer> {
    // memory that threads share goes as it is; of other memory a message would take the whole, not only the part
    const own = arrays.map((words) => (words.buffer instanceof SharedArrayBuffer ? words : words.slice()));
    const transfer = own.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
    const answer = this.#idle.then(() => this.#ask(requestOf(own), transfer));
    this.#idle = answer.catch(() => {});
    return answer;
  }

  /** The answer to a request; this thread waits for it. */
  async #ask(request: Request, transfer: readonly ArrayBuffer[] = []): Promise<Answer> {
    if (this.#lost !== undefined) return { type: 'failed', reason: this.#lost };
    this.#worker.ref();
    try {
      return await new Promise((resolve) => {
        this.#answered = resolve;
        this.#worker.postMessage(request, transfer);
      });
    } finally {
      // one that was told to close is waited for
      if (this.#lost === undefined) this.#worker.unref();
    }
  }

  #settle(answer: Answer): void {
    this.#answered?.(answer);
    this.#answered = undefined;
  }

  #lose(reason: string): void {
    this.#lost ??= reason;
    this.#settle({ type: 'failed', reason: this.#lost });
  }

  #reasonOf(answer: Answer): string {
    return `GPU ${this.#ordinal}: ${'reason' in answer ? answer.reason : `found answer ${answer.type}`}`;
  }
}
