// Whether a file is a valid submission for some tasks.
import { ArcError, show } from '../arc/error.ts';
import { ARC_SIDE } from '../arc/grid.ts';
import { asObjectFile, isObject, readJsonFile } from '../arc/jsonFile.ts';
import { parseGrid } from '../arc/parse.ts';
import type { Task } from '../arc/task.ts';

const ATTEMPTS = ['attempt_1', 'attempt_2'] as const;

/**
 * Checks that a file has exactly these tasks, and two grids for each of their test inputs.
 * @throws ArcError with file, task and place of what is wrong
 */
export function checkSubmission(file: string, tasks: readonly Task[]): void {
  const { value, keys } = asObjectFile(readJsonFile(file), file, 'answer');
  const found = new Set(keys);
  for (const { id, test } of tasks) {
    if (!found.delete(id)) throw new ArcError('is not in the file', { file, task: id });
    checkOutputs(value[id], test.length, file, id);
  }
  for (const id of found) throw new ArcError('is no task of the data', { file, task: id });
}

function checkOutputs(outputs: unknown, tests: number, file: string, task: string): void {
  if (!Array.isArray(outputs) || outputs.length !== tests) {
    throw new ArcError(`found ${show(outputs)}, expected a list of ${tests}, one a test input`, { file, task });
  }
  for (const [k, output] of (outputs as unknown[]).entries()) {
    const sample = `test ${k}`;
    if (!isObject(output) || Object.keys(output).join() !== ATTEMPTS.join()) {
      throw new ArcError(`found ${show(output)}, expected ${ATTEMPTS.join(' and ')}`, { file, task, sample });
    }
    for (const attempt of ATTEMPTS) parseGrid(output[attempt], { file, task }, `${sample} ${attempt}`, ARC_SIDE);
  }
}
