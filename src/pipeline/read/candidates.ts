// All candidates of some batteries: one graph, and an account of every program that was read.

import { namesOf } from '../../dsl/dialects.ts';
import { Graph } from '../../graph/graph.ts';
import type { Battery, Invalid, Warning } from '../../lang/battery.ts';

/** A candidate that cannot be run, and the file it is in. */
export interface InvalidCandidate extends Invalid {
  readonly file: string;
}

/** Text of a file that is no candidate and was passed over, from its place on: a stray statement, a lost differ. */
export interface Stray extends Warning {
  readonly file: string;
}

/** What became of the programs read: read = invalid + duplicate + skipped + scored. */
export interface Counts {
  /** Program definitions and `o.append` lines. */
  readonly read: number;
  readonly invalid: number;
  /** The same program as an earlier one, which is run for both. */
  readonly duplicate: number;
  /** Not scored by wish; none today: what a deadline cuts is scored as `not_run`. */
  readonly skipped: number;
  /** Candidates that are run. */
  readonly scored: number;
}

/** The candidates to score, and the rest by name. */
export interface CandidateSet {
  readonly graph: Graph;
  readonly counts: Counts;
  readonly invalid: readonly InvalidCandidate[];
  readonly strays: readonly Stray[];
}

/**
 * Merges the programs of batteries into one graph, in the order of the batteries: equal calls become one node, and a program
 * with the result and the calls that can raise of an earlier one is its duplicate.
 * @param batteries as `parseBattery` and `readBattery` return them
 */
export function buildGraph(batteries: readonly Battery[]): CandidateSet {
  const graph = new Graph(namesOf);
  const invalid: InvalidCandidate[] = [];
  const strays: Stray[] = [];
  let read = 0;
  for (const battery of batteries) {
    const { file } = battery;
    graph.add(battery);
    for (const candidate of battery.invalid) invalid.push({ file, ...candidate });
    for (const warning of battery.warnings) strays.push({ file, ...warning });
    for (const { outputs } of battery.bodies) read += outputs.length;
    read += battery.invalid.length;
  }
  const counts: Counts = {
    read,
    invalid: invalid.length,
    duplicate: graph.candidates.reduce((sum, { also }) => sum + also.length, 0),
    skipped: 0,
    scored: graph.candidates.length,
  };
  return { graph, counts, invalid, strays };
}
