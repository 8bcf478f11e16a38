// The steps of a comparison on a device, as the backend itself times them.
import type { Backend } from '../../../kernels/backend.ts';
import { MATCH_WORDS } from '../../../kernels/gridMatch/op.ts';
import { RECORD_WORDS } from '../../../kernels/record.ts';
import { STEPS, type StepSeconds } from '../../../kernels/stepClock.ts';

/** The arguments of a gridMatch. */
export type GridMatchArguments = Readonly<Record<'outputs' | 'expected' | 'index', Int32Array>>;

/** Seconds that each step of a gridMatch took, so many times; undefined of a backend that does not time its steps. */
export async function stepTimes(
  backend: Backend,
  { outputs, expected, index }: GridMatchArguments,
  rounds: number,
): Promise<StepSeconds[] | undefined> {
  const times: StepSeconds[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = backend.steps();
    await backend.gridMatch(outputs, expected, index);
    const after = backend.steps();
    if (before === undefined || after === undefined) return undefined;
    times.push(Object.fromEntries(STEPS.map((step) => [step, after[step] - before[step]])) as StepSeconds);
  }
  return times;
}

/** Bytes of the outputs, which are uploaded. */
export function uploadedBytes(rows: number): number {
  return 4 * RECORD_WORDS * rows;
}

/** Bytes that the kernel reads and writes: each output and 16 bytes of result; expected grids are in a cache. */
export function touchedBytes(rows: number): number {
  return uploadedBytes(rows) + 4 * MATCH_WORDS * rows;
}
