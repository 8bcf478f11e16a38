// The course of gpu-check: doctor, conformance, runs of a battery, then timings.
import type { BackendName } from '../../kernels/backend.ts';
import type { Flags } from './flags.ts';
import { jsonLines, runProcess } from './process.ts';
import { GPU_LIBRARIES, timePython } from './python.ts';
import type { BackendTimes, Conformance, GpuCheck, Subject } from './result.ts';
import { Runs } from './runs.ts';
import { Steps } from './steps.ts';
import { type Doctor, hasGpu, nameOf, subjectsOf } from './subjects.ts';
import type { Extent } from './timing.ts';

/** The argument after which a process times what the next one says. */
export const TIMING = '--timing-of';

/** What a process is to time. */
export interface Timing {
  readonly backend: BackendName;
  readonly gpus?: number;
  readonly extent: Extent;
}

/** Files of the programs that are run. */
interface Programs {
  readonly batt: string;
  readonly conformance: string;
  readonly self: string;
}

interface Listener {
  /** Is told of each step. */
  telling(line: string): void;
  /** Keeps what is there so far. */
  keep(result: GpuCheck): Promise<void>;
}

interface ConformanceLine {
  readonly type: 'case' | 'summary';
  readonly name: string;
  readonly reason?: string;
  readonly passed: number;
  readonly failed: number;
  readonly backends: readonly { readonly device: string }[];
}

/** Most seconds of a step. */
const LIMITS = { doctor: 150, conformance: 90, timing: 90, python: 150 };
const FULL: Extent = { sizes: [1e3, 1e4, 1e5, 1e6], rounds: 15 };
const QUICK: Extent = { sizes: [1e3, 1e4], rounds: 3 };

/**
 * Does it all. The result is undefined where there is nothing to check.
 * @throws what `keep` throws
 */
export async function check(
  { limit, quick, anyDevice, run }: Flags,
  { batt, conformance, self }: Programs,
  { telling, keep }: Listener,
): Promise<{ code: 0 | 1 | 2; result?: GpuCheck }> {
  const steps = new Steps(limit, telling);
  const doctor = steps.do('doctor', () => doctorOf(batt, steps.within(LIMITS.doctor)));
  if ('reason' in doctor) return { code: 1 };
  if (!anyDevice && !hasGpu(doctor)) {
    telling('there is no GPU on this machine: nothing to check (--any-device takes what there is)');
    return { code: 2 };
  }
  const subjects = subjectsOf(doctor, anyDevice);
  const extent = quick ? QUICK : FULL;
  const result: GpuCheck = {
    schema: 1,
    type: 'gpu-check',
    date: new Date().toISOString(),
    complete: false,
    quick,
    any_device: anyDevice,
    run,
    doctor,
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
  for (const subject of subjects) {
    const outcome = steps.do(`conformance of ${nameOf(subject)}`, () =>
      conformanceOf(conformance, subject, steps.within(LIMITS.conformance)),
    );
    await all(result.conformance, { ...subject, result: outcome });
  }
  const wasm: Subject = { backend: 'wasm' };
  const runs = new Runs(steps, batt, run);
  for (const subject of [wasm, ...subjects]) {
    await all(result.runs, { ...subject, result: steps.do(`batt run on ${nameOf(subject)}`, () => runs.run(subject)) });
  }
  runs.close();
  for (const subject of [wasm, ...subjects]) {
    const { backend, gpus } = subject;
    const timing: Timing = { backend, ...(gpus === undefined ? {} : { gpus }), extent };
    const outcome = steps.do(`timing ${nameOf(subject)}`, () => timesOf(self, timing, steps.within(LIMITS.timing)));
    await all(result.timings, { ...subject, result: outcome });
  }
  for (const library of [...GPU_LIBRARIES, ...(anyDevice ? (['numpy'] as const) : [])]) {
    const outcome = steps.do(`timing ${library}`, () => timePython(library, extent, steps.within(LIMITS.python)));
    await all(result.python, { library, result: outcome });
  }
  result.complete = true;
  await keep(result);
  if (subjects.length === 0) telling('no GPU backend is there: the table has the reason of each');
  return { code: hasPassed(result) ? 0 : 1, result };
}

function doctorOf(batt: string, limit: number): Doctor {
  const ended = runProcess(process.execPath, [batt, 'doctor', '--json'], limit);
  if (ended.failure !== undefined) throw new Error(ended.failure);
  return jsonLines<Doctor>(ended)[0]!;
}

function conformanceOf(program: string, { backend, gpus }: Subject, limit: number): Conformance {
  const spread = gpus === undefined ? [] : ['--gpus', String(gpus)];
  const ended = runProcess(process.execPath, [program, '--backend', backend, ...spread, '--json'], limit);
  const lines = jsonLines<ConformanceLine>(ended);
  const cases = lines.filter(({ type }) => type === 'case');
  const summary = lines.find(({ type }) => type === 'summary');
  // exit code 1 says that cases failed, which the lines say, too
  if (summary === undefined || (ended.code ?? 2) > 1) throw new Error(`${ended.failure}, after ${cases.length} cases`);
  const { passed, failed, backends } = summary;
  const failures = cases.flatMap(({ name, reason }) => (reason === undefined ? [] : [`${name}: ${reason}`]));
  return { device: backends[0]!.device, passed, failed, failures };
}

function timesOf(self: string, timing: Timing, limit: number): BackendTimes {
  const ended = runProcess(process.execPath, [self, TIMING, JSON.stringify(timing)], limit);
  const { failure } = ended;
  const times = jsonLines<BackendTimes>(ended).at(-1);
  if (times === undefined) throw new Error(failure ?? 'it printed nothing');
  return { ...times, ...(failure === undefined ? {} : { cut: failure }) };
}

/** Whether there was a backend to check, all conform, and all runs gave the same. */
export function hasPassed({ conformance, runs }: GpuCheck): boolean {
  return (
    conformance.length > 0 &&
    conformance.every(({ result }) => 'failed' in result && result.failed === 0) &&
    runs.every(({ result }) => 'same' in result && result.same)
  );
}
