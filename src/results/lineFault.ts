// Whether a line of results is what it says to be: its type, its version, each of its fields.
import { type Fault, fault, shown } from '../json/check.ts';
import { RESULTS_SCHEMA, type ResultLine, type RunLine } from './lines.ts';
import { LINE_SHAPES } from './shapes.ts';
import { countsFault } from './taskFault.ts';

/**
 * What is wrong with a line; what holds between lines, and between the fields of a task, is not looked at.
 * @param isFirst whether it is the first of its file
 */
export function lineFault(value: unknown, isFirst: boolean): Fault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fault(value, 'an object with a "type"');
  const { type, schema } = value as Partial<ResultLine>;
  if (isFirst && type !== 'run') return { path: '', found: `type ${shown(type)}`, expected: '"run" first' };
  const shape = isFirst || type !== 'run' ? LINE_SHAPES.get(type) : undefined;
  if (shape === undefined) {
    return { path: '', found: `type ${shown(type)}`, expected: '"candidates", "saving", "task" or "summary"' };
  }
  if (schema !== RESULTS_SCHEMA) return { path: '', found: `schema ${shown(schema)}`, expected: `${RESULTS_SCHEMA}` };
  return shape(value) ?? (type === 'run' ? runFault(value as RunLine) : undefined);
}

function runFault({ counts, data, shard, merged }: RunLine): Fault | undefined {
  if (data.parts.length === 0) return fault(data.parts, 'the places of the data', 'data.parts');
  const seen = new Set<string>();
  for (const [k, task] of data.tasks.entries()) {
    if (seen.has(task)) return fault(task, 'each task once', `data.tasks[${k}]`);
    seen.add(task);
  }
  if (merged?.length === 0) return fault(merged, 'the runs that it was made of', 'merged');
  const shards = [
    ['shard', shard] as const,
    ...(merged ?? []).map((run, k) => [`merged[${k}].shard`, run.shard] as const),
  ];
  for (const [path, { index, of }] of shards) {
    if (index > of) return fault(index, `${of} at most: the number of shards`, `${path}.index`);
  }
  return countsFault(counts);
}
