// The hash-consed expression graph of all candidates: equal calls of all programs are one node.

import { neverRaises } from '../dsl/pure.ts';
import type { Names } from '../dsl/table.ts';
import type { Battery, Body } from '../lang/battery.ts';
import { Fn, type Value } from '../value/value.ts';
import { IntList } from './ints.ts';

/** The nodes of a program's parameters: demo pairs, input grid, third grid. */
export const ROLE_COUNT = 3;
/** The node of the input grid `I`. */
export const INPUT = 1;

/** A program to score, one for all its duplicates. */
export interface Candidate {
  /** Place in the order of reading, over all batteries of the graph, from 0. */
  readonly index: number;
  readonly solverId: string;
  /** The battery's file and the line of the program's `def`. */
  readonly source: string;
  readonly line: number;
  /** Solver ids of later programs that are the same (DESIGN §6: duplicate). */
  readonly also: string[];
  /** Its calls in program order are steps[firstStep .. lastStep). */
  readonly firstStep: number;
  readonly lastStep: number;
  /** The node of its result. */
  readonly result: number;
}

export class Graph {
  readonly #names: Names;
  /** Leaves by name, and the value of every leaf (a parameter has none). */
  readonly #leaves = new Map<string, number>();
  /** Value of node k when it is a constant or a DSL function; undefined for parameters and calls. */
  readonly values: (Value | undefined)[] = [undefined, undefined, undefined];
  /**
   * Call nodes: callee node, argument count, argument nodes, occurrence, from `at[k]` on; at[k] = -1 for leaves.
   * The occurrence is 0 but in programs where two equal calls must stay two objects (SPEC 1.6).
   */
  readonly code: IntList = new IntList(1024);
  readonly at: IntList = new IntList(1024);
  /** Calls of the candidates in program order, without those that can neither raise nor matter. */
  readonly steps: IntList = new IntList(1024);
  /** Battery line of each step. */
  readonly lines: IntList = new IntList(1024);
  readonly candidates: Candidate[] = [];
  /** Programs added, duplicates included. */
  programs = 0;
  /** Calls added, before sharing. */
  calls = 0;
  #buckets: Int32Array = new Int32Array(1 << 12).fill(-1);
  #used = 0;
  /** Candidates by the hash of what makes them duplicates: the latest, and for each the one before it (or -1). */
  readonly #latest = new Map<number, number>();
  readonly #before: IntList = new IntList();

  constructor(names: Names) {
    this.#names = names;
    for (let role = 0; role < ROLE_COUNT; role++) this.at.push(-1);
  }

  /** Nodes of the graph: parameters, names and distinct calls. */
  get size(): number {
    return this.at.length;
  }

  get callNodes(): number {
    return this.#used;
  }

  /** Adds the programs of a battery in file order. Bodies of the S/I/C dialect are left out: the caller asks for them. */
  add(battery: Battery): void {
    const nameNodes = Array.from(battery.names, (_, k) => (k < ROLE_COUNT ? k : -1));
    const nodeOf = new Int32Array(battery.at.length);
    for (const body of battery.bodies) if (body.dialect === 'plain') this.#addBody(battery, body, nameNodes, nodeOf);
  }

  #addBody(battery: Battery, body: Body, nameNodes: number[], nodeOf: Int32Array): void {
    const { code, at } = battery;
    const args: number[] = [];
    const resolve = (ref: number): number => {
      if (ref >= 0) return nodeOf[ref]!;
      const k = ~ref;
      if (nameNodes[k] === -1) nameNodes[k] = this.#leaf(battery.names[k]!);
      return nameNodes[k]!;
    };
    const firstStep = this.steps.length;
    // `intersection` tells one set object from two equal ones, so where it is named equal calls stay apart
    const made = mentions(battery, body, 'intersection') ? new Map<number, number>() : undefined;
    const end = body.firstCall + body.callCount;
    for (let call = body.firstCall; call < end; call++) {
      const from = at[call]!;
      const count = code[from + 1]!;
      const callee = resolve(code[from]!);
      args.length = 0;
      for (let k = 0; k < count; k++) args.push(resolve(code[from + 2 + k]!));
      const node = this.#node(callee, args, 0);
      const earlier = made?.get(node) ?? 0;
      made?.set(node, earlier + 1);
      nodeOf[call] = earlier === 0 ? node : this.#node(callee, args, earlier);
    }
    this.calls += body.callCount;
    for (const output of body.outputs) {
      this.programs++;
      const result = resolve(output.ref);
      this.#addSteps(battery, body, nodeOf, result);
      const candidate: Candidate = {
        index: this.programs - 1,
        solverId: output.solverId,
        source: battery.file,
        line: output.line,
        also: [],
        firstStep,
        lastStep: this.steps.length,
        result,
      };
      const twin = this.#twin(candidate);
      if (twin === undefined) this.candidates.push(candidate);
      else {
        twin.also.push(candidate.solverId);
        this.steps.length = firstStep;
        this.lines.length = firstStep;
      }
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

  /** Whether a call can raise: all can but those of a few functions, named with their right number of arguments. */
  canRaise(node: number): boolean {
    const from = this.at.data[node]!;
    const callee = this.values[this.code.data[from]!];
    return !(callee instanceof Fn && neverRaises(callee) && callee.arity === this.code.data[from + 1]);
  }

  /** The node of a name: a constant or a function of the dialect. */
  #leaf(name: string): number {
    let node = this.#leaves.get(name);
    if (node === undefined) {
      const value = this.#names.get(name);
      if (value === undefined) throw new Error(`no such name in the DSL: ${name}`);
      node = this.at.length;
      this.at.push(-1);
      this.values[node] = value;
      this.#leaves.set(name, node);
    }
    return node;
  }

  /** The node of a call: the one there is, or a new one. */
  #node(callee: number, args: readonly number[], occurrence: number): number {
    const from = this.code.length;
    this.code.push(callee);
    this.code.push(args.length);
    for (const arg of args) this.code.push(arg);
    this.code.push(occurrence);
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
      if (twin.result !== candidate.result) continue;
      const theirs = this.#raising(twin);
      if (theirs.length === raising.length && theirs.every((node, k) => node === raising[k])) return twin;
    }
    this.#latest.set(h, this.candidates.length);
    this.#before.push(latest);
    return undefined;
  }

  #raising(candidate: Candidate): number[] {
    const raising: number[] = [];
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
