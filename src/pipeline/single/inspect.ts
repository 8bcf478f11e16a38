// Runs single programs on single samples of a task, keeping all that there is to look at.
import type { Sample } from '../../arc/task.ts';
import { namesOf } from '../../dsl/dialects.ts';
import { type EvaluationOptions, Evaluator } from '../../engine/evaluator.ts';
import { verdictOfGrid } from '../../engine/match.ts';
import type { SampleOfTask } from '../../engine/taskInputs.ts';
import type { Verdict } from '../../engine/verdict.ts';
import { type Candidate, Graph } from '../../graph/graph.ts';
import type { Battery } from '../../lang/battery.ts';
import { type Outcome, OutcomeList } from './outcomeList.ts';
import { ProgramTrace, type Trace } from './programTrace.ts';

/** A program on a sample. */
export interface Inspection {
  readonly program: Candidate;
  /** The id asked for where the program or a duplicate bears it, else its own. */
  readonly id: string;
  /** Whether other programs were asked for with it, so that the id does not say which this is. */
  readonly several: boolean;
  /** Of the sample, such as `demo:0`. */
  readonly name: string;
  readonly sample: Sample;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
  readonly trace: Trace;
}

/** Programs that were asked for by an id. */
interface Chosen {
  readonly battery: Battery;
  readonly graph: Graph;
  readonly id: string;
  /** In the order of the battery. */
  readonly programs: readonly Candidate[];
}

/** The programs of a battery that bear an id, or one of whose duplicates does. */
export function programsNamed(battery: Battery, id: string): Chosen {
  const graph = new Graph(namesOf);
  graph.add(battery);
  const programs = graph.candidates.filter(({ solverId, also }) => solverId === id || also.includes(id));
  return { battery, graph, id, programs };
}

/** The programs of a battery that are named after a task; if there is none and the battery has one program alone, that one. */
export function programsFor(battery: Battery, task: string): Chosen {
  const named = programsNamed(battery, task);
  const isAlone = named.programs.length === 0 && named.graph.programs === 1;
  return isAlone ? { ...named, programs: named.graph.candidates } : named;
}

/** Runs programs, each on its own, on samples; program after program. */
export function inspect(
  { battery, graph, id: asked, programs }: Chosen,
  samples: readonly SampleOfTask[],
  limits: EvaluationOptions = {},
): Inspection[] {
  const evaluator = new Evaluator(graph, limits);
  const sink = new OutcomeList();
  return programs.flatMap((program) => {
    const { place } = program;
    const id = program.also.includes(asked) ? asked : program.solverId;
    const several = programs.length > 1;
    const traced = new ProgramTrace(graph, battery, program);
    return samples.map(({ name, sample, input }) => {
      let trace: Trace = { statements: [], stopped: undefined };
      evaluator.runOne(place, input, sink, (nodes) => {
        trace = traced.of(nodes);
      });
      const outcome = sink.list[place]!;
      return { program, id, several, name, sample, outcome, verdict: verdictOf(sample, outcome), trace };
    });
  });
}

function verdictOf(sample: Sample, outcome: Outcome): Verdict {
  if (outcome.kind === 'not_grid') return 'not_grid';
  if (outcome.kind === 'stopped') return outcome.verdict;
  return verdictOfGrid(outcome.grid, sample.output);
}
