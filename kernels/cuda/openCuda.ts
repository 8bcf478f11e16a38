// The backend `cuda`: the ops in CUDA C, through NVIDIA's driver, on all GPUs of the machine.
import type { Backend, OpenOptions } from '../backend.ts';
import { RECORD_WORDS } from '../record.ts';
import { spreadOver } from '../spread.ts';
import { StepClock } from '../stepClock.ts';
import { driverVersion, loadKoffi, openDriver, versionText } from './driver.ts';
import { chooseGpus, listGpus, namesOf } from './gpus.ts';
import { openLanes } from './lanes.ts';
import { pageWords } from './work.ts';

/** Parts that a lane is given at once: while one is computed the next is on its way. */
const PARTS = 2;

/**
 * Opens the backend on all GPUs in whose names `device` occurs, or on the first `gpus` of them, a thread each. Where no number
 * is asked for, it goes without GPUs that do not open, and its `device` says so. `records` gives memory that the GPUs read by
 * themselves. In the sources, which have no program for a thread, the calling one does it all.
 * @param program `worker.ts`, built
 * @throws BackendAbsentError where koffi, the driver, nvrtc or so many GPUs are not there, or do not fit each other
 * @throws RangeError where `gpus` is no integer from 1
 */
export async function openCuda(
  { device, gpus }: Pick<OpenOptions, 'device' | 'gpus'> = {},
  program: URL = new URL('./cuda.js', import.meta.url),
): Promise<Backend> {
  if (gpus !== undefined && (!Number.isInteger(gpus) || gpus < 1)) {
    throw new RangeError(`gpus: found ${gpus}, expected an integer from 1`);
  }
  const clock = new StepClock();
  const start = performance.now();
  const koffi = await loadKoffi();
  const driver = openDriver(koffi);
  const chosen = chooseGpus(listGpus(driver), device, gpus);
  const { open, shut } = await openLanes(driver, chosen, { all: gpus !== undefined, clock, program });
  clock.book('load', (performance.now() - start) / 1000 - clock.seconds.compile);
  const lanes = open.map(({ lane }) => lane);
  const without = shut.map(({ gpu, error }) => `, without ${gpu.name} (${error.reason.split('\n', 1)[0]})`).join('');
  const backend = spreadOver(lanes, {
    name: 'cuda',
    device: `${namesOf(open.map(({ gpu }) => gpu))}, CUDA ${versionText(driverVersion(driver))}${without}`,
    batchRows: PARTS * Math.min(...open.map(({ partRecords }) => partRecords)),
    opening: clock.seconds,
    records: (count) => {
      const words = pageWords(koffi, count * RECORD_WORDS);
      lanes[0]!.pin(words);
      return words;
    },
  });
  return {
    ...backend,
    close: async () => {
      // what the first one has pinned, the others may be reading
      await Promise.all(lanes.slice(1).map((lane) => lane.close()));
      await lanes[0]!.close();
    },
  };
}
