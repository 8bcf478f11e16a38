// The saved stdout of the Python original (docs/spec/battery.md 7), of both its commits, with and without the prefix
// `file.py:<line>: `.
import { readFileSync } from 'node:fs';
import { unreadable } from './files.ts';
import { CompareError } from './side.ts';

/** What the log says of a task. */
export interface LoggedTask {
  /** Pairs, as `candidates scored`. */
  candidates?: number;
  afterFilter?: number;
  /** Matching samples by solver id; an id without a match is not named. */
  readonly matches: Map<string, number>;
  /** Outputs of the samples, and those that the original went on with where it says so: HEAD loses samples after their match lines. */
  outputs: number;
  scored?: number;
  readonly line: number;
  done: boolean;
}

export interface OriginalLog {
  readonly head: boolean;
  /** Empty where the progress lines were off, as they are at HEAD by default. */
  readonly tasks: ReadonlyMap<string, LoggedTask>;
  /** Number of solvers, of `-- Phase 3a: Validated …`, where there is just one such line. */
  readonly validated: number | undefined;
  /** Seconds by key of the timing summary. */
  readonly timing: ReadonlyMap<string, number>;
}

const PREFIX = /^\S+\.py:\d+: /;
const START = /^-- (\S+) - -?\d+ start --$/;
const MATCH_P4 = /^- o_solver_id = '([^']*)' - match = True$/;
const MATCH_HEAD = /^- MATCH: o_solver_id = '([^']*)' - sample_type=\S+ task_id=(\S+)$/;
const OUTPUTS = /^(?:demo|test)\[\d+\] - (\S+) - (\d+)$/;
const SCORED_HEAD = /^-- Demo\+Test scoring: -?\d+ - (\d+) outputs, /;
const DONE = /^-- (\S+) - -?\d+ done - (\d+) candidates scored$/;
const FILTERED = /^-- Filtered to (\d+) unique candidates \(from (\d+)\)$/;
const VALIDATED = /^-- Phase 3a: Validated (\d+) solvers in /;
const END = /^(\d+) tasks - (?:\d+ timeouts|timeouts = \d+ - tot_d_score = )/;
const TIMING = /^ {2}(\S+) +(-?\d+\.\d{3})$/;

/** Reads a log. @throws CompareError with the line where it is cut off or contradicts itself */
export function readLog(file: string): OriginalLog {
  return new LogReader(file, textOf(file)).read();
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

class LogReader {
  readonly #file: string;
  readonly #lines: readonly string[];
  #line = 0;
  readonly #tasks = new Map<string, LoggedTask>();
  readonly #timing = new Map<string, number>();
  readonly #validated: number[] = [];
  #current: LoggedTask | undefined;
  #ended: number | undefined;
  #head = false;
  #inTiming = false;
  readonly #rules: readonly (readonly [RegExp, (first: string, second: string, line: string) => void])[] = [
    [START, (task) => this.#start(task)],
    [MATCH_P4, (id) => this.#match(id, this.#current)],
    [MATCH_HEAD, (id, task) => this.#match(id, this.#tasks.get(task))],
    [OUTPUTS, (task, outputs) => this.#outputs(task, Number(outputs))],
    [SCORED_HEAD, (outputs) => this.#scored(Number(outputs))],
    [DONE, (task, candidates) => this.#done(task, Number(candidates))],
    [FILTERED, (kept, from) => this.#filtered(Number(kept), Number(from))],
    [VALIDATED, (solvers) => this.#validated.push(Number(solvers))],
    [END, (tasks, _, line) => this.#end(Number(tasks), line.includes('tot_d_score'))],
  ];

  constructor(file: string, text: string) {
    this.#file = file;
    this.#lines = text.split(/\r?\n/);
  }

  read(): OriginalLog {
    for (const line of this.#lines) {
      this.#line++;
      this.#take(line.replace(PREFIX, ''));
    }
    if (this.#ended === undefined)
      this.#fail('expected the end line "<n> tasks - …": the log is cut off, or none of run_batt.py');
    for (const [id, task] of this.#tasks) {
      if (!task.done) this.#fail(`task ${id} began at line ${task.line} and is not done at the end`);
    }
    if (this.#tasks.size > 0 && this.#ended !== this.#tasks.size) {
      this.#fail(`the end line counts ${this.#ended} tasks, but ${this.#tasks.size} began`);
    }
    return {
      head: this.#head,
      tasks: this.#tasks,
      validated: this.#validated.length === 1 ? this.#validated[0] : undefined,
      timing: this.#timing,
    };
  }

  #take(line: string): void {
    if (line === 'Timing summary (seconds):') {
      if (this.#timing.size > 0) this.#fail('a second timing summary: expected the log of one run');
      this.#inTiming = true;
      return;
    }
    const timing = this.#inTiming ? TIMING.exec(line) : null;
    if (timing !== null) {
      if (this.#timing.has(timing[1]!)) this.#fail(`a second time for ${timing[1]}`);
      this.#timing.set(timing[1]!, Number(timing[2]));
      return;
    }
    this.#inTiming = false;
    this.#takeProgress(line);
  }

  #takeProgress(line: string): void {
    for (const [pattern, take] of this.#rules) {
      const found = pattern.exec(line);
      if (found !== null) take(found[1]!, found[2] ?? '', line);
    }
  }

  #end(tasks: number, head: boolean): void {
    if (this.#ended !== undefined) this.#fail('a second end line: expected the log of one run');
    this.#ended = tasks;
    this.#head = head;
  }

  #start(id: string): void {
    if (this.#tasks.has(id)) this.#fail(`task ${id} begins a second time`);
    this.#current = { matches: new Map(), outputs: 0, line: this.#line, done: false };
    this.#tasks.set(id, this.#current);
  }

  #match(id: string, task: LoggedTask | undefined): void {
    if (task === undefined) this.#fail('a match before the start line of its task');
    task.matches.set(id, (task.matches.get(id) ?? 0) + 1);
  }

  #outputs(id: string, outputs: number): void {
    const task = this.#tasks.get(id);
    if (task === undefined) this.#fail(`outputs of task ${id} before its start line`);
    task.outputs += outputs;
  }

  #scored(outputs: number): void {
    if (this.#current === undefined) this.#fail('a scoring line before the start line of its task');
    this.#current.scored = outputs;
  }

  #done(id: string, candidates: number): void {
    const task = this.#tasks.get(id);
    if (task === undefined) this.#fail(`task ${id} is done before its start line`);
    if (task.done) this.#fail(`task ${id} is done a second time`);
    task.candidates = candidates;
    task.done = true;
    this.#current = task;
  }

  #filtered(kept: number, from: number): void {
    const task = this.#current;
    if (task === undefined || !task.done) this.#fail('a filter line before the done line of its task');
    if (task.candidates !== from) this.#fail(`filtered from ${from}, but ${task.candidates} candidates were scored`);
    task.afterFilter = kept;
  }

  #fail(message: string): never {
    throw new CompareError(`${this.#file}:${this.#line}: ${message}`);
  }
}
