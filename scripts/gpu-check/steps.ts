// Steps of gpu-check: processes of their own, each with a limit of time, since drivers crash and hang.
import { spawnSync } from 'node:child_process';
import { reasonOf } from '../../src/doctor/answer.ts';
import type { Outcome } from './result.ts';

const MOST_OUTPUT = 1 << 26;

/** A process that has ended by itself. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Steps {
  readonly #end: number;
  readonly #telling: (line: string) => void;

  /**
   * @param limit seconds for all steps
   * @param telling is told of each step
   */
  constructor(limit: number, telling: (line: string) => void) {
    this.#end = performance.now() + 1000 * limit;
    this.#telling = telling;
  }

  /** Does a step; an error of it becomes the reason, and the next step may go on. */
  do<T extends object>(what: string, step: () => T): Outcome<T> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      if (this.#left() < 1) throw new Error('left out: no time is left, see --limit');
      const result = { ...step(), seconds: seconds() };
      this.#telling(`${what}: ${result.seconds.toFixed(1)} s`);
      return result;
    } catch (error) {
      const reason = reasonOf(error);
      this.#telling(`${what}: ${reason}`);
      return { seconds: seconds(), reason };
    }
  }

  /**
   * Runs this Node.
   * @param limit seconds after which it is killed
   * @throws Error where it does not start, is killed, or crashes
   */
  node(args: readonly string[], limit: number): Ended {
    const timeout = 1000 * this.within(limit);
    const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: MOST_OUTPUT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
      throw new Error(`it was not done within ${timeout / 1000} s${said(stderr)}`);
    }
    if (error !== undefined) throw error;
    if (status === null) throw new Error(`its process ended with ${signal}${said(stderr)}`);
    return { code: status, stdout, stderr };
  }

  /**
   * The last line of JSON that a command of Node prints.
   * @throws Error as of `node`, and where its exit code is another than one of `codes`
   */
  json<T>(args: readonly string[], limit: number, codes: readonly number[] = [0]): T {
    const { code, stdout, stderr } = this.node(args, limit);
    if (!codes.includes(code)) throw new Error(`it ended with exit code ${code}${said(stderr)}`);
    return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as T;
  }

  /** The seconds of a limit, or those that are left when they are fewer: a whole number. */
  within(limit: number): number {
    return Math.ceil(Math.min(limit, this.#left()));
  }

  #left(): number {
    return (this.#end - performance.now()) / 1000;
  }
}

/** What a process wrote to stderr, in a line: its error where it has one, else the last. */
function said(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const line = lines.findLast((each) => /^\w*Error\b/.test(each)) ?? lines.at(-1);
  return line ? `: ${line}` : '';
}
