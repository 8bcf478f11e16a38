// The graph as a worker gets it: its numbers in shared memory, its leaves by name.
import type { Names } from '../dsl/table.ts';
import type { Graph } from '../graph/graph.ts';
import type { Dialect } from '../lang/battery.ts';
import type { Value } from '../value/value.ts';
import type { Program, Reader } from './evaluator.ts';

/** A graph at one moment, with all that its evaluation needs. The arrays lie in shared memory: no worker has its own copy. */
export interface GraphSnapshot {
  readonly code: Int32Array;
  readonly at: Int32Array;
  readonly steps: Int32Array;
  readonly lines: Int32Array;
  /** Three numbers a candidate, then a differ: first step, last step, node of the result. */
  readonly readers: Int32Array;
  readonly candidates: number;
  /** How the statement of each node is guarded: `GUARD_*`. */
  readonly guards: Uint8Array;
  readonly leaves: readonly Leaf[];
}

interface Leaf {
  readonly dialect: Dialect;
  readonly name: string;
  readonly node: number;
}

/** Copies what evaluation needs of a graph; later additions to the graph are not in it. */
export function snapshotOf(graph: Graph): GraphSnapshot {
  const { code, at, steps, lines, candidates, differs, size } = graph;
  const readers = [...candidates, ...differs].flatMap(({ firstStep, lastStep, result }) => [
    firstStep,
    lastStep,
    result,
  ]);
  const guards = new Uint8Array(new SharedArrayBuffer(size));
  for (let node = 0; node < size; node++) if (at.data[node]! >= 0) guards[node] = graph.guardOf(node);
  return {
    code: shared(code.data.subarray(0, code.length)),
    at: shared(at.data.subarray(0, at.length)),
    steps: shared(steps.data.subarray(0, steps.length)),
    lines: shared(lines.data.subarray(0, lines.length)),
    readers: shared(readers),
    candidates: candidates.length,
    guards,
    leaves: Array.from(graph.leaves, ([key, node]) => {
      const [dialect, name] = key.split(' ') as [Dialect, string];
      return { dialect, name, node };
    }),
  };
}

/**
 * The graph of a snapshot, as far as the evaluator reads it.
 * @param namesOf the names of a dialect, asked for when there is a leaf of it
 */
export function programOf(snapshot: GraphSnapshot, namesOf: (dialect: Dialect) => Names): Program {
  const { code, at, steps, lines, guards, readers, candidates, leaves } = snapshot;
  const values: (Value | undefined)[] = new Array(at.length).fill(undefined);
  for (const { dialect, name, node } of leaves) values[node] = namesOf(dialect).get(name)!;
  const all: Reader[] = [];
  for (let k = 0; k < readers.length; k += 3) {
    all.push({ firstStep: readers[k]!, lastStep: readers[k + 1]!, result: readers[k + 2]! });
  }
  return {
    size: at.length,
    values,
    code: { data: code },
    at: { data: at },
    steps: { data: steps },
    lines: { data: lines },
    candidates: all.slice(0, candidates),
    differs: all.slice(candidates),
    guardOf: (node) => guards[node]!,
  };
}

function shared(numbers: ArrayLike<number>): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(4 * numbers.length));
  copy.set(numbers);
  return copy;
}
