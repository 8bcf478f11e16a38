// Runs a command of the machine that may be absent, fail, print without end, or hang in a driver.
import { spawn } from 'node:child_process';

/** Characters of output that are kept. */
const MOST_OUTPUT = 1 << 20;

/**
 * What a command writes to stdout.
 * @param seconds after which it is killed, with all that it started
 * @throws Error where it is absent, fails, or gives no answer in time
 */
export function runCommand(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  seconds = 5,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it started can be killed with it.
    const child = spawn(name, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(0, MOST_OUTPUT);
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
      reject(new Error(`${name} gave no answer within ${seconds} s`));
    }, 1000 * seconds);
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(error.code === 'ENOENT' ? new Error(`${name} is not on PATH`) : error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(output);
      else reject(new Error(`${name} ended with ${signal ?? `exit code ${code}`}${said(errors) || said(output)}`));
    });
  });
}

function said(text: string): string {
  const [line] = text.trim().split('\n');
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
