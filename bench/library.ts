// The stand-in for the public library of 400 solvers: a solver for each ARC-AGI-1 training task, from a fixed seed.
import { seeded } from '../src/pipeline/read/seeded.ts';
import { shuffled } from './random.ts';
import { named, type Suite } from './suite.ts';

/**
 * Text with a `solve_<task>` for each of the tasks. A program goes to a task of its own where one is left; tasks without
 * get one of the programs that found none, then any.
 */
export function standInLibrary({ sources, runs }: Suite, tasks: readonly string[]): string {
  const solver = new Map<string, number>();
  const placed = new Set<number>();
  for (const { program, task } of runs) {
    if (solver.has(task) || placed.has(program)) continue;
    solver.set(task, program);
    placed.add(program);
  }
  for (const { program, task } of runs) if (!solver.has(task)) solver.set(task, program);
  const all = shuffled([...sources.keys()], seeded(400));
  const rest = [...all.filter((program) => !placed.has(program)), ...all];
  const solvers = tasks.map((task) => named(sources[solver.get(task) ?? rest.shift()!]!, task));
  return `from dsl import *\nfrom constants import *\n\n\n${solvers.join('\n\n')}`;
}
