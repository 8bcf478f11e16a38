// A worker thread that runs stored program texts on the samples of tasks.
import { parentPort, workerData } from 'node:worker_threads';
import type { Task } from '../../arc/task.ts';
import { RunOver, RunStop } from '../runStop.ts';
import { type Validation, Validator, type ValidatorOptions } from './validator.ts';

/** What a thread is started with. */
export interface ValidationStart {
  readonly options: Omit<ValidatorOptions, 'stop'>;
  /** When the run is over, in milliseconds of `performance.timeOrigin`: threads count from different moments. */
  readonly deadline: number;
}

/** A text to run. The task is left out where it is that of the last text. */
export interface ValidationQuestion {
  readonly task?: Task | undefined;
  readonly text: string;
}

/** `ready`: it has loaded its code; `over`: the deadline came first. */
export type ValidationReply =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly validation: Validation }
  | { readonly type: 'over' }
  | { readonly type: 'fault'; readonly error: unknown };

const { options, deadline } = workerData as ValidationStart;
const validator = new Validator({ ...options, stop: new RunStop(deadline - performance.timeOrigin) });
let task: Task | undefined;

async function replyTo(question: ValidationQuestion): Promise<Exclude<ValidationReply, { type: 'ready' }>> {
  task = question.task ?? task;
  try {
    return { type: 'done', validation: await validator.run(task!, question.text) };
  } catch (error) {
    return error instanceof RunOver ? { type: 'over' } : { type: 'fault', error };
  }
}

parentPort!.on('message', async (question: ValidationQuestion) => {
  parentPort!.postMessage(await replyTo(question));
});
parentPort!.postMessage({ type: 'ready' } satisfies ValidationReply);
