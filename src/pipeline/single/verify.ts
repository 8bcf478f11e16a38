// Runs each program of a solver library on the task that it is named after.
import { findData } from '../../arc/find.ts';
import { openTasks } from '../../arc/read.ts';
import type { Task } from '../../arc/task.ts';
import { namesOf } from '../../dsl/dialects.ts';
import { Evaluator } from '../../engine/evaluator.ts';
import { gridValue, pairsOf } from '../../engine/inputs.ts';
import { Graph } from '../../graph/graph.ts';
import type { Battery } from '../../lang/battery.ts';
import { solverIdOf } from '../../lang/solverId.ts';
import { ScoreBatch } from '../../score/scoreBatch.ts';
import { ScoreTable } from '../../score/scoreTable.ts';
import { SingleSink } from './singleSink.ts';

/** A program that does not solve its task, and why: its verdicts, or what keeps it from running. */
interface Failure {
  readonly id: string;
  readonly reason: string;
}

/** What verifying a library gave. */
export interface Verification {
  readonly solved: number;
  /** Programs, those that could not be run included. */
  readonly total: number;
  /** (program, sample with a known output). */
  readonly pairs: number;
  readonly pairsRight: number;
  /** Programs that are not right on every sample of their task: those that ran, then those that could not. */
  readonly failed: readonly Failure[];
  /** Those of them whose id is no task of the data. */
  readonly unknown: readonly string[];
  /** Seconds of evaluation and comparison, one entry a repeat. */
  readonly seconds: readonly number[];
}

/** A program and its task. */
interface Entry {
  readonly id: string;
  /** Place in the graph's candidates; that of its twin for a duplicate. */
  readonly candidate: number;
  readonly task: Task;
}

/**
 * Verifies a library. Each program is run on its own: nothing is shared between programs, and nothing is kept between
 * repeats.
 * @param data names of data sets, as `findData` takes them
 * @throws ArcError where data are missing or damaged
 */
export function verifyLibrary(library: Battery, data: readonly string[], repeats = 1): Verification {
  const graph = new Graph(namesOf);
  graph.add(library);
  const source = openTasks(data.flatMap((name) => findData(name).parts));
  const known = new Set(source.ids);
  const programs = graph.candidates.flatMap(({ solverId, also }, candidate) =>
    [solverId, ...also].map((id) => ({ id, candidate })),
  );
  const entries = programs
    .filter(({ id }) => known.has(id))
    .map(({ id, candidate }): Entry => ({ id, candidate, task: source.read(id) }));
  const unknown = programs.filter(({ id }) => !known.has(id)).map(({ id }) => id);

  const { tables, seconds } = runAll(new Evaluator(graph), entries, repeats);
  let pairs = 0;
  let pairsRight = 0;
  const failed: Failure[] = [];
  for (const [k, { id, task }] of entries.entries()) {
    const samples = [...task.demo, ...task.test].filter(({ output }) => output !== null).length;
    const { oScore, verdicts } = tables[k]!.score(0);
    pairs += samples;
    pairsRight += oScore;
    if (oScore < samples)
      failed.push({
        id,
        reason: `${oScore} of ${samples} right; ${Object.entries(verdicts)
          .map(([verdict, n]) => `${verdict} ${n}`)
          .join(', ')}`,
      });
  }
  const solved = entries.length - failed.length;
  failed.push(...unknown.map((id) => ({ id, reason: `no task of ${data.join('+')} has this id` })), ...notRun(library));
  return { solved, total: solved + failed.length, pairs, pairsRight, failed, unknown, seconds };
}

/** The programs of a library that cannot be run. */
function notRun({ file, invalid }: Battery): Failure[] {
  return invalid.map(({ name, line, column, reason }) => ({
    id: solverIdOf(name, file),
    reason: `invalid, ${file}:${line}:${column}: ${reason}`,
  }));
}

/** Runs all entries `repeats` times on fresh values; the tables are those of the last time. */
function runAll(
  evaluator: Evaluator,
  entries: readonly Entry[],
  repeats: number,
): { tables: readonly ScoreTable[]; seconds: readonly number[] } {
  const batch = new ScoreBatch();
  const seconds: number[] = [];
  let tables: readonly ScoreTable[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    tables = entries.map(({ task }) => new ScoreTable(task, 1));
    const grids = entries.map(({ task }) => [...task.demo, ...task.test].map(({ input }) => gridValue(input)));
    const pairs = entries.map(({ task }) => pairsOf(task));
    const start = performance.now();
    for (let k = 0; k < entries.length; k++) {
      const { candidate } = entries[k]!;
      for (let sample = 0; sample < grids[k]!.length; sample++) {
        evaluator.runOne(
          candidate,
          { input: grids[k]![sample]!, pairs: pairs[k]! },
          new SingleSink(batch, tables[k]!, sample),
        );
      }
    }
    batch.flush();
    seconds.push((performance.now() - start) / 1000);
  }
  return { tables, seconds };
}
