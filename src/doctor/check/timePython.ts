// Has Python do the same comparisons, and holds its results against ours to the bit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCpu } from '../../../kernels/cpu/openCpu.ts';
import { gridMatchCpu } from '../../../kernels/gridMatch/cpu.ts';
import { MATCH_WORDS } from '../../../kernels/gridMatch/op.ts';
import { makeComparisons } from '../comparisons.ts';
import { jsonLines, runProcess } from '../runCommand.ts';
import PROGRAM from './compare.py?raw';
import type { PythonTimes, SizeTimes, Steps } from './machineCheck.ts';
import { type Extent, stepsOf } from './timeBackend.ts';

type Line = Omit<Steps, `${string}_gigabytes`> &
  Pick<SizeTimes, 'comparisons' | 'end_to_end'> &
  Pick<PythonTimes, 'version' | 'device'>;

/** Libraries that compute on a GPU. */
export const GPU_LIBRARIES = ['torch', 'cupy', 'torch.compile'] as const;

/**
 * Times a library.
 * @param limit seconds after which Python is killed: a whole number
 * @throws Error where it is not there, did not even do the least size, or its results are not ours
 */
export async function timePython(
  library: (typeof GPU_LIBRARIES)[number] | 'numpy',
  { sizes, rounds }: Extent,
  limit: number,
): Promise<PythonTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'batt-check-'));
  try {
    const { outputs, expected, index } = makeComparisons(openCpu(), sizes.at(-1)!);
    for (const [name, words] of Object.entries({ outputs, expected, index })) writeFileSync(join(folder, name), words);
    const args = ['-c', PROGRAM, folder, JSON.stringify(sizes), String(rounds), library];
    const python = process.env.PYTHON || 'python3';
    const ended = await runProcess(python, args, process.env, limit);
    const { failure } = ended;
    const lines = jsonLines<Line>(ended);
    const [first] = lines;
    if (first === undefined) throw new Error(failure === undefined ? 'it printed nothing' : `${python} ${failure}`);
    const truth = gridMatchCpu(outputs, expected, index);
    for (const { comparisons } of lines) {
      holds(readFileSync(join(folder, `result-${comparisons}`)), truth.subarray(0, comparisons * MATCH_WORDS));
    }
    const { version, device } = first;
    return { version, device, sizes: lines.map(sizeOf), cut: failure && `it ${failure}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf({ version: _version, device: _device, comparisons, end_to_end, ...steps }: Line): SizeTimes {
  return { comparisons, end_to_end, steps: stepsOf(comparisons, steps) };
}

function holds(bytes: Buffer, truth: Int32Array): void {
  const found = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const at = truth.findIndex((word, k) => word !== found[k]);
  if (at >= 0 || found.length !== truth.length) {
    throw new Error(`Python's word ${at} of ${found.length} is ${found[at]}, ours ${truth[at]} of ${truth.length}`);
  }
}
