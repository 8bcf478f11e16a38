// Runs each program of solver libraries on the task that it is named after.
import { plainId } from '../../arc/setName.ts';
import type { Task } from '../../arc/task.ts';
import { type EvaluationOptions, Evaluator } from '../../engine/evaluator.ts';
import { taskInputs } from '../../engine/taskInputs.ts';
import type { Verdict } from '../../engine/verdict.ts';
import type { Candidate } from '../../graph/graph.ts';
import type { Battery } from '../../lang/battery.ts';
import { solverIdOf } from '../../lang/solverId.ts';
import type { SkippedTask } from '../../results/lines.ts';
import { ScoreBatch } from '../../score/scoreBatch.ts';
import { ScoreTable } from '../../score/scoreTable.ts';
import { buildGraph, type CandidateSet } from '../read/candidates.ts';
import { type DataOptions, openData, readGood } from '../read/loadTasks.ts';
import { selectIds } from '../read/selectTasks.ts';
import { SingleSink } from './singleSink.ts';

/** Why a program does not count as solved: it ran and is not right on every sample, its id is no task, it cannot be run. */
type FailureKind = 'wrong' | 'no_task' | 'invalid';

/** A program that does not solve its task. */
interface Failure {
  readonly id: string;
  readonly kind: FailureKind;
  /** The same in words. */
  readonly reason: string;
  /** The file of the program and the line of its result, of one that cannot be run that of its `def`; of a duplicate those of its twin. */
  readonly source: string;
  readonly line: number;
  /** What it ended with on each sample with a known output, by the sample's name; empty where it was not run. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** What verifying libraries gave. */
export interface Verification {
  readonly solved: number;
  /** Programs, those that could not be run included. */
  readonly total: number;
  /** (program, sample with a known output). */
  readonly pairs: number;
  readonly pairsRight: number;
  /** Programs that are not right on every sample of their task: those that ran, then those that could not. */
  readonly failed: readonly Failure[];
  /** Ids of those of them whose id is no task of the data. */
  readonly unknown: readonly string[];
  /** What could not be run, and what was passed over without being a program. */
  readonly rejected: Pick<CandidateSet, 'invalid' | 'strays'>;
  /** Damaged tasks of programs, which were left out. */
  readonly skipped: readonly SkippedTask[];
  /** Which of several tasks with one id were taken, see `OpenedTasks.overlaps`. */
  readonly overlaps: readonly string[];
  /** Seconds of evaluation and comparison, one entry a repeat. */
  readonly seconds: readonly number[];
}

export interface VerifyOptions extends EvaluationOptions, DataOptions {
  /** Ids of tasks: only the programs named after them are verified. All when left out or empty. */
  readonly only?: readonly string[] | undefined;
  /** How often everything is run; default 1. */
  readonly repeats?: number | undefined;
}

/** A program and its task. */
interface Entry {
  readonly id: string;
  readonly program: Candidate;
  /** Place in the graph's candidates; that of its twin for a duplicate. */
  readonly candidate: number;
  readonly task: Task;
}

/**
 * Verifies libraries. Each program is run on its own: nothing is shared between programs, and nothing is kept between
 * repeats.
 * @param data names of data sets, as `findData` takes them
 * @throws ArcError where data are missing or damaged, or a task of `only` is in none of them
 */
export function verifyLibraries(
  libraries: readonly Battery[],
  data: readonly string[],
  { only: asked = [], repeats = 1, demos, skipBadTasks, ...limits }: VerifyOptions = {},
): Verification {
  const { graph, invalid, strays } = buildGraph(libraries);
  const reading = { demos, skipBadTasks };
  const { source } = openData(data, asked, reading);
  const only = asked.map(plainId);
  const selected = new Set(selectIds(source.ids, { only }));
  const named = new Set(graph.candidates.flatMap(({ solverId, also }) => [solverId, ...also]));
  const wanted = [...selected].filter((id) => only.length > 0 || named.has(id));
  const { tasks, skipped } = readGood(source, wanted, reading);
  const taskOf = new Map(tasks.map((task) => [task.id, task]));
  const left = new Set(skipped.map(({ task }) => task));
  const isAsked = (id: string): boolean => !left.has(id) && (only.length === 0 || selected.has(id));
  const programs = graph.candidates.flatMap((program, candidate) =>
    [program.solverId, ...program.also].filter(isAsked).map((id) => ({ id, program, candidate })),
  );
  const entries = programs
    .filter(({ id }) => selected.has(id))
    .map((program): Entry => ({ ...program, task: taskOf.get(program.id)! }));
  const strangers = programs.filter(({ id }) => !selected.has(id));

  const { tables, seconds } = runAll(new Evaluator(graph, limits), entries, repeats);
  let pairs = 0;
  let pairsRight = 0;
  const failed: Failure[] = [];
  for (const [k, entry] of entries.entries()) {
    const table = tables[k]!;
    const known = table.expected.filter((output) => output !== null).length;
    const { oScore } = table.score(0);
    pairs += known;
    pairsRight += oScore;
    if (oScore < known) failed.push(wrong(entry, table, oScore, known));
  }
  const solved = entries.length - failed.length;
  for (const { id, program } of strangers) {
    const reason = `no task of ${data.join('+')} has this id`;
    failed.push({ id, kind: 'no_task', reason, source: program.source, line: program.line, verdicts: {} });
  }
  failed.push(...notRun(invalid).filter(({ id }) => isAsked(id)));
  return {
    solved,
    total: solved + failed.length,
    pairs,
    pairsRight,
    failed,
    unknown: strangers.map(({ id }) => id),
    rejected: { invalid, strays },
    skipped,
    overlaps: source.overlaps(wanted),
    seconds,
  };
}

function wrong({ id, program, task }: Entry, table: ScoreTable, right: number, known: number): Failure {
  const names = taskInputs(task).map(({ name }) => name);
  const counts = Object.entries(table.score(0).verdicts);
  return {
    id,
    kind: 'wrong',
    reason: `${right} of ${known} right; ${counts.map(([verdict, n]) => `${verdict} ${n}`).join(', ')}`,
    source: program.source,
    line: program.line,
    verdicts: Object.fromEntries(
      names.flatMap((name, sample) => (table.expected[sample] === null ? [] : [[name, table.verdict(0, sample)]])),
    ),
  };
}

/** The programs that cannot be run. */
function notRun(invalid: CandidateSet['invalid']): Failure[] {
  return invalid.map(({ file, name, line, column, reason, candidateLine }) => ({
    id: solverIdOf(name, file),
    kind: 'invalid',
    reason: `invalid, ${file}:${line}:${column}: ${reason}`,
    source: file,
    line: candidateLine,
    verdicts: {},
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
    const inputs = entries.map(({ task }) => taskInputs(task));
    const start = performance.now();
    for (const [k, { candidate }] of entries.entries()) {
      for (const [sample, { input }] of inputs[k]!.entries()) {
        evaluator.runOne(candidate, input, new SingleSink(batch, tables[k]!, sample));
      }
    }
    batch.flush();
    seconds.push((performance.now() - start) / 1000);
  }
  return { tables, seconds };
}
