// Tries a backend in a process of its own, so that native code that hangs or crashes takes nothing else with it.
import { fork } from 'node:child_process';
import { reasonOf } from './answer.ts';
import type { ProbeMessage, ProbeSubject } from './backendProbe.ts';

/** Seconds for opening: a large library on a cold disk takes its time. */
const OPENING = 30;
/** Seconds for opening and measuring, which stops by itself much earlier. */
const MEASURING = 45;
/** Characters kept of what the process writes to stderr. */
const MOST_ERRORS = 1 << 16;

/** How a process ended that tried something. */
export interface Tried {
  /** All that it said, but `done` and `failed`. */
  readonly messages: readonly ProbeMessage[];
  /** Why it did not come to its end. */
  readonly failure?: string;
}

/**
 * Tries a backend, or lists the adapters.
 * @param program the command batt, which knows `doctor --probe`
 * @param measuring whether to measure the backend, too
 * @param limit seconds after which the process is killed
 */
export function tryInProcess(
  program: string,
  subject: ProbeSubject,
  measuring: boolean,
  limit: number = measuring ? MEASURING : OPENING,
): Promise<Tried> {
  return new Promise((resolve) => {
    const child = fork(program, ['doctor', '--probe', subject, ...(measuring ? ['--measure'] : [])], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    const messages: ProbeMessage[] = [];
    let errors = '';
    let failure: string | undefined;
    let ended = false;
    const settle = (): void => {
      clearTimeout(timer);
      child.stderr?.destroy();
      resolve(failure === undefined ? { messages } : { messages, failure });
    };
    const timer = setTimeout(() => {
      failure ??= `no answer within ${limit} s`;
      child.kill('SIGKILL');
      // One that hangs in the kernel does not die; nothing waits for it.
      if (child.connected) child.disconnect();
      child.unref();
      settle();
    }, 1000 * limit);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-MOST_ERRORS);
    });
    child.on('message', (message: ProbeMessage) => {
      if (message.type === 'failed') failure = message.reason;
      if (message.type !== 'done' && message.type !== 'failed') messages.push(message);
      else ended = child.kill('SIGKILL') || true; // it has closed what it opened
    });
    child.on('error', (error) => {
      failure ??= reasonOf(error);
      settle();
    });
    child.on('exit', (code, signal) => {
      if (!ended) failure ??= `its process ended with ${signal ?? `exit code ${code}`}${lastLine(errors)}`;
      settle();
    });
  });
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1)?.trim();
  return line ? `: ${line}` : '';
}
