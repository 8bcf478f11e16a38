// Times one backend in this process, which has just started: opening, the first comparisons, then warm ones and their steps.
import { availableParallelism } from 'node:os';
import type { Backend, BackendName } from '../../../kernels/backend.ts';
import { gridMatchCpu } from '../../../kernels/gridMatch/cpu.ts';
import { openBackend } from '../../../kernels/open.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { type Comparisons, makeComparisons } from '../comparisons.ts';
import { median } from '../median.ts';
import { backendContender } from './backendContender.ts';
import { checkResult, measure } from './contender.ts';
import type { BackendTimes, SizeTimes, Steps } from './machineCheck.ts';
import { stepTimes, touchedBytes, uploadedBytes } from './stepTimes.ts';

/** How much to measure. */
export interface Extent {
  /** Ascending. */
  readonly sizes: readonly number[];
  readonly rounds: number;
}

/** Rounds of steps at most: each hands over all data anew. */
const MOST_STEPS = 7;

/**
 * @param measured is told what there is after each size
 * @throws Error where a result is wrong
 */
export async function timeBackend(
  name: BackendName,
  gpus: number | undefined,
  { sizes, rounds }: Extent,
  measured: (times: BackendTimes) => void,
): Promise<void> {
  const started = performance.now();
  const backend = await openBackend(name, { gpus, threads: availableParallelism() });
  const open = (performance.now() - started) / 1000;
  try {
    const data = makeComparisons(backend, sizes.at(-1)!);
    const few = firstOf(data, sizes[0]!);
    const before = performance.now();
    await backend.gridMatch(few.outputs, few.expected, few.index);
    const first = (performance.now() - before) / 1000;
    const times: SizeTimes[] = [];
    for (const size of sizes) {
      times.push(await timeSize(backend, firstOf(data, size), rounds));
      measured({ open, first, sizes: times });
    }
  } finally {
    await backend.close();
  }
}

async function timeSize(backend: Backend, data: Comparisons, rounds: number): Promise<SizeTimes> {
  const contender = backendContender(backend.name, backend, data);
  await checkResult(contender, gridMatchCpu(data.outputs, data.expected, data.index));
  const times = await measure([contender], rounds);
  const size = { comparisons: data.index.length, end_to_end: times.get(backend.name)!.median };
  try {
    const steps = await medianSteps(backend, data, rounds);
    return { ...size, ...(steps === undefined ? {} : { steps }) };
  } catch (error) {
    return { ...size, no_steps: String(error) };
  }
}

async function medianSteps(backend: Backend, data: Comparisons, rounds: number): Promise<Steps | undefined> {
  const times = await stepTimes(backend, data, Math.min(rounds, MOST_STEPS));
  if (times === undefined) return undefined;
  const of = (step: 'upload' | 'compute' | 'readback') => median(times.map((time) => time[step]));
  return stepsOf(data.index.length, { upload: of('upload'), kernel: of('compute'), readback: of('readback') });
}

/** Seconds of steps with the bandwidths that they mean. */
export function stepsOf(rows: number, steps: Omit<Steps, `${string}_gigabytes`>): Steps {
  return {
    ...steps,
    upload_gigabytes: uploadedBytes(rows) / steps.upload / 1e9,
    kernel_gigabytes: touchedBytes(rows) / steps.kernel / 1e9,
  };
}

/** The first `rows` of comparisons, in the same storage. */
function firstOf({ outputs, expected, index, result }: Comparisons, rows: number): Comparisons {
  return { outputs: outputs.subarray(0, rows * RECORD_WORDS), expected, index: index.subarray(0, rows), result };
}
