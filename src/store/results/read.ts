// Reads the results of a run, line by line: a file of a gigabyte needs the memory of its largest line.
import { closeSync, openSync, readSync } from 'node:fs';
import {
  type CandidateFields,
  RESULTS_SCHEMA,
  type ResultLine,
  type RunLine,
  type SummaryLine,
  type TaskLine,
} from './lines.ts';

/** Results that cannot be read. The message names file and line, what was found and what was expected. */
export class ResultsError extends Error {
  override readonly name = 'ResultsError';
}

/** The results of a run, or of one that is not finished. */
export interface RunResults {
  readonly file: string;
  readonly run: RunLine;
  readonly candidates: readonly CandidateFields[];
  /** Tasks that have a line and are neither cut nor unsaved. */
  readonly done: ReadonlySet<string>;
  /** Of tasks whose saving was begun: the lowest score that was admitted, null for any. */
  readonly saving: ReadonlyMap<string, number | null>;
  /** Undefined where the run was stopped before its end. */
  readonly summary: SummaryLine | undefined;
  /** Bytes up to the end of the last whole line; behind it may be a line that was cut off. */
  readonly size: number;
  /** The lines of tasks, cut ones too, in the order of `run.data.tasks`; read from the file at each call. */
  tasks(): Generator<TaskLine, void, undefined>;
}

/**
 * Reads the results of a run.
 * @param file of a run, finished or not
 * @throws ResultsError where the file is no results, damaged, or of another version
 */
export function readResults(file: string): RunResults {
  let run: RunLine | undefined;
  let summary: SummaryLine | undefined;
  let size = 0;
  const candidates: CandidateFields[] = [];
  const saving = new Map<string, number | null>();
  // of a task that was cut and done again the later line counts
  const lineOf = new Map<string, { number: number; start: number; end: number; cut: boolean }>();
  for (const { text, number, start, end } of linesOf(file)) {
    const where = `${file}:${number}`;
    const line = parsed(text, where);
    if (number === 1) {
      if (line.type !== 'run') throw new ResultsError(`${where}: found type "${line.type}", expected "run" first`);
      if (line.schema !== RESULTS_SCHEMA) {
        throw new ResultsError(`${where}: found schema ${line.schema}, expected ${RESULTS_SCHEMA}`);
      }
      if (!isRun(line)) throw new ResultsError(`${where}: expected an "id", "data" with its "tasks", and a "shard"`);
      run = line;
    } else if (line.type === 'candidates') {
      if (line.first !== candidates.length) {
        throw new ResultsError(`${where}: found candidates from ${line.first}, expected from ${candidates.length}`);
      }
      if (!Array.isArray(line.rows)) throw new ResultsError(`${where}: expected "rows"`);
      for (const row of line.rows) candidates.push(row);
    } else if (line.type === 'saving') {
      if (!saving.has(line.task)) saving.set(line.task, line.lowest);
    } else if (line.type === 'task') {
      const before = lineOf.get(line.task);
      if (before !== undefined && !before.cut) throw new ResultsError(`${where}: a second line of task ${line.task}`);
      lineOf.set(line.task, { number, start, end, cut: line.cut !== undefined || line.unsaved === true });
      summary = undefined; // a run that came to its deadline and went on
    } else if (line.type === 'summary') summary = line;
    else
      throw new ResultsError(
        `${where}: found type "${line.type}", expected "candidates", "saving", "task" or "summary"`,
      );
    size = end;
  }
  if (run === undefined) throw new ResultsError(`${file}: found no whole line, expected the results of a run`);
  const order = run.data.tasks;
  return {
    file,
    run,
    candidates,
    done: new Set(Array.from(lineOf).flatMap(([task, { cut }]) => (cut ? [] : [task]))),
    saving,
    summary,
    size,
    *tasks() {
      const handle = openResults(file);
      try {
        for (const task of order) {
          const line = lineOf.get(task);
          if (line === undefined) continue;
          const bytes = Buffer.allocUnsafe(line.end - line.start - 1);
          for (let done = 0; done < bytes.length; ) {
            const count = readSync(handle, bytes, done, bytes.length - done, line.start + done);
            if (count === 0) throw new ResultsError(`${file}:${line.number}: the file was cut short meanwhile`);
            done += count;
          }
          yield parsed(bytes.toString('utf8'), `${file}:${line.number}`) as TaskLine;
        }
      } finally {
        closeSync(handle);
      }
    },
  };
}

/** Whether a file has a whole line. */
export function hasLine(file: string): boolean {
  for (const _ of linesOf(file)) return true;
  return false;
}

/** The first line of a run, where that much can be read; the rest of the file is not looked at. */
export function readRunLine(file: string): RunLine | undefined {
  try {
    for (const { text } of linesOf(file)) {
      const line = parsed(text, file);
      return line.type === 'run' && line.schema === RESULTS_SCHEMA && isRun(line) ? line : undefined;
    }
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
  }
  return undefined;
}

/** Whether what every reader of a run needs is there. */
function isRun({ id, data, shard }: Partial<RunLine>): boolean {
  const lists: unknown[] = [data?.parts, data?.tasks];
  const words = [id, data?.name, data?.digest, ...lists.flat()];
  if (typeof shard?.index !== 'number' || typeof shard.of !== 'number') return false;
  return lists.every(Array.isArray) && words.every((word) => typeof word === 'string');
}

function parsed(text: string, where: string): ResultLine {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    throw new ResultsError(`${where}: expected a line of JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof line !== 'object' || line === null || !('type' in line)) {
    throw new ResultsError(`${where}: expected an object with a "type"`);
  }
  return line as ResultLine;
}

const CHUNK = 1 << 20;

/** The whole lines of a file with their number from 1 and place in bytes; one without a line feed is left out. */
function* linesOf(file: string): Generator<{ text: string; number: number; start: number; end: number }> {
  const handle = openResults(file);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let parts: Buffer[] = [];
    let number = 0;
    let start = 0;
    for (let count = readSync(handle, chunk); count > 0; count = readSync(handle, chunk)) {
      let from = 0;
      for (let feed = chunk.indexOf(10, from); feed >= 0 && feed < count; feed = chunk.indexOf(10, from)) {
        parts.push(chunk.subarray(from, feed));
        const bytes = Buffer.concat(parts);
        parts = [];
        from = feed + 1;
        const end = start + bytes.length + 1;
        yield { text: bytes.toString('utf8'), number: ++number, start, end };
        start = end;
      }
      if (from < count) parts.push(Buffer.from(chunk.subarray(from, count)));
    }
  } finally {
    closeSync(handle);
  }
}

function openResults(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new ResultsError(`${file}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
