// Threads that run stored program texts, one text a thread at a time; one that hangs or dies costs its own text only.
import { Worker } from 'node:worker_threads';
import type { Task } from '../../arc/task.ts';
import { RunOver, RunStop } from '../runStop.ts';
import type { ValidationQuestion, ValidationReply, ValidationStart } from './validationWorker.ts';
import type { Validation, ValidatorOptions } from './validator.ts';

/** MiB of heap a thread may have: programs within their budgets stay below it (docs/budgets.md). */
const MEMORY = 2048;

/** Milliseconds that a text may take beyond the time-outs of all its samples until its thread is taken for hung. */
const GRACE = 2000;

export interface ValidationThreadsOptions extends ValidatorOptions {
  /** The program of the threads; default the one built beside the command. */
  readonly file?: URL | undefined;
}

type Reply = Exclude<ValidationReply, { readonly type: 'ready' }>;

/** A thread, and what it is asked. */
interface Thread {
  readonly worker: Worker;
  /** Resolves when it has loaded its code, or has ended. */
  readonly ready: Promise<void>;
  /** Whether it has ended, or is being ended. */
  ended: boolean;
  /** The task that it has. */
  task: Task | undefined;
  /** Takes the reply; undefined where the thread has ended. */
  settle: ((reply: Reply | undefined) => void) | undefined;
}

export class ValidationThreads {
  readonly #options: Omit<ValidatorOptions, 'stop'>;
  readonly #file: URL;
  readonly #stop: RunStop;
  readonly #idle: Thread[] = [];
  readonly #threads = new Set<Thread>();

  constructor({ stop = new RunStop(), file, ...options }: ValidationThreadsOptions) {
    this.#options = options;
    this.#file = file ?? new URL('./validator.js', import.meta.url);
    this.#stop = stop;
  }

  /**
   * Runs a text on every demo and test sample of a task; a thread is started where all are at work.
   * @throws RunOver where the run is to end before it is done
   */
  async run(task: Task, text: string): Promise<Validation> {
    this.#stop.throwIfOver();
    const thread = this.#idle.pop() ?? this.#start();
    const seconds = (this.#options.timeout ?? Number.POSITIVE_INFINITY) * (task.demo.length + task.test.length);
    const reply = await this.#ask(
      thread,
      { task: thread.task === task ? undefined : task, text },
      1000 * seconds + GRACE,
    );
    this.#stop.throwIfOver();
    if (reply === undefined) return { fault: 'its thread ended, or gave no sign of life' };
    if (reply.type === 'fault') throw reply.error;
    if (reply.type === 'over') throw new RunOver();
    thread.task = task;
    if (!thread.ended) this.#idle.push(thread);
    return reply.validation;
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    this.#idle.length = 0;
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  /** What a thread replies; undefined where it died, or took too long and was ended. */
  async #ask(thread: Thread, question: ValidationQuestion, most: number): Promise<Reply | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      thread.ended = true;
      thread.worker.terminate();
    };
    const forget = this.#stop.onInterrupt(end);
    try {
      await thread.ready; // loading its code is not the text's time
      if (thread.ended) return undefined;
      return await new Promise<Reply | undefined>((resolve) => {
        thread.settle = resolve;
        // longer delays would fire at once
        if (most < 2 ** 31) timer = setTimeout(end, most);
        thread.worker.postMessage(question);
      });
    } finally {
      clearTimeout(timer);
      forget();
      thread.settle = undefined;
    }
  }

  #start(): Thread {
    const deadline = performance.timeOrigin + this.#stop.deadline;
    const worker = new Worker(this.#file, {
      workerData: { options: this.#options, deadline } satisfies ValidationStart,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
      execArgv: [],
    });
    let isReady: () => void = () => {};
    const ready = new Promise<void>((resolve) => {
      isReady = resolve;
    });
    const thread: Thread = { worker, ready, ended: false, task: undefined, settle: undefined };
    worker.on('message', (reply: ValidationReply) => {
      if (reply.type === 'ready') isReady();
      else thread.settle?.(reply);
    });
    worker.on('error', () => {}); // an exit follows
    worker.on('exit', () => {
      thread.ended = true;
      this.#threads.delete(thread);
      if (this.#idle.includes(thread)) this.#idle.splice(this.#idle.indexOf(thread), 1);
      isReady();
      thread.settle?.(undefined);
    });
    this.#threads.add(thread);
    return thread;
  }
}
