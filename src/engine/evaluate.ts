// Evaluates the graph on one sample: every node at most once, values dropped after their last reader.
import type { Graph } from '../graph/graph.ts';
import { INPUT } from '../graph/graph.ts';
import { BUDGET_STOP, PyError, RECURSION_ERROR, Stop } from '../value/errors.ts';
import { meter } from '../value/meter.ts';
import { callAll, Fn, type Grid, type Value } from '../value/value.ts';
import { gridOf } from './output.ts';
import type { OutputGrid, Verdict } from './verdict.ts';

/**
 * Units a candidate may use on a sample, by default. A unit is an item touched or built, some 30 ns of CPython, so this
 * is about ten seconds of it.
 */
export const DEFAULT_BUDGET = 300_000_000;

/** Items of the largest single value within any budget: 2^25, some 256 MB as a tuple. */
const LARGEST_VALUE = 1 << 25;

/** Words of 8 bytes that a candidate's values may take together on a sample, within any budget: 384 MB. */
const MOST_HELD = 3 << 24;

export interface EvaluationOptions {
  /** Units a candidate may use on a sample; 0 = no limit. Default `DEFAULT_BUDGET`. */
  readonly budget?: number;
  /** Seconds of wall clock that a candidate may take on a sample; default: no limit. */
  readonly timeout?: number;
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

const UNKNOWN = 0;
const DONE = 1;
const FAILED = 2;

type Call = (...args: Value[]) => Value;

export class Evaluator {
  readonly #graph: Graph;
  readonly #budget: number;
  readonly #mostHeld: number;
  readonly #timeout: number;
  readonly #state: Uint8Array;
  readonly #values: (Value | undefined)[];
  /** Units that each evaluated node used, and words that it allocated. */
  readonly #cost: Float64Array;
  readonly #words: Float64Array;
  #used = 0;
  readonly #failures = new Map<number, PyError | Stop>();
  /** Per node: the function it calls, when that is a name of the DSL with the right number of arguments. */
  readonly #calls: (Call | undefined)[];
  /** Nodes to drop after candidate k: #drops[#dropsFrom[k] .. #dropsFrom[k + 1]). */
  readonly #drops: Int32Array;
  readonly #dropsFrom: Int32Array;

  constructor(graph: Graph, options: EvaluationOptions = {}) {
    this.#graph = graph;
    const budget = options.budget ?? DEFAULT_BUDGET;
    this.#budget = budget === 0 ? Number.POSITIVE_INFINITY : budget;
    this.#mostHeld = budget === 0 ? Number.POSITIVE_INFINITY : MOST_HELD;
    this.#timeout = (options.timeout ?? Number.POSITIVE_INFINITY) * 1000;
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

  /** Runs every candidate on an input grid. */
  run(input: Grid, sink: OutcomeSink): void {
    const { candidates } = this.#graph;
    this.#begin(input);
    for (let k = 0; k < candidates.length; k++) {
      this.#runCandidate(k, sink);
      for (let d = this.#dropsFrom[k]!; d < this.#dropsFrom[k + 1]!; d++) this.#values[this.#drops[d]!] = undefined;
    }
    this.#values[INPUT] = undefined;
  }

  /** Runs one candidate on an input grid; nothing is shared with the others. */
  runOne(k: number, input: Grid, sink: OutcomeSink): void {
    const { candidates, steps } = this.#graph;
    this.#begin(input);
    this.#runCandidate(k, sink);
    const { firstStep, lastStep } = candidates[k]!;
    for (let s = firstStep; s < lastStep; s++) this.#values[steps.data[s]!] = undefined;
    this.#values[INPUT] = undefined;
  }

  /** Units of the budget that the candidate run last has used. */
  get used(): number {
    return this.#used;
  }

  #begin(input: Grid): void {
    this.#state.fill(UNKNOWN);
    this.#failures.clear();
    this.#values[INPUT] = input;
    meter.limit(this.#budget === Number.POSITIVE_INFINITY ? this.#budget : LARGEST_VALUE, this.#mostHeld);
  }

  #runCandidate(k: number, sink: OutcomeSink): void {
    const candidate = this.#graph.candidates[k]!;
    const steps = this.#graph.steps.data;
    const budget = this.#budget;
    const deadline = this.#timeout === Number.POSITIVE_INFINITY ? this.#timeout : performance.now() + this.#timeout;
    this.#used = 0;
    let held = 0;
    for (let s = candidate.firstStep; s < candidate.lastStep; s++) {
      const node = steps[s]!;
      if (this.#state[node] === UNKNOWN) this.#evaluate(node, deadline);
      this.#used += this.#cost[node]!;
      held += this.#words[node]!;
      const failure =
        this.#used > budget || held > this.#mostHeld
          ? BUDGET_STOP
          : this.#state[node] === FAILED
            ? this.#failures.get(node)!
            : undefined;
      if (failure !== undefined) {
        const verdict: Verdict = failure instanceof Stop ? failure.verdict : `error:${failure.name}`;
        sink.ended(k, verdict, this.#graph.lines.data[s]!);
        return;
      }
    }
    const value = this.#values[candidate.result]!;
    const output = gridOf(value);
    if (output === undefined) sink.notGrid(k, value);
    else sink.grid(k, output, value);
  }

  /** Evaluates a call node whose arguments are there; leaves its value or failure, and its cost. */
  #evaluate(node: number, deadline: number): void {
    meter.start(this.#budget, deadline);
    try {
      this.#values[node] = this.#call(node);
      this.#state[node] = DONE;
    } catch (error) {
      this.#failures.set(node, failureOf(error));
      this.#state[node] = FAILED;
    }
    this.#cost[node] = 1 + meter.used();
    this.#words[node] = meter.held;
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

function callOf(graph: Graph, node: number): Call | undefined {
  const from = graph.at.data[node]!;
  if (from < 0) return undefined;
  const callee = graph.values[graph.code.data[from]!];
  const count = graph.code.data[from + 1]!;
  return callee instanceof Fn && callee.arity === count && count >= 1 ? callee.call : undefined;
}

/** For each candidate the nodes whose values nobody after it reads. */
function lastReaders(graph: Graph): { from: Int32Array; nodes: Int32Array } {
  const { candidates, steps, code, at, size } = graph;
  const last = new Int32Array(size).fill(-1);
  for (let k = 0; k < candidates.length; k++) {
    const { firstStep, lastStep, result } = candidates[k]!;
    for (let s = firstStep; s < lastStep; s++) {
      const node = steps.data[s]!;
      const words = at.data[node]!;
      last[node] = k;
      for (let w = 0; w < code.data[words + 1]! + 1; w++) last[code.data[w === 0 ? words : words + 1 + w]!] = k;
    }
    last[result] = k;
  }
  const from = new Int32Array(candidates.length + 1);
  const isCall = (node: number): boolean => at.data[node]! >= 0 && last[node]! >= 0;
  for (let node = 0; node < size; node++) if (isCall(node)) from[last[node]! + 1]!++;
  for (let k = 0; k < candidates.length; k++) from[k + 1]! += from[k]!;
  const next = from.slice();
  const nodes = new Int32Array(from[candidates.length]!);
  for (let node = 0; node < size; node++) if (isCall(node)) nodes[next[last[node]!]!++] = node;
  return { from, nodes };
}

/** What an exception out of a call means; anything but a Python exception or a stop is an error of ours. */
function failureOf(error: unknown): PyError | Stop {
  if (error instanceof PyError || error instanceof Stop) return error;
  if (error instanceof RangeError) {
    // the JavaScript stack ends where Python's recursion limit would have; all else is a size beyond any value
    return error.message.includes('call stack') ? RECURSION_ERROR : BUDGET_STOP;
  }
  throw error;
}
