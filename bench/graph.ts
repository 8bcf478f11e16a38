// What does the graph save? The programs of `programs.jsonl` as one battery, every candidate on every sample.
import { readTasks } from '../src/arc/read.ts';
import { dslNames } from '../src/dsl/names.ts';
import { Evaluator, type OutcomeSink } from '../src/engine/evaluator.ts';
import { gridValue } from '../src/engine/inputs.ts';
import type { Graph } from '../src/graph/graph.ts';
import { seeded } from '../src/pipeline/read/seeded.ts';
import { Grid } from '../src/value/value.ts';
import type { Answer, Options, Question } from './question.ts';
import { shuffled } from './random.ts';
import { NO_SHARED, shared, trainingFolder } from './shared.ts';
import { figures, seconds } from './stats.ts';
import { evaluatorsOf, graphOf, loadSuite, named, parsed, taskIds } from './suite.ts';

const PYTHON = { value: 405, from: 'Python, a core, measured earlier' };

export const graph: Question = {
  name: 'graph',
  about:
    'the programs of programs.jsonl as one battery: every candidate on every sample of a sample of their tasks, ' +
    'through one graph and through a graph a program; a run is (candidate, sample)',
  ask: (options) => (shared === undefined ? NO_SHARED : measure(shared, options)),
};

function measure(folder: string, { quick }: Options): Answer {
  const suite = loadSuite(folder);
  const names = dslNames();
  const text = suite.sources.map((source, k) => named(source, String(k))).join('\n');
  const one = graphOf(parsed(text, names), names);
  const together = new Evaluator(one);
  const apart = evaluatorsOf(suite, names);

  const only = shuffled(taskIds(suite), seeded(1)).slice(0, quick ? 10 : 50);
  const tasks = readTasks(trainingFolder(folder), { only });
  const inputs = tasks.flatMap(({ demo, test }) => [...demo, ...test].map(({ input }) => gridValue(input)));
  const count = new Count();
  const through = (evaluators: readonly Evaluator[]): number => {
    // an evaluator each has a value of its own, so that nothing kept with a grid is shared between programs
    const grids = inputs.map(({ height, width, cells }) => evaluators.map(() => new Grid(height, width, cells)));
    return seconds(() => {
      for (const list of grids)
        evaluators.forEach((evaluator, k) => {
          evaluator.run({ input: list[k]! }, count);
        });
    });
  };
  const cold = through([together]);
  const verdicts = count.note();
  through(apart);
  const shares: number[] = [];
  const singles: number[] = [];
  for (let k = 0; k < (quick ? 3 : 5); k++) {
    shares.push(through([together]));
    singles.push(through(apart));
  }
  const candidates = one.candidates.length;
  const runs = candidates * inputs.length;
  const duplicates = one.candidates.reduce((sum, { also }) => sum + also.length, 0);
  const alone = figures(singles, (t) => (suite.sources.length * inputs.length) / t);
  const references = [{ value: alone.value, from: 'a graph a program, this run' }, PYTHON];
  return {
    rows: [
      { what: 'candidates', value: candidates, unit: 'candidates' },
      { what: 'duplicates', value: duplicates, unit: 'candidates' },
      { what: 'call nodes after sharing', value: one.callNodes, unit: 'nodes', references: [before(one)] },
      { what: 'one graph, warm', ...figures(shares, (t) => runs / t), unit: 'runs/s', references },
      { what: 'one graph, first pass, cold', value: runs / cold, unit: 'runs/s', references: [PYTHON] },
      { what: 'a graph a program, warm', ...alone, unit: 'runs/s', references: [PYTHON] },
    ],
    notes: [`${tasks.length} tasks, ${inputs.length} samples, ${runs} runs a pass`, verdicts],
  };
}

function before({ calls }: Graph): { value: number; from: string } {
  return { value: calls, from: 'calls before sharing' };
}

/** Counts what became of runs: those that end early cost less. */
class Count implements OutcomeSink {
  #grids = 0;
  #others = 0;
  #ended = 0;

  grid(): void {
    this.#grids++;
  }

  notGrid(): void {
    this.#others++;
  }

  ended(): void {
    this.#ended++;
  }

  note(): string {
    const all = this.#grids + this.#others + this.#ended;
    const share = (n: number): string => `${((100 * n) / all).toFixed(0)} %`;
    return `${share(this.#grids)} return a grid, ${share(this.#others)} something else, ${share(this.#ended)} end in an exception or at the budget`;
  }
}
