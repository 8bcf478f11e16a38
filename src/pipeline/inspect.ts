// Runs single programs on single samples of a task, keeping all that there is to look at.
import type { Sample, Task } from '../arc/task.ts';
import { namesOf } from '../dsl/dialects.ts';
import { Evaluator } from '../engine/evaluate.ts';
import { gridValue, pairsOf } from '../engine/inputs.ts';
import { type Candidate, Graph } from '../graph/graph.ts';
import type { Battery } from '../lang/battery.ts';
import { ScoreBatch } from '../score/batch.ts';
import { type PairVerdict, ScoreTable } from '../score/table.ts';
import { type Outcome, OutcomeList } from './outcome.ts';

/** A program on a sample. */
export interface Inspection {
  readonly program: Candidate;
  /** The id asked for where the program or a duplicate bears it, else its own. */
  readonly id: string;
  /** Of the sample, such as `demo:0`. */
  readonly name: string;
  readonly sample: Sample;
  readonly outcome: Outcome;
  readonly verdict: PairVerdict;
}

/**
 * The programs of a battery that bear an id; if there is none and the battery has one program alone, that one.
 */
export function programsFor(battery: Battery, id: string): { programs: readonly Candidate[]; graph: Graph } {
  const graph = new Graph(namesOf);
  graph.add(battery);
  const named = graph.candidates.filter(({ solverId, also }) => solverId === id || also.includes(id));
  const alone = named.length === 0 && graph.programs === 1 ? graph.candidates : [];
  return { graph, programs: [...named, ...alone] };
}

/** The samples of a task by name, demo samples first: `demo:0`, `demo:1`, …, `test:0`, …. */
export function samplesOf({ demo, test }: Task): Map<string, Sample> {
  return new Map([
    ...demo.map((sample, k): [string, Sample] => [`demo:${k}`, sample]),
    ...test.map((sample, k): [string, Sample] => [`test:${k}`, sample]),
  ]);
}

/** Runs programs of a graph, each on its own, on samples; program after program. */
export function inspect(
  graph: Graph,
  programs: readonly Candidate[],
  samples: ReadonlyMap<string, Sample>,
  task: Task,
): Inspection[] {
  const evaluator = new Evaluator(graph);
  const sink = new OutcomeList();
  const pairs = pairsOf(task);
  return programs.flatMap((program) => {
    const place = graph.candidates.indexOf(program);
    const id = program.also.includes(task.id) ? task.id : program.solverId;
    return Array.from(samples, ([name, sample]) => {
      evaluator.runOne(place, { input: gridValue(sample.input), pairs }, sink);
      const outcome = sink.list[place]!;
      return { program, id, name, sample, outcome, verdict: verdictOf(sample, outcome) };
    });
  });
}

function verdictOf(sample: Sample, outcome: Outcome): PairVerdict {
  if (outcome.kind === 'not_grid') return 'not_grid';
  if (outcome.kind === 'stopped') return outcome.verdict;
  const table = new ScoreTable({ demo: [sample], test: [] }, 1);
  const batch = new ScoreBatch({ capacity: 1 });
  batch.add(table, 0, 0, outcome.grid);
  return table.verdict(0, 0);
}
