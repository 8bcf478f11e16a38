// Evaluates the graph on one sample: every node at most once, values dropped after their last reader.

import { safeDefault } from '../dsl/sic/defaults.ts';
import { INPUT, PAIRS, THIRD } from '../graph/graph.ts';
import { GUARD_HEAD, GUARD_P4 } from '../lang/battery.ts';
import { BUDGET_STOP, PyError, RECURSION_ERROR, Stop, TIMEOUT_STOP } from '../value/errors.ts';
import { meter, ROOM_STEP } from '../value/meter.ts';
import { callAll, Fn, type Value } from '../value/value.ts';
import { collectSooner } from './collectSooner.ts';
import { memoryErrorOf } from './memoryError.ts';
import { gridOf } from './output.ts';
import type { OutputGrid, Verdict } from './verdict.ts';

/**
 * Units a candidate may use on a sample, by default. A unit is an item touched or a word of 8 bytes built: docs/budgets.md
 * says what that is in time.
 */
export const DEFAULT_BUDGET = 100_000_000;

/** Items of the largest single value within any budget. */
const LARGEST_VALUE = 1 << 24;

/** Words of 8 bytes that a candidate's values may take together on a sample, within any budget: 256 MB. */
const MOST_HELD = 1 << 25;

/**
 * Words of 8 bytes that the values kept for later readers may take together between two readers: 64 MB. Past it they are
 * dropped and made anew when they are read, so that what one candidate may take bounds what all of them take.
 */
const MOST_KEPT = 1 << 23;

/** Words that one call makes from which V8 is to collect sooner. */
const MUCH_HELD = 1 << 20;

/** Words from which a value counts as large: these are dropped first. */
const LARGE_KEPT = 1 << 14;

export interface EvaluationOptions {
  /** Units a candidate may use on a sample; 0 = no limit. Default `DEFAULT_BUDGET`. */
  readonly budget?: number | undefined;
  /** Seconds of wall clock that a candidate may take on a sample; default: no limit. */
  readonly timeout?: number | undefined;
  /** Whether the functions that candidates call are timed, see `takeFunctionTimes`; default false. */
  readonly timing?: boolean | undefined;
}

/** Takes what became of a candidate (its place in `graph.candidates`) on the sample. */
export interface OutcomeSink {
  /** It returned a grid, not yet compared with the expected one; `value` is what it returned. */
  grid(candidate: number, output: OutputGrid, value: Value): void;
  /** It returned something else. */
  notGrid(candidate: number, value: Value): void;
  /** It ended with this verdict in the statement on this line of the battery. */
  ended(candidate: number, verdict: Verdict, line: number): void;
}

/** The calls of a candidate or a differ, `steps[firstStep .. lastStep)`, and the node of its result. */
export interface Reader {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly result: number;
}

/** What the evaluator reads of a `Graph`; a worker has these parts of it only. */
export interface Program {
  readonly size: number;
  readonly values: readonly (Value | undefined)[];
  readonly code: { readonly data: Int32Array };
  readonly at: { readonly data: Int32Array };
  readonly steps: { readonly data: Int32Array };
  readonly lines: { readonly data: Int32Array };
  readonly candidates: readonly Reader[];
  readonly differs: readonly Reader[];
  guardOf(node: number): number;
}

/** The nodes of the graph after a candidate has been run. */
export interface NodeValues {
  /** The call that stopped the candidate; undefined where it came to its end. */
  readonly stopped: number | undefined;
  /** Whether a node has a value: all but calls that were not run or raised. */
  has(node: number): boolean;
  value(node: number): Value;
}

/** What a worker has to do with an evaluation from outside. */
export interface Watch {
  /** Is told the reader that is run next: a candidate's place, or the number of candidates + a differ's place. */
  beat(reader: number): void;
  /** Whether there is memory for a large value of some words of 8 bytes; asked where there is no budget. */
  room(words: number): boolean;
}

/** Items from which a value needs leave of `Watch.room`: 128 KB as a tuple, less than V8 spares a worker that ends. */
const LARGE_VALUE = 1 << 14;

/** The name of all functions that other functions made. */
const MADE = '(made)';

/** Units of evaluated nodes between two looks at the clock. */
const CLOCK_SLICE = 1 << 22;

const CAUGHT_AT_P4: ReadonlySet<string> = new Set(['TypeError', 'AttributeError', 'ValueError']);

/** The parameters of a program on a sample; `C` is None. */
export interface SampleInput {
  /** `I`: the sample's input grid. */
  readonly input: Value;
  /** `S`: the task's demo samples, (input, output) pairs; None when left out. */
  readonly pairs?: Value;
}

/** Differ values on a sample. */
export interface DifferRun {
  /** `C`: the sample's expected grid. */
  readonly expected: Value;
  /** Takes the value of a differ (its place in `graph.differs`); one that raised or ran out of budget has none. */
  value(differ: number, value: Value): void;
}

/**
 * What is run: only the readers from .. to - 1, candidates first, then differs; candidates whose `lost` is 1 are not run and
 * end as `not_run`.
 */
type RunArguments = [
  sample: SampleInput,
  sink: OutcomeSink,
  differs?: DifferRun,
  from?: number,
  to?: number,
  lost?: Uint8Array,
];

const UNKNOWN = 0;
const DONE = 1;
const FAILED = 2;

type Call = (...args: Value[]) => Value;

export class Evaluator {
  readonly #graph: Program;
  readonly #watch: Watch | undefined;
  readonly #budget: number;
  readonly #mostHeld: number;
  readonly #timeout: number;
  readonly #state: Uint8Array;
  readonly #values: (Value | undefined)[];
  /** Units that each evaluated node used, and words that it allocated. */
  readonly #cost: Float64Array;
  readonly #words: Float64Array;
  /** Words that the values of evaluated nodes took which are not dropped yet. */
  #kept = 0;
  /** `performance.now()` from which nothing is run any more: what is left of a run ends as `not_run`. */
  stopAt: number = Number.POSITIVE_INFINITY;
  /** Seconds by name of the function called, where they are measured. */
  #functionTimes: Map<string, number> | undefined;
  #used = 0;
  #failure: PyError | Stop = BUDGET_STOP;
  readonly #failures = new Map<number, PyError | Stop>();
  /** Per node: the function it calls, when that is a name of the DSL with the right number of arguments. */
  readonly #calls: (Call | undefined)[];
  /** Nodes to drop after reader k, candidates first, then differs: #drops[#dropsFrom[k] .. #dropsFrom[k + 1]). */
  readonly #drops: Int32Array;
  readonly #dropsFrom: Int32Array;

  constructor(graph: Program, options: EvaluationOptions = {}, watch?: Watch) {
    this.#graph = graph;
    this.#watch = watch;
    const budget = options.budget ?? DEFAULT_BUDGET;
    this.#budget = budget === 0 ? Number.POSITIVE_INFINITY : budget;
    this.#mostHeld = budget === 0 ? Number.POSITIVE_INFINITY : MOST_HELD;
    this.#timeout = (options.timeout ?? Number.POSITIVE_INFINITY) * 1000;
    if (options.timing) this.#functionTimes = new Map();
    const size = graph.size;
    this.#state = new Uint8Array(size);
    this.#values = graph.values.slice();
    this.#cost = new Float64Array(size);
    this.#words = new Float64Array(size);
    this.#calls = new Array(size);
    for (let node = 0; node < size; node++) this.#calls[node] = callOf(graph, node);
    const { from, nodes } = lastReaders(graph);
    this.#dropsFrom = from;
    this.#drops = nodes;
  }

  /**
   * Runs the candidates on a sample; with `differs`, then the differ values of the batteries, with the expected grid for
   * `C` where the candidates had None.
   */
  run(...run: RunArguments): void {
    this.slices(Number.POSITIVE_INFINITY, ...run).next();
  }

  /**
   * The same in slices, so that the thread is free for something else in between, but for another run of this evaluator:
   * yields behind the first candidate or differ that ends so many milliseconds after the last slice. What is left of a run
   * that is given up has no outcome.
   */
  *slices(
    milliseconds: number,
    ...[sample, sink, differs, from = 0, to = this.#readers, lost]: RunArguments
  ): Generator<void, void, undefined> {
    const { length } = this.#graph.candidates;
    this.#begin(sample);
    try {
      const sliced = milliseconds !== Number.POSITIVE_INFINITY;
      let pauseAt = performance.now() + milliseconds;
      const end = differs === undefined ? Math.min(to, length) : to;
      for (let k = from; k < end; k++) {
        if (differs !== undefined && k >= length) {
          if (k === from || k === length) this.#beginDiffers(differs);
          this.#runDiffer(k, differs);
        } else if (lost?.[k] === 1) sink.ended(k, 'not_run', 0);
        else {
          this.#watch?.beat(k);
          this.#runCandidate(k, sink);
        }
        this.#drop(k);
        if (this.#kept > MOST_KEPT) this.#forget();
        if (!sliced || performance.now() < pauseAt) continue;
        yield;
        this.#limitMemory(); // others may have had other limits
        pauseAt = performance.now() + milliseconds;
      }
      for (let k = Math.max(from, differs === undefined ? length : to); k < this.#readers; k++) this.#drop(k);
    } finally {
      this.#end();
    }
  }

  /**
   * Runs one candidate on a sample; nothing is shared with the others.
   * @param look is shown the values of the nodes before they are dropped
   */
  runOne(k: number, sample: SampleInput, sink: OutcomeSink, look?: (nodes: NodeValues) => void): void {
    const { candidates, steps } = this.#graph;
    this.#begin(sample);
    const stopped = this.#runCandidate(k, sink);
    look?.({
      stopped: stopped < 0 ? undefined : steps.data[stopped]!,
      has: (node) => this.#graph.at.data[node]! < 0 || this.#state[node] === DONE,
      value: (node) => this.#values[node]!,
    });
    const { firstStep, lastStep } = candidates[k]!;
    for (let s = firstStep; s < lastStep; s++) this.#values[steps.data[s]!] = undefined;
    this.#kept = 0;
    this.#end();
  }

  get #readers(): number {
    return this.#graph.candidates.length + this.#graph.differs.length;
  }

  /** Units of the budget that the candidate run last has used. */
  get used(): number {
    return this.#used;
  }

  #begin({ input, pairs }: SampleInput): void {
    this.#state.fill(UNKNOWN);
    this.#failures.clear();
    this.#kept = 0;
    this.#values[PAIRS] = pairs ?? null;
    this.#values[INPUT] = input;
    this.#values[THIRD] = null;
    this.#limitMemory();
  }

  #limitMemory(): void {
    const watch = this.#watch;
    meter.room = watch && ((words) => watch.room(words));
    if (this.#budget !== Number.POSITIVE_INFINITY) meter.limit(LARGEST_VALUE, this.#mostHeld);
    else if (watch !== undefined) meter.limit(LARGE_VALUE, ROOM_STEP);
    else meter.limit(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  #end(): void {
    for (const role of [PAIRS, INPUT, THIRD]) this.#values[role] = undefined;
  }

  /** Drops the values that nobody after the k-th reader, candidate or differ, reads. */
  #drop(k: number): void {
    for (let d = this.#dropsFrom[k]!; d < this.#dropsFrom[k + 1]!; d++) this.#release(this.#drops[d]!);
  }

  #release(node: number): void {
    if (this.#state[node] === DONE && this.#values[node] !== undefined) this.#kept -= this.#words[node]!;
    this.#values[node] = undefined;
  }

  /**
   * Drops values that later readers need, the large ones first: they are evaluated again by the next reader, whom they cost
   * what they cost before.
   */
  #forget(): void {
    const { size, at } = this.#graph;
    for (const least of [LARGE_KEPT, 0]) {
      for (let node = 0; node < size; node++) {
        if (at.data[node]! < 0 || this.#state[node] !== DONE || this.#words[node]! < least) continue;
        this.#release(node);
        this.#state[node] = UNKNOWN;
      }
      if (this.#kept <= MOST_KEPT) return;
    }
  }

  /** What was made from None for `C` is made anew from the expected grid. */
  #beginDiffers({ expected }: DifferRun): void {
    const { size, code, at } = this.#graph;
    const depends = new Uint8Array(size);
    depends[THIRD] = 1;
    for (let node = THIRD + 1; node < size; node++) {
      const from = at.data[node]!;
      if (from < 0) continue;
      for (let k = 0; k <= code.data[from + 1]!; k++) {
        if (depends[code.data[k === 0 ? from : from + 1 + k]!] === 1) depends[node] = 1;
      }
      if (depends[node] === 1) {
        this.#release(node);
        this.#state[node] = UNKNOWN;
      }
    }
    this.#values[THIRD] = expected;
  }

  #runDiffer(k: number, { value }: DifferRun): void {
    const { candidates, differs } = this.#graph;
    const differ = k - candidates.length;
    const { firstStep, lastStep, result } = differs[differ]!;
    // a task that the deadline comes to is done again, with all its differs
    if (this.stopAt !== Number.POSITIVE_INFINITY && performance.now() >= this.stopAt) return;
    this.#watch?.beat(k);
    if (this.#runSteps(firstStep, lastStep) < 0) value(differ, this.#values[result]!);
  }

  /** Returns the step that stopped it, or -1. */
  #runCandidate(k: number, sink: OutcomeSink): number {
    const { firstStep, lastStep, result } = this.#graph.candidates[k]!;
    if (this.stopAt !== Number.POSITIVE_INFINITY && performance.now() >= this.stopAt) {
      sink.ended(k, 'not_run', 0);
      return -1;
    }
    const stopped = this.#runSteps(firstStep, lastStep);
    if (stopped >= 0) {
      const failure = this.#failure;
      let verdict: Verdict = failure instanceof Stop ? failure.verdict : `error:${failure.name}`;
      if (verdict === 'timeout' && performance.now() >= this.stopAt) verdict = 'not_run';
      sink.ended(k, verdict, this.#graph.lines.data[stopped]!);
      return stopped;
    }
    const value = this.#values[result]!;
    const output = gridOf(value);
    if (output === undefined) sink.notGrid(k, value);
    else sink.grid(k, output, value);
    return stopped;
  }

  /** Runs some steps in order; the step that stopped it, for the reason left in `#failure`, or -1. */
  #runSteps(firstStep: number, lastStep: number): number {
    const steps = this.#graph.steps.data;
    const budget = this.#budget;
    const ends = this.#timeout === Number.POSITIVE_INFINITY ? this.#timeout : performance.now() + this.#timeout;
    const deadline = Math.min(ends, this.stopAt);
    this.#used = 0;
    let held = 0;
    let evaluated = 0;
    let unseen = 0;
    for (let s = firstStep; s < lastStep; s++) {
      const node = steps[s]!;
      if (this.#state[node] === UNKNOWN) {
        this.#evaluate(node, deadline);
        evaluated++;
        unseen += this.#cost[node]!;
        if (unseen > CLOCK_SLICE) {
          unseen = 0;
          if (performance.now() > deadline && !this.#failures.has(node)) {
            this.#failure = TIMEOUT_STOP;
            return s;
          }
        }
      }
      this.#used += this.#cost[node]!;
      held += this.#words[node]!;
      if (this.#used > budget || held > this.#mostHeld) {
        this.#failure = BUDGET_STOP;
        return s;
      }
      if (this.#state[node] === FAILED) {
        this.#failure = this.#failures.get(node)!;
        // a node that had only the rest of this reader's time gets all of the next one's
        if (this.#failure === TIMEOUT_STOP && evaluated > 1) this.#state[node] = UNKNOWN;
        return s;
      }
    }
    return -1;
  }

  /**
   * Seconds spent in the functions that candidates called since the last time, by name; what a function calls itself
   * counts for it. Empty unless asked for.
   */
  takeFunctionTimes(): ReadonlyMap<string, number> {
    const times = this.#functionTimes;
    if (times !== undefined) this.#functionTimes = new Map();
    return times ?? new Map();
  }

  /** Evaluates a call node whose arguments are there; leaves its value or failure, and its cost. */
  #evaluate(node: number, deadline: number): void {
    if (this.#functionTimes === undefined) {
      this.#evaluateUntimed(node, deadline);
      return;
    }
    const start = performance.now();
    this.#evaluateUntimed(node, deadline);
    const seconds = (performance.now() - start) / 1000;
    const callee = this.#values[this.#graph.code.data[this.#graph.at.data[node]!]!];
    const name = (callee instanceof Fn ? callee.name : null) ?? MADE;
    this.#functionTimes.set(name, (this.#functionTimes.get(name) ?? 0) + seconds);
  }

  #evaluateUntimed(node: number, deadline: number): void {
    meter.start(this.#budget, deadline);
    try {
      this.#values[node] = this.#call(node);
      this.#state[node] = DONE;
    } catch (error) {
      const failure = failureOf(error);
      if (failure instanceof PyError && this.#isGuarded(node, failure)) {
        this.#values[node] = safeDefault(this.#values[this.#graph.code.data[this.#graph.at.data[node]!]!]!);
        this.#state[node] = DONE;
      } else {
        this.#failures.set(node, failure);
        this.#state[node] = FAILED;
      }
    }
    this.#cost[node] = 1 + meter.used();
    this.#words[node] = meter.held;
    if (meter.held > MUCH_HELD) collectSooner();
    if (this.#state[node] === DONE) this.#kept += meter.held;
  }

  /** Whether the statement of a node catches an exception. Source: docs/spec/battery.md 2, form 1. */
  #isGuarded(node: number, { name }: PyError): boolean {
    switch (this.#graph.guardOf(node)) {
      case GUARD_P4:
        return CAUGHT_AT_P4.has(name);
      case GUARD_HEAD:
        return CAUGHT_AT_P4.has(name) || name === 'IndexError' || name === 'KeyError';
      default:
        return false;
    }
  }

  #call(node: number): Value {
    const { code, at } = this.#graph;
    const words = code.data;
    const from = at.data[node]!;
    const v = this.#values;
    const call = this.#calls[node];
    if (call !== undefined) {
      switch (words[from + 1]!) {
        case 1:
          return call(v[words[from + 2]!]!);
        case 2:
          return call(v[words[from + 2]!]!, v[words[from + 3]!]!);
        case 3:
          return call(v[words[from + 2]!]!, v[words[from + 3]!]!, v[words[from + 4]!]!);
        default:
          return call(v[words[from + 2]!]!, v[words[from + 3]!]!, v[words[from + 4]!]!, v[words[from + 5]!]!);
      }
    }
    const args: Value[] = [];
    for (let k = 0; k < words[from + 1]!; k++) args.push(v[words[from + 2 + k]!]!);
    return callAll(v[words[from]!]!, args);
  }
}

function callOf(graph: Program, node: number): Call | undefined {
  const from = graph.at.data[node]!;
  if (from < 0) return undefined;
  const callee = graph.values[graph.code.data[from]!];
  const count = graph.code.data[from + 1]!;
  return callee instanceof Fn && callee.arity === count && count >= 1 ? callee.call : undefined;
}

/** For each reader, the candidates and then the differs, the nodes whose values nobody after it reads. */
function lastReaders(graph: Program): { from: Int32Array; nodes: Int32Array } {
  const { candidates, differs, steps, code, at, size } = graph;
  const readers = [...candidates, ...differs];
  const last = new Int32Array(size).fill(-1);
  readers.forEach(({ firstStep, lastStep, result }, k) => {
    for (let s = firstStep; s < lastStep; s++) {
      const node = steps.data[s]!;
      const words = at.data[node]!;
      last[node] = k;
      for (let w = 0; w <= code.data[words + 1]!; w++) last[code.data[w === 0 ? words : words + 1 + w]!] = k;
    }
    last[result] = k;
  });
  const from = new Int32Array(readers.length + 1);
  const isCall = (node: number): boolean => at.data[node]! >= 0 && last[node]! >= 0;
  for (let node = 0; node < size; node++) if (isCall(node)) from[last[node]! + 1]!++;
  for (let k = 0; k < readers.length; k++) from[k + 1]! += from[k]!;
  const next = from.slice();
  const nodes = new Int32Array(from[readers.length]!);
  for (let node = 0; node < size; node++) if (isCall(node)) nodes[next[last[node]!]!++] = node;
  return { from, nodes };
}

/** What an exception out of a call means; anything but a Python exception or a stop is an error of ours. */
function failureOf(error: unknown): PyError | Stop {
  if (error instanceof PyError || error instanceof Stop) return error;
  const memory = memoryErrorOf(error);
  if (memory !== undefined) throw memory;
  if (error instanceof RangeError) {
    // the JavaScript stack ends where Python's recursion limit would have; all else is a size beyond any value
    return error.message.includes('call stack') ? RECURSION_ERROR : BUDGET_STOP;
  }
  throw error;
}
