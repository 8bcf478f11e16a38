// Whether runs are parts of the same work, and cover its data set exactly.
import { isDeepStrictEqual } from 'node:util';
import type { RunLine, TaskLine } from '../results/lines.ts';
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
  const shards = runs.map(({ results }) => results.run.shard);
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

function missing({ task, place, again }: TaskGroup, shards: readonly RunLine['shard'][], faults: Faults): void {
  for (const cut of [true, false]) {
    const lines = again.filter(({ line }) => (line.cut !== undefined) === cut);
    if (lines.length === 0) continue;
    const files = lines.map(({ source }) => source.results.file);
    const cause = cut ? 'cut by --deadline' : 'with files that could not be written';
    faults.add('unfinished', `${cause} in ${files.join(' and ')}; batt run --resume goes on with them`, files, task);
  }
  if (again.length > 0) return;
  const [{ of }, ...others] = shards as [RunLine['shard'], ...RunLine['shard'][]];
  if (others.some((shard) => shard.of !== of)) {
    faults.add('missing', 'no run has results of tasks', [], task);
    return;
  }
  const index = (place % of) + 1;
  if (shards.every((shard) => shard.index !== index)) faults.addShard(`${index}/${of}`, task);
  else faults.add('missing', `no run has results of tasks, which shard ${index}/${of} has to do`, [], task);
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
