// The machine that a test of cuda runs on: the test doubles of the driver and of nvrtc, found before any real ones.
import fc from 'fast-check';
import { gridArbitrary, packAll } from '../../../kernels/suite/grids.ts';
import { programOf } from '../tensorflow/program.ts';
import { doubleEnvironment, doubleFolder } from './double.ts';

/** The folder of the doubles; undefined where they are not to be had, which CI looks for. */
export const folder: string | undefined = doubleFolder();
if (folder === undefined) console.warn('left out: cuda over test doubles of its libraries: no g++ on Linux');
else Object.assign(process.env, doubleEnvironment(folder));

/** From the next opening on, the machine is another one: `double/driver.cpp` says what can be said of it. */
export function become(machine: string): void {
  process.env.CUDA_DOUBLE = machine;
}

/** The program of a thread with a GPU, as it is in the sources. */
export const WORKER: URL = new URL('../../../kernels/cuda/worker.ts', import.meta.url);
/** The same, built; and one that is not there, so that the calling thread does it all. */
export const program: URL = await programOf(WORKER);
export const noProgram: URL = new URL('none.js', WORKER);

/** 200 grids, and their numbers in another order. */
export const records: Int32Array = packAll(fc.sample(gridArbitrary(9), { numRuns: 200, seed: 1 }));
export const everyRow: Int32Array = Int32Array.from({ length: 200 }, (_, k) => (k * 7) % 200);
