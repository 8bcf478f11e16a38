// What the statements of a program gave, and the call that stopped it.
import type { NodeValues } from '../../engine/evaluator.ts';
import type { Candidate, Graph } from '../../graph/graph.ts';
import { type Battery, type Ref, ROLES } from '../../lang/battery.ts';
import { kindOf } from '../../value/kindOf.ts';
import { Fn, type Value } from '../../value/value.ts';

/** A line of a program with calls; its value is that of the call evaluated last, which is the outermost one. */
interface Statement {
  /** 1-based line of the file. */
  readonly line: number;
  /** Undefined where it was not run, or raised. */
  readonly value: Value | undefined;
}

/** The call in which a program was stopped. */
export interface StoppedCall {
  readonly callee: Value;
  readonly args: readonly Value[];
}

/** What is known of a program's run on a sample. */
export interface Trace {
  /** In program order, without calls that the result does not need and that cannot raise. */
  readonly statements: readonly Statement[];
  readonly stopped: StoppedCall | undefined;
}

/** A call of the program and its node. */
interface Call {
  readonly line: number;
  readonly node: number;
}

/** Finds the nodes of a program's calls, so that the values of any run can be read. */
export class ProgramTrace {
  readonly #graph: Graph;
  readonly #calls: readonly Call[];

  /** @param battery the one that the program is from */
  constructor(graph: Graph, battery: Battery, program: Candidate) {
    this.#graph = graph;
    this.#calls = callsOf(graph, battery, program);
  }

  /** What the nodes say of the run just made. */
  of(nodes: NodeValues): Trace {
    const values = new Map<number, Value | undefined>();
    for (const { line, node } of this.#calls) values.set(line, nodes.has(node) ? nodes.value(node) : undefined);
    const statements = Array.from(values, ([line, value]) => ({ line, value }));
    if (nodes.stopped === undefined) return { statements, stopped: undefined };
    const [callee, ...args] = partsOf(this.#graph, nodes.stopped).map((node) => nodes.value(node));
    return { statements, stopped: { callee: callee!, args } };
  }
}

/** The nodes of a call: its callee, then its arguments. */
function partsOf({ code, at }: Graph, node: number): number[] {
  const from = at.data[node]!;
  const count = code.data[from + 1]!;
  return [code.data[from]!, ...code.data.subarray(from + 2, from + 2 + count)];
}

/** The calls of a program that are run, in order; equal ones share a node, which stands once among the steps. */
function callsOf(graph: Graph, battery: Battery, program: Candidate): Call[] {
  const run = new Map<string, number[]>();
  for (let step = program.firstStep; step < program.lastStep; step++) {
    const node = graph.steps.data[step]!;
    const key = partsOf(graph, node).join(' ');
    run.set(key, [...(run.get(key) ?? []), node]);
  }
  const { firstCall, callCount, dialect } = battery.bodies[program.body]!;
  const nodeOf = new Map<Ref, number>();
  const resolve = (ref: Ref): number | undefined => {
    if (ref >= 0) return nodeOf.get(ref);
    return ~ref < ROLES.length ? ~ref : graph.leaves.get(`${dialect} ${battery.names[~ref]!}`);
  };
  const calls: Call[] = [];
  for (let call = firstCall; call < firstCall + callCount; call++) {
    const from = battery.at[call]!;
    const refs = [battery.code[from]!, ...battery.code.subarray(from + 2, from + 2 + battery.code[from + 1]!)];
    const nodes = run.get(refs.map(resolve).join(' '));
    if (nodes === undefined) continue;
    // equal calls that must stay two objects are nodes of their own
    const node = nodes.length > 1 ? nodes.shift()! : nodes[0]!;
    nodeOf.set(call, node);
    calls.push({ line: battery.lines[call]!, node });
  }
  return calls;
}

/** What CPython says of a TypeError of the call itself; undefined for one from inside a function, of which no text is kept. */
export function messageOf({ callee, args }: StoppedCall, error: string): string | undefined {
  if (error !== 'TypeError') return undefined;
  if (!(callee instanceof Fn)) return `'${kindOf(callee)}' object is not callable`;
  const { name, arity, otherwise } = callee;
  if (name === null || otherwise !== null || args.length <= arity) return undefined;
  const takes = `takes ${arity} positional argument${arity === 1 ? '' : 's'}`;
  return `${name}() ${takes} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`;
}
