// A process that computes for this one; its end is an error of the call under way, never a wait without end.
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendAbsentError, BackendLostError, type Held } from '../backend.ts';
import type { Lane } from '../spread.ts';
import { StepClock, type StepSeconds } from '../stepClock.ts';
import { type Answer, type Call, readWords, writeWords } from './calls.ts';

/** Milliseconds that a process has to end by itself. */
const PATIENCE = 5000;
/** Characters kept of what a process writes to stderr. */
const MOST_LOG = 1 << 20;

export type Ready = Extract<Answer, { type: 'ready' }>;

/** One process; it computes its calls one after another. While it has none, it does not keep this process from ending. */
export class TensorFlowProcess implements Lane {
  /** @throws BackendAbsentError */
  readonly ready: Promise<Ready>;
  readonly #child: ChildProcess;
  /** The file of the words. It has no name any more: it is gone with its last descriptor. */
  readonly #fd: number;
  readonly #ended: Promise<void>;
  #answered: ((answer: Answer) => void) | undefined;
  #lost: string | undefined;
  /** Settles with the last call. */
  #idle: Promise<unknown>;
  #tensors = 0;
  /** Of this process, which writes and reads words, and of that one. */
  readonly #clock = new StepClock();
  #steps: StepSeconds = this.#clock.seconds;
  #log = '';

  /**
   * @param program `child.ts`, built
   * @param env its environment
   */
  constructor(program: URL, env: NodeJS.ProcessEnv) {
    const folder = mkdtempSync(join(tmpdir(), 'batt-words-'));
    this.#fd = openSync(join(folder, 'words'), 'wx+');
    rmSync(folder, { recursive: true });
    this.#child = fork(program, { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc', this.#fd] });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-MOST_LOG);
    });
    this.#child.on('message', (answer: Answer) => this.#settle(answer));
    const silent = new Promise((resolve) => this.#child.stderr!.on('close', resolve));
    this.#ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#lose(`${reason}${this.#log === '' ? '' : `: ${this.#log.trimEnd().split('\n').at(-1)}`}`);
        resolve();
      };
      this.#child.on('exit', async (code, signal) => {
        await silent;
        end(`its process ended with ${signal ?? `exit code ${code}`}`);
      });
      // one that could not be started does not exit
      this.#child.on('error', ({ message }) => this.#child.pid === undefined && end(message));
    });
    void this.#ended.then(() => closeSync(this.#fd));
    this.ready = this.#answer().then((answer) => {
      if (answer.type === 'ready') return answer;
      throw new BackendAbsentError('tensorflow', 'reason' in answer ? answer.reason : 'its process did not start');
    });
    this.#idle = this.ready.catch(() => {});
  }

  get held(): Held {
    return { tensors: this.#tensors, buffers: 0 };
  }

  get steps(): StepSeconds {
    const clock = new StepClock();
    clock.add(this.#clock.seconds);
    // until it was ready all waited for it
    clock.add({ ...this.#steps, load: 0 });
    return clock.seconds;
  }

  /** The last of what it wrote to stderr. */
  get log(): string {
    return this.#log;
  }

  /**
   * Has an op computed.
   * @param numbers arguments that are no arrays
   * @returns the arrays of the result
   * @throws BackendLostError
   */
  call(op: Call['op'], arrays: readonly Int32Array[], numbers: readonly number[] = []): Promise<Int32Array[]> {
    const result = this.#idle.then(() => this.#call(op, arrays, numbers));
    this.#idle = result.catch(() => {});
    return result;
  }

  /** Ends it; a call under way is lost. */
  async close(): Promise<void> {
    this.#lose('it was closed');
    this.#refer(true);
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    await this.#ended;
    clearTimeout(timer);
  }

  async #call(op: Call['op'], arrays: readonly Int32Array[], numbers: readonly number[]): Promise<Int32Array[]> {
    if (this.#lost !== undefined) throw new BackendLostError('tensorflow', this.#lost);
    let answer: Answer;
    try {
      const words = this.#clock.time('upload', () => writeWords(this.#fd, arrays));
      const call: Call = { op, words, numbers };
      this.#child.send(call);
      answer = await this.#answer();
      if (answer.type === 'done') {
        this.#tensors = answer.tensors;
        this.#steps = answer.steps;
        const lengths = answer.words;
        return this.#clock.time('readback', () => readWords(this.#fd, lengths));
      }
    } catch (error) {
      throw new BackendLostError('tensorflow', String(error));
    }
    throw new BackendLostError('tensorflow', 'reason' in answer ? answer.reason : `found answer ${answer.type}`);
  }

  /** The next answer; this process waits for it. */
  #answer(): Promise<Answer> {
    this.#refer(true);
    return new Promise((resolve) => {
      this.#answered = (answer) => {
        this.#refer(false);
        resolve(answer);
      };
    });
  }

  #settle(answer: Answer): void {
    this.#answered?.(answer);
    this.#answered = undefined;
  }

  #lose(reason: string): void {
    this.#lost ??= reason;
    this.#settle({ type: 'failed', reason });
  }

  /** Whether this process lives on for that one. */
  #refer(on: boolean): void {
    const method = on ? 'ref' : 'unref';
    this.#child[method]();
    this.#child.channel?.[method]();
    (this.#child.stderr as Socket)[method]();
  }
}
