// The 340 programs of the shared `programs.jsonl` with the 2,253 inputs that they are run on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTasks } from '../src/arc/read.ts';
import type { Task } from '../src/arc/task.ts';
import type { Names } from '../src/dsl/table.ts';
import { Evaluator } from '../src/engine/evaluator.ts';
import { Graph } from '../src/graph/graph.ts';
import type { Battery } from '../src/lang/battery.ts';
import { parseBattery } from '../src/lang/parse.ts';
import { trainingFolder } from './shared.ts';

interface Run {
  /** Place in `sources`. */
  readonly program: number;
  readonly task: string;
  readonly height: number;
  readonly width: number;
  readonly cells: readonly number[];
}

export interface Suite {
  /** Each a `def solve(I):` with one call a statement. */
  readonly sources: readonly string[];
  readonly runs: readonly Run[];
}

interface Line {
  readonly source: string;
  readonly task: string;
  readonly split: 'train' | 'test';
  readonly index: number;
}

/** @param shared the folder with `dsl/` and `arc/` */
export function loadSuite(shared: string): Suite {
  const text = readFileSync(join(shared, 'dsl/vectors/programs.jsonl'), 'utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const tasks = new Map<string, Task>();
  for (const task of readTasks(trainingFolder(shared), { only: lines.map(({ task }) => task) }))
    tasks.set(task.id, task);
  const sources: string[] = [];
  const place = new Map<string, number>();
  const runs = lines.map(({ source, task, split, index }): Run => {
    if (!place.has(source)) place.set(source, sources.push(source) - 1);
    const { demo, test } = tasks.get(task)!;
    const { height, width, cells } = (split === 'train' ? demo : test)[index]!.input;
    return { program: place.get(source)!, task, height, width, cells: Array.from(cells) };
  });
  return { sources, runs };
}

/** Ids of the tasks that programs of the suite run on, in order. */
export function taskIds({ runs }: Suite): string[] {
  return [...new Set(runs.map(({ task }) => task))].sort();
}

/** One graph and evaluator a program: nothing is shared between programs. */
export function evaluatorsOf(suite: Suite, names: Names): Evaluator[] {
  return suite.sources.map((source) => new Evaluator(graphOf(parsed(source, names), names)));
}

/** Text of the plain dialect as a battery; throws when it is not read in full, since figures would mean nothing. */
export function parsed(text: string | Uint8Array, names: Names): Battery {
  const battery = parseBattery(text, { file: 'bench.py', known: (name) => names.has(name) });
  const [first] = battery.invalid;
  if (first !== undefined) throw new Error(`${battery.invalid.length} candidates are invalid: ${first.reason}`);
  return battery;
}

/** The graph of a battery of the plain dialect. */
export function graphOf(battery: Battery, names: Names): Graph {
  const graph = new Graph(() => names);
  graph.add(battery);
  return graph;
}

/** A program as a function of a library. */
export function named(source: string, name: string): string {
  return source.replace('def solve(', `def solve_${name}(`);
}
