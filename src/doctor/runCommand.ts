// Runs a command of the machine that may be absent, fail, print without end, or hang in a driver.
import { spawn } from 'node:child_process';

/** Characters of output that are kept. */
const MOST_OUTPUT = 1 << 20;

/** How a command ended. */
export interface Ended {
  /** Undefined of one that was killed, or did not start. */
  readonly code: number | undefined;
  readonly stdout: string;
  /** What it did other than ending with exit code 0, and what it said of that: `ended with exit code 9: no device`. */
  readonly failure?: string | undefined;
}

/**
 * Runs a command to its end.
 * @param seconds after which it is killed, with all that it started
 */
export function runProcess(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  seconds: number,
): Promise<Ended> {
  return new Promise((resolve) => {
    // A group of its own, so that what it started can be killed with it.
    const child = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
    let stdout = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(0, MOST_OUTPUT);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(0, MOST_OUTPUT);
    });
    const timer = setTimeout(() => {
      killGroup(child.pid);
      // One that hangs in the kernel does not die; nothing waits for it.
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      resolve({ code: undefined, stdout, failure: `gave no answer within ${seconds} s` });
    }, 1000 * seconds);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const failure = error.code === 'ENOENT' ? 'is not on PATH' : `did not start: ${error.message}`;
      resolve({ code: undefined, stdout, failure });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const failure = `ended with ${signal ?? `exit code ${code}`}${said(errors) || said(stdout)}`;
      resolve({ code: code ?? undefined, stdout, failure: code === 0 ? undefined : failure });
    });
  });
}

/**
 * What a command writes to stdout.
 * @throws Error where it is absent, fails, or gives no answer in time
 */
export async function runCommand(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  seconds = 5,
): Promise<string> {
  const { stdout, failure } = await runProcess(name, args, env, seconds);
  if (failure !== undefined) throw new Error(`${name} ${failure}`);
  return stdout;
}

/** The lines of JSON that a process has written; one that it was at when it ended is left out. */
export function jsonLines<T>({ stdout }: Ended): T[] {
  const lines = stdout.split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as T);
}

/** What a command said of its failure, in a line: its error where it has one, else the first. */
function said(text: string): string {
  const lines = text.trim().split('\n');
  const line = lines.findLast((each) => /^\w*Error\b/.test(each)) ?? lines[0];
  return line ? `: ${line.trim()}` : '';
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // it is gone already
  }
}
