// The steps of a comparison on a WebGPU device, each by itself.
import { BackendAbsentError } from '../../../kernels/backend.ts';
import { RECORD_WORDS } from '../../../kernels/layout.ts';
import { chooseAdapter } from '../../../kernels/webgpu/adapters.ts';
import { openDevice } from '../../../kernels/webgpu/device.ts';
import { type GridMatchTimes, timeGridMatch } from '../../../kernels/webgpu/timeGridMatch.ts';
import type { Row } from '../question.ts';
import { figures } from '../stats.ts';
import type { Comparisons } from './data.ts';

/** Adapters that compute on the CPU: of them no share of a bandwidth is expected. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|cpu/i;
const GOAL = 0.8;

/** No rows where there is no device. */
export async function gpuRows(data: Comparisons, rounds: number): Promise<Row[]> {
  let device: GPUDevice;
  let name: string;
  try {
    const adapter = await chooseAdapter(undefined);
    name = adapter.name;
    device = await openDevice(adapter);
  } catch (error) {
    if (error instanceof BackendAbsentError) return [];
    throw error;
  }
  const times: GridMatchTimes[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      times.push(await timeGridMatch(device, data.outputs, data.expected, data.index));
    }
  } finally {
    device.destroy();
  }
  const rows = data.index.length;
  // the device's copy reads the outputs and writes them, the kernel reads them and writes 16 bytes a row
  const copied = 2 * 4 * RECORD_WORDS * rows;
  const touched = (4 * RECORD_WORDS + 16) * rows;
  const of = (step: 'upload' | 'kernel' | 'readback' | 'copy') => times.map((time) => time[step] / 1000);
  const copy = figures(of('copy'), (t) => copied / t / 1e9);
  const goal = SOFTWARE.test(name) ? {} : { goal: GOAL * copy.value };
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
      ...figures(of('kernel'), (t) => touched / t / 1e9),
      unit: 'GB/s',
      ...goal,
      references: [{ value: copy.value, from: 'copy on the device, this run' }],
    },
  ];
}
