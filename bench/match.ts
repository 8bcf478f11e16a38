// How many grids are compared a second? The op gridMatch on every backend that is there, against numpy, tfjs's own ops and the
// plain reference; how fast memory is read beside it; and the steps before and after: packing, tables, keys.
import type { Backend, SyncBackend } from '../kernels/backend.ts';
import { gridMatchCpu } from '../kernels/gridMatch/cpu.ts';
import { RECORD_WORDS } from '../kernels/record.ts';
import { backendContender } from '../src/doctor/check/backendContender.ts';
import { type Contender, checkResult, measure, type Timing } from '../src/doctor/check/contender.ts';
import { type Comparisons, type Grids, loadGrids, makeComparisons } from './match/data.ts';
import { gpuRows } from './match/gpu.ts';
import { inPlaceContender, opened, referenceContender } from './match/kernels.ts';
import { findNumpy, NumpyContender, type Python } from './match/numpy.ts';
import { packingRows } from './match/packing.ts';
import { ONE, Reading, TWO } from './match/reading.ts';
import { stockContender } from './match/stockOps.ts';
import { tableRows } from './match/tables.ts';
import type { Answer, Options, Question, Reference, Row } from './question.ts';
import { NO_SHARED, shared } from './shared.ts';

export const match: Question = {
  name: 'match',
  about:
    'comparisons of packed grids in the shapes of the ARC training set, a third exact, a third near misses, a third other grids; ' +
    'GB/s counts 512 bytes an output; checked against the cpu kernel, warm, in turn',
  ask: async (options) => (shared === undefined ? NO_SHARED : answer(shared, options)),
};

/** Of numpy where it can't be run beside. */
const NUMPY: Reference = { value: 5_800_000, from: 'numpy with preallocated buffers, measured earlier' };
/** Times numpy. */
const GOALS = new Map([
  ['wasm, one thread', 4],
  ['wasm, two threads', 7],
]);
const READ_GOAL = 0.4;
/** Rows from which no cache holds the outputs: of fewer no share of the reading rate is expected. */
const READ_GOAL_ROWS = 100_000;
/** Most rows of contenders that would take minutes, or tens of gigabytes, for more. */
const MOST = { plain: 1000, stock: 100_000 };

async function answer(folder: string, { quick }: Options): Promise<Answer> {
  const rounds = quick ? 5 : 15;
  const grids = loadGrids(folder);
  const notes: string[] = [];
  const python = findNumpy();
  if (python.numpy === undefined) notes.push(`numpy left out: ${python.command} has none; set PYTHON`);
  const reading = await Reading.open();
  if (reading === undefined) notes.push('reading of memory left out: assemblyscript is not installed');
  const devices: Backend[] = [];
  for (const name of ['cuda', 'webgpu', 'tensorflow'] as const) {
    const backend = await opened(name);
    if (typeof backend === 'string') notes.push(`left out: ${backend}`);
    else devices.push(backend);
  }
  const rows: Row[] = [];
  for (const count of quick ? [1000, 20_000] : [1000, 100_000, 1_000_000]) {
    rows.push(...(await comparisonRows(makeComparisons(grids, count), { rounds, python, reading, devices, notes })));
  }
  await reading?.close();
  rows.push(...(await otherRows(grids, devices, quick ? 20_000 : 100_000, rounds)));
  for (const device of devices) await device.close();
  const [packing, note] = packingRows(folder, grids.outputs, quick ? 20 : 100);
  return { rows: [...rows, ...packing], notes: [...new Set([...notes, note])] };
}

interface Circumstances {
  readonly rounds: number;
  readonly python: Python;
  readonly reading: Reading | undefined;
  readonly devices: readonly Backend[];
  readonly notes: string[];
}

async function comparisonRows(
  data: Comparisons,
  { rounds, python, reading, devices, notes }: Circumstances,
): Promise<Row[]> {
  const count = data.index.length;
  const backends = await hostBackends();
  const [[, cpu], [, one], [, two]] = backends;
  const contenders: Contender[] = [backendContender('cpu', cpu, data)];
  if (count <= MOST.plain) contenders.push(referenceContender(data));
  const stock = count <= MOST.stock ? await stockContender(data) : undefined;
  if (stock !== undefined) contenders.push(stock);
  const numpy = python.numpy === undefined ? undefined : new NumpyContender(python.command, data);
  if (numpy !== undefined) {
    notes.push(
      `numpy ${python.numpy}, ${grouped(count)} rows: ${await numpy.ready()} at once, the fastest of six sizes`,
    );
    contenders.push(numpy);
  }
  contenders.push(
    inPlaceContender('wasm, one thread', one, data),
    backendContender('wasm, one thread, outputs copied', one, data),
    inPlaceContender('wasm, two threads', two, data),
    backendContender('wasm, two threads, outputs copied', two, data),
    ...devices.map((device) => backendContender(`${device.name}, end to end (${device.device})`, device, data)),
  );
  const truth = gridMatchCpu(data.outputs, data.expected, data.index);
  for (const contender of contenders) await checkResult(contender, truth);
  const readers = reading?.contenders(data.outputs) ?? [];
  const times = await measure([...contenders, ...readers], rounds);
  numpy?.close();
  for (const [, backend] of backends) await backend.close();
  return rowsOf(count, times);
}

/** Backends on the CPU: on one thread, and on two. */
async function hostBackends(): Promise<[[string, SyncBackend], [string, SyncBackend], [string, SyncBackend]]> {
  const hosts = [
    ['cpu', await opened('cpu')],
    ['wasm, one thread', await opened('wasm')],
    ['wasm, two threads', await opened('wasm', { threads: 2 })],
  ] as const;
  for (const [name, backend] of hosts) if (typeof backend === 'string') throw new Error(`${name}: ${backend}`);
  return hosts as unknown as [[string, SyncBackend], [string, SyncBackend], [string, SyncBackend]];
}

function rowsOf(count: number, times: ReadonlyMap<string, Timing>): Row[] {
  const bytes = 4 * RECORD_WORDS * count;
  const of = (name: string, figure: (seconds: number) => number) => {
    const { median, best } = times.get(name)!;
    return { value: figure(median), best: figure(best) };
  };
  const rate = (seconds: number) => count / seconds;
  const gigabytes = (seconds: number) => bytes / seconds / 1e9;
  const numpy: Reference = times.has('numpy') ? { value: of('numpy', rate).value, from: 'numpy, this run' } : NUMPY;
  return [...times.keys()].map((name): Row => {
    const what = `${grouped(count)}: ${name}`;
    if (name === ONE || name === TWO) return { what, ...of(name, gigabytes), unit: 'GB/s' };
    const reader = name.includes('two threads') ? TWO : ONE;
    const timesNumpy = GOALS.get(name);
    return {
      what,
      ...of(name, rate),
      unit: 'comparisons/s',
      ...(timesNumpy === undefined ? {} : { goal: timesNumpy * numpy.value }),
      ...(name === 'numpy' ? {} : { references: [numpy] }),
      throughput: {
        gigabytes: of(name, gigabytes).value,
        ...(times.has(reader) ? { share: of(name, gigabytes).value / of(reader, gigabytes).value } : {}),
        ...(timesNumpy === undefined || count < READ_GOAL_ROWS ? {} : { goal: READ_GOAL }),
      },
    };
  });
}

/** The steps on a GPU, and what comes after gridMatch. */
async function otherRows(grids: Grids, devices: readonly Backend[], count: number, rounds: number): Promise<Row[]> {
  const data = makeComparisons(grids, count);
  const truth = gridMatchCpu(data.outputs, data.expected, data.index);
  const backends = await hostBackends();
  const rows: Row[] = [];
  for (const device of devices) rows.push(...(await gpuRows(device, data, rounds)));
  rows.push(...tableRows(backends, data, truth, rounds));
  for (const [, backend] of backends) await backend.close();
  return rows;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
