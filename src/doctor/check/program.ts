// The program of a process that checks or times one backend for `batt doctor --check`: native code may hang or crash. It writes a line
// of JSON with all there is, again and again.

import { openBackend } from '../../../kernels/open.ts';
import { conformanceCases, realSamples } from '../../../kernels/suite/cases.ts';
import { DataNotFoundError, findData } from '../../arc/find.ts';
import { readTasks } from '../../arc/read.ts';
import { checkConformance } from './checkConformance.ts';
import type { Subject } from './machineCheck.ts';
import { type Extent, timeBackend } from './timeBackend.ts';

/** What such a process is to do: to time where it has an extent. */
export interface CheckTask extends Subject {
  readonly extent?: Extent | undefined;
}

const { backend: name, gpus, extent } = JSON.parse(process.argv[2]!) as CheckTask;
const say = (found: object) => process.stdout.write(`${JSON.stringify(found)}\n`);
if (extent !== undefined) await timeBackend(name, gpus, extent, say);
else await checkConformance(await openBackend(name, { gpus }), conformanceCases(realGrids()), say);

/** Of the training set, where it is found. */
function realGrids() {
  try {
    return realSamples(readTasks(findData('train').parts));
  } catch (error) {
    if (error instanceof DataNotFoundError) return undefined;
    throw error;
  }
}
