// scripts/gpu-check.sh: checks and times every GPU backend of this machine, first all checks, then the timings.
import { fileURLToPath } from 'node:url';
import { reasonOf } from '../src/doctor/answer.ts';
import { replaceFile } from '../src/files/wholeFile.ts';
import { check, TIMING, type Timing } from './gpu-check/check.ts';
import { parseFlags, USAGE } from './gpu-check/flags.ts';
import { tableOf } from './gpu-check/table.ts';
import { timeBackend } from './gpu-check/timing.ts';

const [first, ...rest] = process.argv.slice(2);
process.exitCode = first === TIMING ? await time(JSON.parse(rest[0]!) as Timing) : await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const flags = parseFlags(args);
  if (flags === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (flags instanceof Error) {
    process.stderr.write(`${flags.message}\n${USAGE}\n`);
    return 2;
  }
  const programs = {
    batt: fileURLToPath(new URL('../batt.js', import.meta.url)),
    conformance: fileURLToPath(new URL('./backend-conformance.js', import.meta.url)),
    self: fileURLToPath(import.meta.url),
  };
  const telling = (line: string) => process.stderr.write(`${line}\n`);
  try {
    const { code, result } = await check(flags, programs, {
      telling,
      keep: (kept) => replaceFile(flags.out, `${JSON.stringify(kept, null, 1)}\n`),
    });
    if (result !== undefined) process.stdout.write(`${tableOf(result)}\n\nJSON: ${flags.out}\n`);
    return code;
  } catch (error) {
    telling(`gpu-check: ${reasonOf(error)}`);
    return 1;
  }
}

/** What a process does that is started to time one backend: a line of JSON with all there is, after each size. */
async function time({ backend, gpus, extent }: Timing): Promise<number> {
  await timeBackend(backend, gpus, extent, (times) => process.stdout.write(`${JSON.stringify(times)}\n`));
  return 0;
}
