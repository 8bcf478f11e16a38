// How much memory does a candidate take? A population of recombined programs, parsed and put into one graph.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dslNames } from '../src/dsl/names.ts';
import type { Graph } from '../src/graph/graph.ts';
import type { Answer, Options, Question, Row } from './question.ts';
import { recombined } from './recombined.ts';
import { NO_SHARED, shared } from './shared.ts';
import { graphOf, loadSuite, parsed, type Suite } from './suite.ts';

export const memory: Question = {
  name: 'memory',
  about:
    'candidates recombined from programs.jsonl, parsed and merged into one graph; heap and buffers after collection, ' +
    'text and parse tables dropped',
  ask: (options) => (shared === undefined ? NO_SHARED : measure(loadSuite(shared), options)),
};

function measure(suite: Suite, { quick }: Options): Answer {
  const rows: Row[] = [];
  const notes: string[] = [];
  // the small one first: it warms up, and shows whether memory grows in proportion
  for (const count of quick ? [1_000, 10_000] : [10_000, 100_000]) {
    const { bytes, parsing, merging, text, graph } = population(suite, count);
    const thousand = `${count / 1000},000 candidates`;
    const { calls, callNodes, candidates } = graph;
    rows.push(
      { what: `${thousand}, graph`, value: bytes / count, unit: 'bytes/candidate' },
      { what: `${thousand}, text`, value: text / count, unit: 'bytes/candidate' },
      { what: `${thousand}, parsing`, value: parsing, unit: 's' },
      { what: `${thousand}, merging into the graph`, value: merging, unit: 's' },
      {
        what: `${thousand}, call nodes after sharing`,
        value: callNodes,
        unit: 'nodes',
        references: [{ value: calls, from: 'calls before sharing' }],
      },
    );
    notes.push(`${thousand}: ${candidates.length} distinct`);
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  notes.push(`most memory that the process held, text and suite included: ${peak.toFixed(0)} MiB`);
  notes.push(
    'the goal of 1 GiB for 100,000 candidates (10,700 bytes each) covers evaluation on 6 samples, which is not measured here',
  );
  return { rows, notes };
}

interface Population {
  readonly graph: Graph;
  readonly bytes: number;
  readonly text: number;
  readonly parsing: number;
  readonly merging: number;
}

function population(suite: Suite, count: number): Population {
  const before = held();
  const filled = fill(suite, count);
  return { ...filled, bytes: held() - before };
}

/** In a function of its own, so that nothing but the graph outlives it. */
function fill(suite: Suite, count: number): Omit<Population, 'bytes'> {
  const names = dslNames();
  const source = Buffer.from(recombined(suite, count, 1));
  const start = performance.now();
  const battery = parsed(source, names);
  const between = performance.now();
  const graph = graphOf(battery, names);
  const end = performance.now();
  return { graph, text: source.length, parsing: (between - start) / 1000, merging: (end - between) / 1000 };
}

/** Bytes of heap and buffers that are still reachable. */
function held(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
