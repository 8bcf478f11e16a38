// Goes through several runs task by task, so that only the lines of one task are in memory.
import type { TaskLine } from '../results/lines.ts';
import { isUnfinished } from '../results/read.ts';
import type { Source } from './sources.ts';

/** The lines of a task. */
export interface TaskGroup {
  readonly task: string;
  readonly place: number;
  /** Of the runs that have finished it. */
  readonly done: readonly SourceLine[];
  /** Of the runs that have to do it again: it was cut, or its files could not be written. */
  readonly again: readonly SourceLine[];
}

interface SourceLine {
  readonly source: Source;
  readonly line: TaskLine;
}

/**
 * The lines of several runs on the same tasks, by task.
 * @throws ResultsError where a line is damaged
 */
export function* taskGroups(sources: readonly Source[]): Generator<TaskGroup, void, undefined> {
  const readers = sources.map((source) => ({ source, lines: source.results.tasks() }));
  try {
    const heads = readers.map(({ source, lines }) => ({ source, lines, next: lines.next() }));
    for (const [place, task] of sources[0]!.results.run.data.tasks.entries()) {
      const found: SourceLine[] = [];
      for (const head of heads) {
        if (head.next.done || head.next.value.task !== task) continue;
        const line = head.next.value;
        found.push({ source: head.source, line });
        head.next = head.lines.next();
      }
      const isAgain = ({ line }: SourceLine): boolean => isUnfinished(line);
      yield { task, place, done: found.filter((entry) => !isAgain(entry)), again: found.filter(isAgain) };
    }
  } finally {
    for (const { lines } of readers) lines.return();
  }
}
