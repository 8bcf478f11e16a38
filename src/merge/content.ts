// The lines of a merged run. They depend on what the runs say alone: not on the order of the paths, nor on the time.
import { createHash, type Hash } from 'node:crypto';
import type { MergedFields, RunLine, SummaryLine, TaskLine } from '../results/lines.ts';
import { RESULTS_SCHEMA } from '../results/lines.ts';
import { rounded } from '../results/rounded.ts';
import { isSolved } from '../results/rows.ts';
import { compareOrigins, originsOf } from './groups.ts';
import type { Source } from './sources.ts';

/** Adds up the lines of a merged run. */
export class MergedContent {
  readonly #runs: readonly Source[];
  readonly #origins: readonly MergedFields[];
  readonly #hash: Hash = createHash('sha256');
  readonly #verdicts: Record<string, number> = {};
  #tasks = 0;
  #solved = 0;
  #pairs = 0;

  /** @param runs see `distinctRuns` */
  constructor(runs: readonly Source[]) {
    this.#runs = runs;
    this.#origins = runs.flatMap(({ results }) => originsOf(results.run)).sort(compareOrigins);
    this.#hash.update(JSON.stringify([this.#run(''), runs[0]!.results.candidates]));
  }

  /** Takes the line of the next task. */
  add(line: TaskLine): void {
    this.#hash.update(JSON.stringify(line));
    this.#tasks++;
    if (isSolved(line)) this.#solved++;
    this.#pairs += line.counts.pairs;
    for (const [verdict, n] of Object.entries(line.verdicts))
      this.#verdicts[verdict] = (this.#verdicts[verdict] ?? 0) + n;
  }

  /** The first line and the last one, when all tasks are there. */
  end(): { readonly run: RunLine; readonly summary: SummaryLine } {
    const summary = this.#summary();
    const digest = this.#hash.copy().update(JSON.stringify(summary)).digest('hex');
    const latest = this.#origins
      .map(({ started }) => started)
      .sort()
      .at(-1)!;
    // sorts behind the ids of the runs that it was made of
    return { run: this.#run(`${latest.replace(/[-:.]/g, '')}-m${digest.slice(0, 12)}`), summary };
  }

  #run(id: string): RunLine {
    const { run } = this.#runs[0]!.results;
    return {
      ...run,
      id,
      node: [...new Set(this.#origins.map(({ node }) => node))].sort().join(' + '),
      started: this.#origins.map(({ started }) => started).sort()[0]!,
      shard: { index: 1, of: 1 },
      merged: this.#origins,
    };
  }

  #summary(): SummaryLine {
    const summaries = this.#runs.flatMap(({ results }) => results.summary ?? []);
    const timing: Record<string, number> = {};
    for (const summary of summaries) {
      for (const [key, seconds] of Object.entries(summary.timing)) timing[key] = rounded((timing[key] ?? 0) + seconds);
    }
    return {
      schema: RESULTS_SCHEMA,
      type: 'summary',
      tasks: this.#tasks,
      of: this.#tasks,
      solved: this.#solved,
      verdicts: this.#verdicts,
      pairs: this.#pairs,
      seconds: rounded(summaries.reduce((sum, { seconds }) => sum + seconds, 0)),
      timing,
    };
  }
}
