// Which of the runs to merge are one run: copies of its results, and merged runs that hold it already.
import type { MergedFields, RunLine } from '../results/lines.ts';
import type { Source } from './sources.ts';

/** Whether what two runs have of a task is the same result, not the same work done twice. */
export function isOneRun(a: RunLine, b: RunLine): boolean {
  return a.id === b.id || holds(a, b) || holds(b, a);
}

function holds(a: RunLine, b: RunLine): boolean {
  return a.merged?.some(({ id }) => id === b.id) ?? false;
}

/** The runs that a run stands for: those that it was merged from, or itself. */
export function originsOf({ id, started, node, shard, merged }: RunLine): readonly MergedFields[] {
  return merged ?? [{ id, started, node, shard }];
}

/** One source a run, the copy that got furthest, without those that another one holds; in an order that no path decides. */
export function distinctRuns(sources: readonly Source[]): Source[] {
  const best = new Map<string, Source>();
  for (const source of sources) {
    const { id } = source.results.run;
    const other = best.get(id);
    if (other === undefined || compareProgress(source, other) > 0) best.set(id, source);
  }
  const runs = [...best.values()];
  return runs
    .filter(({ results: { run } }) => !runs.some(({ results }) => holds(results.run, run)))
    .sort((a, b) => compareOrigins(originsOf(a.results.run)[0]!, originsOf(b.results.run)[0]!));
}

function compareProgress({ results: a }: Source, { results: b }: Source): number {
  const ended = Number(a.summary !== undefined) - Number(b.summary !== undefined);
  return a.done.size - b.done.size || ended || a.size - b.size || compareTexts(b.file, a.file);
}

/** By shard, then by id. */
export function compareOrigins(a: MergedFields, b: MergedFields): number {
  return a.shard.of - b.shard.of || a.shard.index - b.shard.index || compareTexts(a.id, b.id);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
