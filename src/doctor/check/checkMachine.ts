// The course of a check: conformance of the backends, runs of a battery, then timings.
import type { Diagnosis } from '../diagnose.ts';
import { type Ended, jsonLines, runProcess } from '../runCommand.ts';
import { BatteryRuns } from './batteryRuns.ts';
import { CheckSteps } from './checkSteps.ts';
import type { BackendTimes, Conformance, MachineCheck, Subject } from './machineCheck.ts';
import type { CheckTask } from './program.ts';
import { nameOf, subjectsOf } from './subjects.ts';
import type { Extent } from './timeBackend.ts';
import { GPU_LIBRARIES, timePython } from './timePython.ts';

export interface CheckOptions {
  /** Seconds for all of it; what does not fit is left out. */
  readonly limit: number;
  /** Arguments of `batt run`, for the runs of a battery. */
  readonly run: readonly string[];
  /** Fewer repeats and sizes. */
  readonly quick: boolean;
  /** Whether to take software adapters and CPUs for GPUs: a test of the check, whose figures say nothing. */
  readonly anyDevice: boolean;
  /** Files of the programs that are run: the command batt, and `program.ts`, built. */
  readonly programs: { readonly batt: string; readonly check: string };
  /** Is told of each step. */
  readonly telling: (line: string) => void;
  /** Keeps what there is so far. */
  readonly keep: (result: MachineCheck) => Promise<void>;
}

/** Most seconds of a step. */
const LIMITS = { conformance: 90, timing: 90, python: 150 };
const FULL: Extent = { sizes: [1e3, 1e4, 1e5, 1e6], rounds: 15 };
const QUICK: Extent = { sizes: [1e3, 1e4], rounds: 3 };

/**
 * Does it all.
 * @throws what `keep` throws
 */
export async function checkMachine(
  diagnosis: Diagnosis,
  { limit, run, quick, anyDevice, programs, telling, keep }: CheckOptions,
): Promise<MachineCheck> {
  const steps = new CheckSteps(limit, telling);
  const subjects = subjectsOf(diagnosis, anyDevice);
  const extent = quick ? QUICK : FULL;
  const result: MachineCheck = {
    date: new Date().toISOString(),
    complete: false,
    quick,
    anyDevice,
    run,
    diagnosis,
    conformance: [],
    timings: [],
    python: [],
    runs: [],
  };
  await keep(result);
  const all = async <T>(list: T[], item: T) => {
    list.push(item);
    await keep(result);
  };
  const ended = (task: CheckTask, seconds: number) =>
    runProcess(process.execPath, [programs.check, JSON.stringify(task)], process.env, seconds);
  for (const subject of subjects) {
    const outcome = await steps.do(`conformance of ${nameOf(subject)}`, async () =>
      conformanceOf(await ended(subject, steps.within(LIMITS.conformance))),
    );
    await all(result.conformance, { ...subject, result: outcome });
  }
  const wasm: Subject = { backend: 'wasm' };
  const runs = new BatteryRuns(steps, programs.batt, run);
  for (const subject of [wasm, ...subjects]) {
    const outcome = await steps.do(`batt run on ${nameOf(subject)}`, () => runs.run(subject));
    await all(result.runs, { ...subject, result: outcome });
  }
  runs.close();
  for (const subject of [wasm, ...subjects]) {
    const outcome = await steps.do(`timing ${nameOf(subject)}`, async () =>
      timesOf(await ended({ ...subject, extent }, steps.within(LIMITS.timing))),
    );
    await all(result.timings, { ...subject, result: outcome });
  }
  for (const library of [...GPU_LIBRARIES, ...(anyDevice ? (['numpy'] as const) : [])]) {
    const outcome = await steps.do(`timing ${library}`, () => timePython(library, extent, steps.within(LIMITS.python)));
    await all(result.python, { library, result: outcome });
  }
  result.complete = true;
  await keep(result);
  if (subjects.length === 0) telling('no GPU backend is there: the table has the reason of each');
  return result;
}

function conformanceOf(ended: Ended): Conformance {
  const found = jsonLines<Conformance>(ended).at(-1);
  if (found === undefined) throw new Error(`its process ${ended.failure ?? 'printed nothing'}`);
  if (ended.failure !== undefined) {
    throw new Error(`its process ${ended.failure}, after ${found.passed + found.failed} cases`);
  }
  return found;
}

function timesOf(ended: Ended): BackendTimes {
  const times = jsonLines<BackendTimes>(ended).at(-1);
  if (times === undefined) throw new Error(`its process ${ended.failure ?? 'printed nothing'}`);
  return { ...times, cut: ended.failure && `its process ${ended.failure}` };
}

/** Whether there was a backend to check, all conform, and all runs gave the same. */
export function hasPassed({ conformance, runs }: MachineCheck): boolean {
  return (
    conformance.length > 0 &&
    conformance.every(({ result }) => 'failed' in result && result.failed === 0) &&
    runs.every(({ result }) => 'same' in result && result.same)
  );
}
