// The hash-consed expression graph of all candidates: equal calls of all programs are one node.

import { neverRaises } from '../dsl/pure.ts';
import type { Names } from '../dsl/table.ts';
import {
  type Battery,
  type Body,
  type Dialect,
  GUARD_HELPER,
  GUARD_NONE,
  type Output,
  type Ref,
} from '../lang/battery.ts';
import { Fn, type Value } from '../value/value.ts';
import { IntList } from './intList.ts';

/** The nodes of a program's parameters: demo pairs `S`, input grid `I`, third grid `C`. */
export const PAIRS = 0;
export const INPUT = 1;
export const THIRD = 2;
const ROLE_COUNT = 3;

/** A program to score, one for all its duplicates. */
export interface Candidate {
  /** Place among the candidates of the graph, from 0; duplicates are none of them. */
  readonly place: number;
  readonly solverId: string;
  /** The battery's file and the line of the program's `def`. */
  readonly source: string;
  readonly line: number;
  /** Solver ids of its duplicates: later programs with the same result and the same calls that can raise, in order. */
  readonly also: string[];
  /** Its calls in program order are steps[firstStep .. lastStep). */
  readonly firstStep: number;
  readonly lastStep: number;
  /** The node of its result. */
  readonly result: number;
  readonly dialect: Dialect;
  /** Where its text is: the battery's place in the order of adding, the body's, and the output in it. */
  readonly battery: number;
  readonly body: number;
  readonly ref: Ref;
}

/** A differ value of a battery: an expression of the third grid, compared for every candidate. */
export interface DifferItem {
  readonly name: string;
  /** null for the leading copies, which compare `I` with `C`. */
  readonly solverId: string | null;
  readonly firstStep: number;
  readonly lastStep: number;
  readonly result: number;
  readonly battery: number;
  readonly body: number;
  readonly ref: Ref;
}

/** Bits of a call's mark: below these the occurrence, from here on how the statement is guarded. */
const GUARD_SHIFT = 24;

export class Graph {
  readonly #namesOf: (dialect: Dialect) => Names;
  /** Leaves by name, and the value of every leaf (a parameter has none). */
  readonly #leaves = new Map<string, number>();
  /** Value of node k when it is a constant or a DSL function; undefined for parameters and calls. */
  readonly values: (Value | undefined)[] = [undefined, undefined, undefined];
  /**
   * Call nodes: callee node, argument count, argument nodes, mark, from `at[k]` on; at[k] = -1 for leaves.
   * The mark is the occurrence, 0 but in programs where two equal calls must stay two objects (docs/spec/dsl.md 1.6),
   * and the guard (`GUARD_*`) of a statement that may raise.
   */
  readonly code: IntList = new IntList(1024);
  readonly at: IntList = new IntList(1024);
  /** Calls of the candidates in program order, without those that can neither raise nor matter. */
  readonly steps: IntList = new IntList(1024);
  /** Battery line of each step. */
  readonly lines: IntList = new IntList(1024);
  readonly candidates: Candidate[] = [];
  /** Differ values, in file order. */
  readonly differs: DifferItem[] = [];
  /** Batteries added. */
  batteries = 0;
  /** Programs added, duplicates included. */
  programs = 0;
  /** Calls added, before sharing. */
  calls = 0;
  #buckets: Int32Array = new Int32Array(1 << 6).fill(-1);
  #used = 0;
  /** Candidates by the hash of what makes them duplicates: the latest, and for each the one before it (or -1). */
  readonly #latest = new Map<number, number>();
  readonly #before: IntList = new IntList();

  /** @param namesOf the names of a dialect, asked for when a battery needs them */
  constructor(namesOf: (dialect: Dialect) => Names) {
    this.#namesOf = namesOf;
    for (let role = 0; role < ROLE_COUNT; role++) this.at.push(-1);
  }

  /** Nodes of the graph: parameters, names and distinct calls. */
  get size(): number {
    return this.at.length;
  }

  /** The names that are leaves: dialect, a space and the name, and its node. */
  get leaves(): ReadonlyMap<string, number> {
    return this.#leaves;
  }

  get callNodes(): number {
    return this.#used;
  }

  /** Adds the programs of a battery in file order. */
  add(battery: Battery): void {
    const nodeOf = new Int32Array(battery.at.length);
    const nodesOf: Record<Dialect, number[]> = { plain: [], sic: [] };
    battery.bodies.forEach((body, k) => {
      this.#addCalls(battery, body, nodesOf[body.dialect], nodeOf);
      const resolve = (ref: Ref): number => (ref >= 0 ? nodeOf[ref]! : nodesOf[body.dialect][~ref]!);
      for (const output of body.outputs) this.#addOutput(battery, body, k, output, nodeOf, resolve);
      for (const { name, solverId, ref } of body.differs) {
        const firstStep = this.steps.length;
        this.#addNeeded(battery, body, nodeOf, ref);
        const place = { battery: this.batteries, body: k, ref };
        this.differs.push({ name, solverId, firstStep, lastStep: this.steps.length, result: resolve(ref), ...place });
      }
    });
    this.batteries++;
  }

  /** Makes the nodes of a body's names and calls. */
  #addCalls(battery: Battery, body: Body, names: number[], nodeOf: Int32Array): void {
    const { code, at } = battery;
    const args: number[] = [];
    const resolve = (ref: Ref): number => {
      if (ref >= 0) return nodeOf[ref]!;
      const k = ~ref;
      names[k] ??= k < ROLE_COUNT ? k : this.#leaf(battery.names[k]!, body.dialect);
      return names[k]!;
    };
    // `intersection` tells one set object from two equal ones, so where it is named equal calls stay apart
    const made = mentions(battery, body, 'intersection') ? new Map<number, number>() : undefined;
    for (let call = body.firstCall; call < body.firstCall + body.callCount; call++) {
      const from = at[call]!;
      const count = code[from + 1]!;
      const callee = resolve(code[from]!);
      args.length = 0;
      for (let k = 0; k < count; k++) args.push(resolve(code[from + 2 + k]!));
      const guard = this.#needsGuard(callee, body) ? (body.guards[call - body.firstCall] ?? GUARD_NONE) : GUARD_NONE;
      const mark = (guard === GUARD_HELPER ? GUARD_NONE : guard) << GUARD_SHIFT;
      const node = this.#node(callee, args, mark);
      const earlier = made?.get(node) ?? 0;
      made?.set(node, earlier + 1);
      nodeOf[call] = earlier === 0 ? node : this.#node(callee, args, mark + earlier);
    }
    for (const { ref } of body.outputs) resolve(ref);
    for (const { ref } of body.differs) resolve(ref);
    this.calls += body.callCount;
  }

  /** A DSL function of the S/I/C dialect never raises: its guard says nothing. */
  #needsGuard(callee: number, body: Body): boolean {
    return !(body.dialect === 'sic' && this.values[callee] instanceof Fn);
  }

  #addOutput(
    battery: Battery,
    body: Body,
    place: number,
    output: Output,
    nodeOf: Int32Array,
    resolve: (ref: Ref) => number,
  ): void {
    this.programs++;
    const firstStep = this.steps.length;
    if (body.dialect === 'plain') this.#addSteps(battery, body, nodeOf, resolve(output.ref));
    else this.#addNeeded(battery, body, nodeOf, output.ref);
    const candidate: Candidate = {
      place: this.candidates.length,
      solverId: output.solverId,
      source: battery.file,
      line: output.line,
      also: [],
      firstStep,
      lastStep: this.steps.length,
      result: resolve(output.ref),
      dialect: body.dialect,
      battery: this.batteries,
      body: place,
      ref: output.ref,
    };
    const twin = this.#twin(candidate);
    if (twin === undefined) this.candidates.push(candidate);
    else {
      twin.also.push(candidate.solverId);
      this.steps.length = firstStep;
      this.lines.length = firstStep;
    }
  }

  /** Writes the calls that `ref` needs, each node once, in program order. */
  #addNeeded(battery: Battery, body: Body, nodeOf: Int32Array, ref: Ref): void {
    const { code, at, lines } = battery;
    const needed = new Set<number>();
    const open = [ref];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next < body.firstCall || needed.has(next)) continue;
      needed.add(next);
      const from = at[next]!;
      open.push(code[from]!);
      for (let k = 0; k < code[from + 1]!; k++) open.push(code[from + 2 + k]!);
    }
    const nodes = new Set<number>();
    for (const call of [...needed].sort((a, b) => a - b)) {
      const node = nodeOf[call]!;
      if (nodes.has(node)) continue;
      nodes.add(node);
      this.steps.push(node);
      this.lines.push(lines[call]!);
    }
  }

  /** Writes the calls of a body that its result needs or that can raise, each node once, in program order. */
  #addSteps(battery: Battery, body: Body, nodeOf: Int32Array, result: number): void {
    const needed = new Set<number>([result]);
    const end = body.firstCall + body.callCount;
    for (let call = end - 1; call >= body.firstCall; call--) {
      const node = nodeOf[call]!;
      if (!needed.has(node) && !this.canRaise(node)) continue;
      needed.add(node);
      const from = this.at.data[node]!;
      const count = this.code.data[from + 1]!;
      needed.add(this.code.data[from]!);
      for (let k = 0; k < count; k++) needed.add(this.code.data[from + 2 + k]!);
    }
    for (let call = body.firstCall; call < end; call++) {
      const node = nodeOf[call]!;
      if (!needed.delete(node)) continue;
      this.steps.push(node);
      this.lines.push(battery.lines[call]!);
    }
  }

  /** How the statement of a call node is guarded: `GUARD_*`. */
  guardOf(node: number): number {
    const from = this.at.data[node]!;
    return this.code.data[from + 2 + this.code.data[from + 1]!]! >> GUARD_SHIFT;
  }

  /** Whether a call can raise: all can but those of a few functions, named with their right number of arguments. */
  canRaise(node: number): boolean {
    const from = this.at.data[node]!;
    const callee = this.values[this.code.data[from]!];
    return !(callee instanceof Fn && neverRaises(callee) && callee.arity === this.code.data[from + 1]);
  }

  /** The node of a name: a constant or a function of the dialect. */
  #leaf(name: string, dialect: Dialect): number {
    const key = `${dialect} ${name}`;
    let node = this.#leaves.get(key);
    if (node === undefined) {
      const value = this.#namesOf(dialect).get(name);
      if (value === undefined) throw new Error(`no such name in the DSL: ${name}`);
      node = this.at.length;
      this.at.push(-1);
      this.values[node] = value;
      this.#leaves.set(key, node);
    }
    return node;
  }

  /** The node of a call: the one there is, or a new one. */
  #node(callee: number, args: readonly number[], mark: number): number {
    const from = this.code.length;
    this.code.push(callee);
    this.code.push(args.length);
    for (const arg of args) this.code.push(arg);
    this.code.push(mark);
    const slot = this.#slotOf(from);
    const known = this.#buckets[slot]!;
    if (known !== -1) {
      this.code.length = from;
      return known;
    }
    const node = this.at.length;
    this.at.push(from);
    this.values.push(undefined);
    this.#buckets[slot] = node;
    if (++this.#used * 2 > this.#buckets.length) {
      const nodes = this.#buckets.filter((other) => other !== -1);
      this.#buckets = new Int32Array(this.#buckets.length * 2).fill(-1);
      for (const other of nodes) this.#buckets[this.#slotOf(this.at.data[other]!)] = other;
    }
    return node;
  }

  /** The bucket of the node equal to the call written at `from`, or the empty bucket where it belongs. */
  #slotOf(from: number): number {
    const code = this.code.data;
    const words = code[from + 1]! + 3;
    let h = 0;
    for (let k = 0; k < words; k++) h = Math.imul((h ^ code[from + k]!) + (h >>> 15), 0x85ebca6b);
    const mask = this.#buckets.length - 1;
    let slot = (h ^ (h >>> 13)) & mask;
    for (;;) {
      const node = this.#buckets[slot]!;
      if (node === -1) return slot;
      const other = this.at.data[node]!;
      let k = 0;
      while (k < words && code[other + k] === code[from + k]) k++;
      if (k === words) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The earlier candidate with the same result and the same ordered calls that can raise. */
  #twin(candidate: Candidate): Candidate | undefined {
    const raising = this.#raising(candidate);
    let h = candidate.result;
    for (const node of raising) h = Math.imul((h ^ node) + (h >>> 15), 0x85ebca6b);
    const latest = this.#latest.get(h) ?? -1;
    for (let other = latest; other !== -1; other = this.#before.data[other]!) {
      const twin = this.candidates[other]!;
      if (twin.result !== candidate.result || twin.dialect !== candidate.dialect) continue;
      const theirs = this.#raising(twin);
      if (theirs.length === raising.length && theirs.every((node, k) => node === raising[k])) return twin;
    }
    this.#latest.set(h, this.candidates.length);
    this.#before.push(latest);
    return undefined;
  }

  /** The ordered calls that can raise; in the S/I/C dialect the result alone makes a duplicate. */
  #raising(candidate: Candidate): number[] {
    const raising: number[] = [];
    if (candidate.dialect === 'sic') return raising;
    for (let k = candidate.firstStep; k < candidate.lastStep; k++) {
      const node = this.steps.data[k]!;
      if (this.canRaise(node)) raising.push(node);
    }
    return raising;
  }
}

/** Whether a body names this function, as a callee or as an argument. */
function mentions(battery: Battery, body: Body, name: string): boolean {
  const ref = ~battery.names.indexOf(name);
  if (ref === 0) return false; // ~-1: not named in the whole file
  const { code, at } = battery;
  for (let call = body.firstCall; call < body.firstCall + body.callCount; call++) {
    const from = at[call]!;
    if (code[from] === ref) return true;
    for (let k = 0; k < code[from + 1]!; k++) if (code[from + 2 + k] === ref) return true;
  }
  return false;
}
