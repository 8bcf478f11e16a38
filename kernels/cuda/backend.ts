// The backend `cuda`: the ops in CUDA C, through NVIDIA's driver, on all GPUs of the machine.
import { existsSync } from 'node:fs';
import type { Backend } from '../backend.ts';
import { RECORD_WORDS } from '../layout.ts';
import type { OpenOptions } from '../open.ts';
import { spreadOver } from '../spread.ts';
import { StepClock } from '../steps.ts';
import { driverVersion, loadKoffi, openDriver, versionText } from './driver.ts';
import { releaseContext } from './gpu.ts';
import { type CudaGpu, chooseGpus, leastOf, listGpus, namesOf } from './gpus.ts';
import { CudaHere } from './here.ts';
import type { CudaLane } from './lane.ts';
import { loadNvrtc, type Nvrtc } from './nvrtc.ts';
import { pageWords } from './pinned.ts';
import { CUDA_SOURCE } from './source.ts';
import { CudaThread } from './thread.ts';

/** Parts that a lane is given at once: while one is computed the next is on its way. */
const PARTS = 2;

/** The backend; its first GPU can time the steps of gridMatch. */
export type CudaBackend = Backend & Pick<CudaLane, 'timeGridMatch'>;

/**
 * Opens the backend on all GPUs in whose names `device` occurs, or on the first `gpus` of them, a thread each. `records`
 * gives memory that the GPUs read by themselves. In the sources, which have no program for a thread, the calling one does
 * it all.
 * @param program `worker.ts`, built
 * @throws BackendAbsentError where koffi, the driver, nvrtc or so many GPUs are not there, or do not fit each other
 * @throws RangeError where `gpus` is no integer from 1
 */
export async function openCuda(
  { device, gpus }: Pick<OpenOptions, 'device' | 'gpus'> = {},
  program: URL = new URL('./cuda.js', import.meta.url),
): Promise<CudaBackend> {
  if (gpus !== undefined && (!Number.isInteger(gpus) || gpus < 1)) {
    throw new RangeError(`gpus: found ${gpus}, expected an integer from 1`);
  }
  const clock = new StepClock();
  const start = performance.now();
  const koffi = await loadKoffi();
  const driver = openDriver(koffi);
  const chosen = chooseGpus(listGpus(driver), device, gpus);
  const version = driverVersion(driver);
  const isBuilt = existsSync(program);
  // the threads make their contexts while the kernels are compiled here
  const lanes = chosen.map(({ ordinal }) =>
    isBuilt
      ? new CudaThread(program, { file: driver.file, ordinal }, () => releaseContext(driver, ordinal))
      : new CudaHere(driver, ordinal),
  );
  let parts: number[];
  try {
    const nvrtc = loadNvrtc(koffi, Math.floor(version / 1000), leastOf(chosen));
    const images = clock.time('compile', () => compileFor(chosen, nvrtc));
    const kernels = `kernels by nvrtc ${nvrtc.version} for a driver of CUDA ${versionText(version)}`;
    parts = await Promise.all(lanes.map((lane, k) => lane.open(images[k]!, kernels)));
  } catch (error) {
    await Promise.all(lanes.map((lane) => lane.close()));
    throw error;
  }
  clock.book('load', (performance.now() - start) / 1000 - clock.seconds.compile);
  const backend = spreadOver(lanes, {
    name: 'cuda',
    device: `${namesOf(chosen)}, CUDA ${versionText(version)}`,
    batchRows: PARTS * Math.min(...parts),
    opening: clock.seconds,
    records: (count) => {
      const words = pageWords(koffi, count * RECORD_WORDS);
      lanes[0]!.pin(words);
      return words;
    },
  });
  return {
    ...backend,
    timeGridMatch: (...arrays) => lanes[0]!.timeGridMatch(...arrays),
    close: async () => {
      // what the first one has pinned, the others may be reading
      await Promise.all(lanes.slice(1).map((lane) => lane.close()));
      await lanes[0]!.close();
    },
  };
}

/** The kernels for each GPU, compiled once for GPUs of one kind. */
function compileFor(gpus: readonly CudaGpu[], nvrtc: Nvrtc): Uint8Array[] {
  const images = new Map<number, Uint8Array>();
  for (const { capability } of gpus) {
    if (!images.has(capability)) images.set(capability, nvrtc.compile(CUDA_SOURCE, capability));
  }
  return gpus.map(({ capability }) => images.get(capability)!);
}
