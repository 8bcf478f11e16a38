// The steps of a comparison on a GPU, each by itself.
import type { Backend } from '../../kernels/backend.ts';
import { MATCH_WORDS } from '../../kernels/gridMatch/op.ts';
import type { GridMatchTimes } from '../../kernels/gridMatch/times.ts';
import { RECORD_WORDS } from '../../kernels/record.ts';
import type { Row } from '../question.ts';
import { figures } from '../stats.ts';
import type { Comparisons } from './data.ts';

/** Devices that are no GPU: of them no share of a bandwidth is expected. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|cpu/i;
const GOAL = 0.8;

/** Whether a backend's device is a GPU, as far as its name says. */
export function isGpu(device: string): boolean {
  return !SOFTWARE.test(device);
}

/** Times the steps so many times; undefined of a backend that cannot. */
export async function stepTimes(
  backend: Backend,
  { outputs, expected, index }: Comparisons,
  rounds: number,
): Promise<GridMatchTimes[] | undefined> {
  if (!timesSteps(backend)) return undefined;
  const times: GridMatchTimes[] = [];
  for (let round = 0; round < rounds; round++) times.push(await backend.timeGridMatch(outputs, expected, index));
  return times;
}

interface TimesSteps {
  timeGridMatch(outputs: Int32Array, expected: Int32Array, index: Int32Array): Promise<GridMatchTimes>;
}

function timesSteps(backend: Backend): backend is Backend & TimesSteps {
  return 'timeGridMatch' in backend;
}

/** Bytes of the outputs, which are uploaded. */
export function uploadedBytes(rows: number): number {
  return 4 * RECORD_WORDS * rows;
}

/** Bytes that the device's copy reads and writes: each output, twice. */
export function copiedBytes(rows: number): number {
  return 2 * uploadedBytes(rows);
}

/** Bytes that the kernel reads and writes: each output and 16 bytes of result; expected grids are in a cache. */
export function touchedBytes(rows: number): number {
  return uploadedBytes(rows) + 4 * MATCH_WORDS * rows;
}

/** No rows of a backend that cannot time its steps. */
export async function gpuRows(backend: Backend, data: Comparisons, rounds: number): Promise<Row[]> {
  const times = await stepTimes(backend, data, rounds);
  if (times === undefined) return [];
  const name = `${backend.name}, ${backend.device}`;
  const rows = data.index.length;
  const of = (step: 'upload' | 'kernel' | 'readback' | 'copy') => times.map((time) => time[step] / 1000);
  const copy = figures(of('copy'), (t) => copiedBytes(rows) / t / 1e9);
  const goal = isGpu(backend.device) ? { goal: GOAL * copy.value } : {};
  const by = times[0]!.byDevice ? 'by its own clock' : 'as the host sees it';
  const millis = (step: 'upload' | 'kernel' | 'readback'): Row => ({
    what: `${rows} rows on ${name}: ${step}`,
    ...figures(of(step), (t) => 1000 * t),
    unit: 'ms',
  });
  return [
    millis('upload'),
    millis('kernel'),
    millis('readback'),
    { what: `${name}: a copy on the device, read and written, ${by}`, ...copy, unit: 'GB/s' },
    {
      what: `${name}: the kernel on data that is there, outputs and results`,
      ...figures(of('kernel'), (t) => touchedBytes(rows) / t / 1e9),
      unit: 'GB/s',
      ...goal,
      references: [{ value: copy.value, from: 'copy on the device, this run' }],
    },
  ];
}
