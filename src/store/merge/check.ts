// Whether runs are parts of the same work, and cover its data set exactly.
import { isDeepStrictEqual } from 'node:util';
import type { TaskLine } from '../results/lines.ts';
import { type Fault, Faults } from './faults.ts';
import { isOneRun } from './groups.ts';
import { differences, differingFields, firstDifference } from './sameWork.ts';
import type { Source } from './sources.ts';
import { type TaskGroup, taskGroups } from './tasks.ts';

/** How much of a value a message shows. */
const SHOWN = 60;

/** What the runs differ in that has to be the same; each is compared with the first. */
export function workFaults(sources: readonly Source[]): Fault[] {
  const faults = new Faults();
  const [first, ...others] = sources.map(({ results }) => results);
  for (const other of others) {
    const runs = [first!.file, other.file];
    for (const { what, values } of differences(first!.run, other.run)) {
      const [left, right] = values.map((value) => shown(value));
      const found =
        left === right ? `not the same in ${runs.join(' and ')}` : `${left} in ${runs[0]}, ${right} in ${runs[1]}`;
      faults.add('differs', `${what}: ${found}`, runs);
    }
    const candidate = firstDifference(first!.candidates, other.candidates);
    if (candidate !== undefined) {
      faults.add('differs', `candidate ${candidate}: not the same in ${runs.join(' and ')}`, runs);
    }
  }
  return faults.list();
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/**
 * Tasks that no run has finished, and those that two runs have.
 * @param runs the sources without copies; see `distinctRuns`
 * @param each is called with the line to take of each task, in order
 * @throws ResultsError where a line is damaged
 */
export function coverageFaults(
  sources: readonly Source[],
  runs: readonly Source[],
  each: (line: TaskLine) => void,
): Fault[] {
  const faults = new Faults();
  const shards = [...new Set(runs.map(({ results }) => results.run.shard.of))];
  for (const { results } of runs) {
    if (results.summary !== undefined) continue;
    const cause = `${results.file}: the run did not come to its end; batt run --resume goes on with it`;
    faults.add('unfinished', cause, [results.file]);
  }
  for (const group of taskGroups(sources)) {
    const [first] = group.done;
    if (first === undefined) {
      missing(group, shards, faults);
    } else {
      compareLines(group, faults);
      each(first.line);
    }
  }
  return faults.list();
}

function missing({ task, place, cut }: TaskGroup, shards: readonly number[], faults: Faults): void {
  const files = cut.map(({ source }) => source.results.file);
  if (files.length > 0) {
    const where = files.join(' and ');
    faults.add('unfinished', `cut by --deadline in ${where}; batt run --resume goes on with them`, files, task);
    return;
  }
  const [of] = shards;
  const who = shards.length === 1 ? `, which shard ${(place % of!) + 1}/${of} has to do` : '';
  faults.add('missing', `no run has results of tasks${who}`, [], task);
}

function compareLines({ task, done: [first, ...others] }: TaskGroup, faults: Faults): void {
  for (const other of others) {
    const files = [first!.source.results.file, other.source.results.file];
    const both = files.join(' and ');
    const fields = differingFields(first!.line, other.line);
    if (fields.length > 0) {
      faults.add('conflict', `${both} have different results (${fields.join(', ')})`, files, task);
    } else if (!isOneRun(first!.source.results.run, other.source.results.run)) {
      faults.add('duplicate', `done twice, with equal results, by ${both}; merge one of them`, files, task);
    } else if (!isDeepStrictEqual(first!.line, other.line)) {
      faults.add('conflict', `${both} are copies of one run, and their times differ`, files, task);
    }
  }
}
