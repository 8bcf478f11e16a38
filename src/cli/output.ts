// Results to stdout, log to stderr.

import { EXIT_FAILED } from './exit.ts';

let ready = false;
let gone = false;
let mattersMore = false;

/** Says that there is more to do than to print: when the reader of stdout is gone, the process goes on without. */
export function goOnWithoutReader(): void {
  mattersMore = true;
}

/** Writes results to stdout. When its reader is gone (`batt … | head -1`) the process ends quietly. */
export function print(text: string): void {
  if (gone) return;
  if (!ready) {
    ready = true;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      gone = error.code === 'EPIPE';
      if (gone && mattersMore) return;
      if (gone) process.exit(process.exitCode ?? 0);
      log(`stdout: the results cannot be written: ${error.message}`);
      process.exit(EXIT_FAILED);
    });
  }
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Writes results as one line of JSON. */
export function printJson(line: object): void {
  print(JSON.stringify(line));
}

/** Writes a line to stderr. */
export function log(line: string): void {
  process.stderr.write(`batt: ${line}\n`);
}
