// Processes with a limit of time: drivers crash and hang.
import { spawnSync } from 'node:child_process';

const MOST_OUTPUT = 1 << 26;

/** How a process ended. */
export interface Ended {
  /** Undefined of one that was killed, or did not start. */
  readonly code: number | undefined;
  readonly stdout: string;
  /** What it did other than ending with exit code 0, and what it said of that, in a line. */
  readonly failure?: string;
}

/** @param seconds after which it is killed: a whole number */
export function runProcess(command: string, args: readonly string[], seconds: number): Ended {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 1000 * seconds,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_OUTPUT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const failure = () => {
    const { code, message } = (error ?? {}) as NodeJS.ErrnoException;
    if (code === 'ETIMEDOUT') return `it was not done within ${seconds} s`;
    if (error !== undefined) return message;
    return `${status === null ? `its process ended with ${signal}` : `it ended with exit code ${status}`}${said(stderr)}`;
  };
  return { code: status ?? undefined, stdout: stdout ?? '', ...(status === 0 ? {} : { failure: failure() }) };
}

/** The lines of JSON that a process has written; one that it was at when it ended is left out. */
export function jsonLines<T>({ stdout }: Ended): T[] {
  const lines = stdout.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as T);
}

/** What a process wrote to stderr, in a line: its error where it has one, else the last. */
function said(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const line = lines.findLast((each) => /^\w*Error\b/.test(each)) ?? lines.at(-1);
  return line ? `: ${line}` : '';
}
