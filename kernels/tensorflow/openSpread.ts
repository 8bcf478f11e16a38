// The backend over several processes, one a GPU.
import type { Backend } from '../backend.ts';
import { RECORD_WORDS } from '../record.ts';
import { spreadOver } from '../spread.ts';
import { StepClock } from '../stepClock.ts';
import { type Ready, TensorFlowProcess } from './tensorFlowProcess.ts';

/**
 * Opens a process for each environment, and spreads calls over them.
 * @param program `child.ts`, built
 * @param check throws where what was opened does not do
 * @throws BackendAbsentError
 */
export async function openSpread(
  program: URL,
  environments: readonly NodeJS.ProcessEnv[],
  check: (opened: readonly Ready[]) => void = () => {},
): Promise<Backend> {
  const clock = new StepClock();
  const start = performance.now();
  const processes = environments.map((env) => new TensorFlowProcess(program, env));
  let opened: Ready[];
  try {
    opened = await Promise.all(processes.map(({ ready }) => ready));
    check(opened);
  } catch (error) {
    await Promise.all(processes.map((one) => one.close()));
    throw error;
  }
  clock.book('load', (performance.now() - start) / 1000);
  const [{ device, batchRows }] = opened as [Ready];
  return spreadOver(processes, {
    name: 'tensorflow',
    device: opened.length === 1 ? device : `${opened.length} × ${device}`,
    batchRows,
    opening: clock.seconds,
    records: (count) => new Int32Array(count * RECORD_WORDS),
  });
}
