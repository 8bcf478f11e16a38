// A process that computes for this one, as a lane of the backend.
import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendAbsentError } from '../backend.ts';
import { type Done, RemoteLane } from '../remoteLane.ts';
import type { Ops } from '../spread.ts';
import { StepClock, type StepSeconds } from '../stepClock.ts';
import { type Answer, type Call, readWords, writeWords } from './calls.ts';

/** Milliseconds that a process has to end by itself. */
const PATIENCE = 5000;
/** Characters kept of what a process writes to stderr. */
const MOST_LOG = 1 << 20;

export type Ready = Extract<Answer, { type: 'ready' }>;

/** One process. While it has no call, it does not keep this process from ending. */
export class TensorFlowProcess extends RemoteLane<Answer> {
  /** @throws BackendAbsentError */
  readonly ready: Promise<Ready>;
  readonly #child: ChildProcess;
  /** The file of the words. It has no name any more: it is gone with its last descriptor. */
  readonly #fd: number;
  readonly #ended: Promise<void>;
  /** Of this process, which writes and reads words. */
  readonly #clock = new StepClock();
  #log = '';

  /**
   * @param program `child.ts`, built
   * @param env its environment
   */
  constructor(program: URL, env: NodeJS.ProcessEnv) {
    super('tensorflow');
    const folder = mkdtempSync(join(tmpdir(), 'batt-words-'));
    this.#fd = openSync(join(folder, 'words'), 'wx+');
    rmSync(folder, { recursive: true });
    this.#child = fork(program, { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc', this.#fd] });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-MOST_LOG);
    });
    this.#child.on('message', (answer: Answer) => this.settle(answer));
    const silent = new Promise((resolve) => this.#child.stderr!.on('close', resolve));
    this.#ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.lose(`${reason}${this.#log === '' ? '' : `: ${this.#log.trimEnd().split('\n').at(-1)}`}`);
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
    // the first answer comes unasked
    this.ready = this.inTurn(async () => {
      const answer = await this.ask(() => {});
      if (answer.type === 'ready') return answer;
      throw new BackendAbsentError('tensorflow', 'reason' in answer ? answer.reason : 'its process did not start');
    });
  }

  override get steps(): StepSeconds {
    const clock = new StepClock();
    clock.add(this.#clock.seconds);
    // until it was ready all waited for it
    clock.add({ ...super.steps, load: 0 });
    return clock.seconds;
  }

  /** The last of what it wrote to stderr. */
  get log(): string {
    return this.#log;
  }

  /** Ends it; a call under way is lost. */
  async close(): Promise<void> {
    this.lose('it was closed');
    this.refer(true);
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    await this.#ended;
    clearTimeout(timer);
  }

  protected send(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[]): void {
    const words = this.#clock.time('upload', () => writeWords(this.#fd, arrays));
    const call: Call = { op, words, numbers };
    this.#child.send(call);
  }

  protected receive({ words }: Extract<Answer, Done>): Int32Array[] {
    return this.#clock.time('readback', () => readWords(this.#fd, words));
  }

  protected refer(on: boolean): void {
    const method = on ? 'ref' : 'unref';
    this.#child[method]();
    this.#child.channel?.[method]();
    (this.#child.stderr as Socket)[method]();
  }
}
