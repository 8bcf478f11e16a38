// The steps of a comparison on a device, as the backend itself times them.
import type { Backend } from '../../kernels/backend.ts';
import { stepTimes, touchedBytes } from '../../src/doctor/check/stepTimes.ts';
import type { Row } from '../question.ts';
import { figures } from '../stats.ts';
import type { Comparisons } from './data.ts';

/** No rows of a backend that does not time its steps. */
export async function gpuRows(backend: Backend, data: Comparisons, rounds: number): Promise<Row[]> {
  const times = await stepTimes(backend, data, rounds);
  if (times === undefined) return [];
  const name = `${backend.name}, ${backend.device}`;
  const rows = data.index.length;
  return [
    ...(['upload', 'compute', 'readback'] as const).map((step) => ({
      what: `${rows} rows on ${name}: ${step}`,
      ...figures(
        times.map((time) => time[step]),
        (t) => 1000 * t,
      ),
      unit: 'ms',
    })),
    {
      what: `${name}: the kernel on data that is there, outputs and results`,
      ...figures(
        times.map((time) => time.compute),
        (t) => touchedBytes(rows) / t / 1e9,
      ),
      unit: 'GB/s',
    },
  ];
}
