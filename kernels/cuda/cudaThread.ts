// A thread with one GPU as a lane of the backend, and what goes between it and the thread that asks.
import { Worker } from 'node:worker_threads';
import { BackendAbsentError } from '../backend.ts';
import { type Done, type Failed, RemoteLane } from '../remoteLane.ts';
import type { Lane, Ops } from '../spread.ts';

/** A lane, from the moment its GPU is chosen. */
export interface CudaLane extends Lane {
  /**
   * Loads the kernels; everything else comes later.
   * @param kernels what they are, for errors
   * @returns records that the GPU computes at once
   * @throws BackendAbsentError where the GPU does not open, or does not take them
   */
  open(image: Uint8Array, kernels: string): Promise<number>;
  /** Has all GPUs read words of `pageWords` by themselves, as far as the driver does that. */
  pin(words: Int32Array): void;
}

/** What a thread of a GPU begins with. */
export interface ThreadData {
  /** The driver's library, as it was found. */
  readonly file: string;
  readonly ordinal: number;
}

/** What it is asked for; all but `pin` and `close` have one answer. Arrays come as shared or transferred memory. */
export type Request =
  /** The kernels. */
  | { readonly type: 'load'; readonly image: Uint8Array }
  | { readonly type: 'pin'; readonly words: Int32Array }
  | {
      readonly type: 'call';
      readonly op: keyof Ops;
      readonly arrays: readonly Int32Array[];
      readonly numbers: readonly number[];
    }
  | { readonly type: 'close' };

export type Answer =
  | { readonly type: 'ready'; readonly partRecords: number }
  | (Done & { readonly arrays: readonly Int32Array[] })
  | Failed;

/** One thread. While it has no call, it does not keep the process from ending. */
export class CudaThread extends RemoteLane<Answer> implements CudaLane {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  /** From when it is open until it is told to close. */
  #hasContext = false;

  /**
   * @param program `worker.ts`, built
   * @param release gives back the context of a thread that ended without doing so; what it had pinned is no memory any more
   */
  constructor(program: URL, data: ThreadData, release: () => void) {
    super('cuda', `GPU ${data.ordinal}: `);
    this.#worker = new Worker(program, { workerData: data, execArgv: [] });
    this.#worker.on('message', (answer: Answer) => this.settle(answer));
    this.#worker.on('error', ({ message }) => this.lose(message));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        if (this.#hasContext) release();
        this.lose(`its thread ended with exit code ${code}`);
        resolve();
      });
    });
    this.#worker.unref();
  }

  async open(image: Uint8Array, kernels: string): Promise<number> {
    const answer = await this.ask(() => this.#post({ type: 'load', image }));
    this.#hasContext = answer.type === 'ready';
    if (answer.type === 'ready') return answer.partRecords;
    throw new BackendAbsentError('cuda', `${this.reasonOf(answer)} (${kernels})`);
  }

  pin(words: Int32Array): void {
    this.#post({ type: 'pin', words });
  }

  async close(): Promise<void> {
    this.lose('it was closed');
    this.#hasContext = false;
    this.refer(true);
    this.#post({ type: 'close' });
    await this.#ended;
  }

  protected send(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[]): void {
    // memory that threads share goes as it is; of other memory a message would take the whole, not only the part
    const own = arrays.map((words) => (words.buffer instanceof SharedArrayBuffer ? words : words.slice()));
    const transfer = own.map(({ buffer }) => buffer).filter((buffer) => buffer instanceof ArrayBuffer);
    this.#post({ type: 'call', op, arrays: own, numbers }, transfer);
  }

  protected receive({ arrays }: Extract<Answer, Done>): Int32Array[] {
    return [...arrays];
  }

  protected refer(on: boolean): void {
    this.#worker[on ? 'ref' : 'unref']();
  }

  #post(request: Request, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer);
  }
}
