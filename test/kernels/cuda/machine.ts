// The machine that a test of cuda runs on: the test doubles of the driver and of nvrtc, found before any real ones.
import { doubleEnvironment, doubleFolder } from './double.ts';

/** The folder of the doubles; undefined where they are not to be had, which CI looks for. */
export const folder: string | undefined = doubleFolder();
if (folder === undefined) console.warn('left out: cuda over test doubles of its libraries: no g++ on Linux');
else Object.assign(process.env, doubleEnvironment(folder));

/** From the next opening on, the machine is another one: `double/driver.cpp` says what can be said of it. */
export function become(machine: string): void {
  process.env.CUDA_DOUBLE = machine;
}
