// Reads the results of a run, line by line: a file of a gigabyte needs the memory of its largest line.
import { constants, isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Fault, shown, visible } from '../json/check.ts';
import { lineFault } from './lineFault.ts';
import type { CandidateFields, ResultLine, RunLine, SummaryLine, TaskLine } from './lines.ts';
import { sealOf } from './seal.ts';
import { taskFault } from './taskFault.ts';

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
  /** Whole lines. */
  readonly lines: number;
  /** Lines that were passed over, where that was asked for: file and line, and what is wrong. */
  readonly damage: readonly string[];
  /** File and line of a task's results, to begin a message with. */
  where(task: string): string;
  /** The lines of tasks, cut ones too, in the order of `run.data.tasks`; read from the file at each call. */
  tasks(): Generator<TaskLine, void, undefined>;
}

/** Where the line of a task stands, in bytes too, and whether the task has to be done again. */
interface Place {
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly again: boolean;
}

export interface ReadOptions {
  /**
   * Whether damaged lines of tasks are passed over: their tasks are as if they had never been done. Damage of the first line or
   * of those of the candidates is an error all the same. Default false.
   */
  readonly skipDamaged?: boolean | undefined;
}

/**
 * Reads the results of a run; every line is checked.
 * @param file of a run, finished or not
 * @throws ResultsError where the file is no results, damaged, or of another version
 */
export function readResults(file: string, { skipDamaged = false }: ReadOptions = {}): RunResults {
  let run: RunLine | undefined;
  let summary: SummaryLine | undefined;
  let size = 0;
  let ours: ReadonlyMap<string, boolean> = new Map();
  const candidates: CandidateFields[] = [];
  const saving = new Map<string, number | null>();
  // of a task that has to be done again the later line counts
  const lineOf = new Map<string, Place>();
  const damage: string[] = [];
  let lines = 0;
  /** The number that the next line bears, and lines before it that said none. */
  let next = 1;
  let unread = 0;
  const seen = new Set<number>();
  const take = ({ bytes, number, start, end }: FileLine): void => {
    const where = `${file}:${number}`;
    const { line, number: stated } = parsed(bytes, where, number === 1);
    if (seen.has(stated)) throw new ResultsError(`${where}: found line ${stated} of the run a second time`);
    seen.add(stated);
    if (stated !== next) {
      const gap = `${where}: found line ${stated} of the run, expected line ${next}`;
      const isHead = line.type === 'candidates' || candidates.length < (run?.counts.scored ?? 0);
      if (!skipDamaged || isHead) throw new ResultsError(gap);
      // as many lines as were passed over before it are missing at most
      if (stated < next || stated > next + unread) damage.push(gap);
    }
    next = Math.max(next, stated + 1);
    unread = 0;
    if (line.type === 'run') {
      run = line;
      ours = tasksOf(line);
    } else if (line.type === 'candidates') {
      if (line.first !== candidates.length) {
        throw new ResultsError(`${where}: found candidates from ${line.first}, expected from ${candidates.length}`);
      }
      for (const row of line.rows) candidates.push(row);
    } else if (line.type === 'saving') {
      checkTask(line.task, ours, where);
      if (!saving.has(line.task)) saving.set(line.task, line.lowest);
    } else if (line.type === 'task') {
      checkTask(line.task, ours, where);
      checkParts(line, candidates.length, where);
      const before = lineOf.get(line.task);
      if (before !== undefined && !before.again) throw new ResultsError(`${where}: a second line of task ${line.task}`);
      lineOf.set(line.task, { number, start, end, again: isUnfinished(line) });
      summary = undefined; // a run that came to its deadline and went on
    } else summary = line;
  };
  for (const line of linesOf(file)) {
    try {
      take(line);
    } catch (error) {
      const isHead = run === undefined || candidates.length < run.counts.scored;
      if (!skipDamaged || !(error instanceof ResultsError) || isHead) throw error;
      damage.push(error.message);
      unread++;
    }
    size = line.end;
    lines = line.number;
  }
  if (run === undefined) throw new ResultsError(`${file}: found no whole line, expected the results of a run`);
  const order = run.data.tasks;
  return {
    file,
    run,
    candidates,
    done: new Set(Array.from(lineOf).flatMap(([task, { again }]) => (again ? [] : [task]))),
    saving,
    // what is missing was perhaps a task
    summary: damage.length === 0 ? summary : undefined,
    size,
    lines,
    damage,
    where(task) {
      const line = lineOf.get(task);
      return line === undefined ? file : `${file}:${line.number}`;
    },
    *tasks() {
      const handle = openResults(file);
      try {
        for (const task of order) {
          const place = lineOf.get(task);
          if (place === undefined) continue;
          const where = `${file}:${place.number}`;
          const { line } = parsed(bytesAt(handle, place, where), where, false);
          if (line.type !== 'task' || line.task !== task) throw new ResultsError(`${where}: ${CHANGED}`);
          checkParts(line, candidates.length, where);
          yield line;
        }
      } finally {
        closeSync(handle);
      }
    },
  };
}

const CHANGED = 'the file was changed meanwhile';

/** Whether a resumed run does a task again. */
export function isUnfinished({ cut, unsaved }: TaskLine): boolean {
  return cut !== undefined || unsaved === true;
}

/** The tasks of a run, and whether each is one of its shard. */
function tasksOf({ data, shard }: RunLine): ReadonlyMap<string, boolean> {
  return new Map(data.tasks.map((task, place) => [task, place % shard.of === shard.index - 1]));
}

function checkTask(task: string, ours: ReadonlyMap<string, boolean>, where: string): void {
  const isOurs = ours.get(task);
  if (isOurs === true) return;
  const expected = isOurs === undefined ? "a task of the run's own list" : "a task of the run's shard";
  throw new ResultsError(`${where}: task: found ${shown(task)}, expected ${expected}`);
}

function checkParts(line: TaskLine, candidates: number, where: string): void {
  const fault = taskFault(line, candidates);
  if (fault !== undefined) throw new ResultsError(words(fault, where));
}

function words({ path, found, expected }: Fault, where: string): string {
  return `${where}:${path === '' ? '' : ` ${path}:`} found ${found}, expected ${expected}`;
}

/** Whether a file has a whole line. */
export function hasLine(file: string): boolean {
  for (const _ of linesOf(file)) return true;
  return false;
}

/** The first line of a run, where that much can be read; the rest of the file is not looked at. */
export function readRunLine(file: string): RunLine | undefined {
  try {
    for (const { bytes } of linesOf(file)) {
      const { line } = parsed(bytes, file, true);
      return line.type === 'run' ? line : undefined;
    }
  } catch (error) {
    if (!(error instanceof ResultsError)) throw error;
  }
  return undefined;
}

/** The line of some bytes, each of its fields as it has to be, and the number that it bears. */
function parsed(
  bytes: Buffer,
  where: string,
  isFirst: boolean,
): { readonly line: ResultLine; readonly number: number } {
  const seal = sealOf(bytes);
  if (seal !== undefined && seal.found !== seal.stated) {
    throw new ResultsError(`${where}: found the checksum ${seal.found}, expected ${seal.stated}: the line is damaged`);
  }
  const text = seal?.body ?? bytes;
  if (!isUtf8(text)) throw new ResultsError(`${where}: found bytes that are not UTF-8, expected a line of JSON`);
  let line: unknown;
  try {
    line = JSON.parse(text.toString('utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ResultsError(`${where}: expected a line of JSON: ${visible(message)}`);
  }
  const fault = lineFault(line, isFirst);
  if (fault !== undefined) throw new ResultsError(words(fault, where));
  if (seal === undefined) throw new ResultsError(`${where}: found no checksum, expected one at the end of the line`);
  return { line: line as ResultLine, number: seal.number };
}

const CHUNK = 1 << 20;

interface FileLine {
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
  /** Place in the file; `end` is behind the line feed. */
  readonly start: number;
  readonly end: number;
}

/** The whole lines of a file; one without a line feed is left out. */
function* linesOf(file: string): Generator<FileLine> {
  const handle = openResults(file);
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    let parts: Buffer[] = [];
    let length = 0;
    let number = 1;
    let start = 0;
    for (let count = readAt(handle, chunk, null, file); count > 0; count = readAt(handle, chunk, null, file)) {
      const piece = chunk.subarray(0, count);
      let from = 0;
      for (let feed = piece.indexOf(10); feed >= 0; feed = piece.indexOf(10, from)) {
        parts.push(piece.subarray(from, feed));
        const bytes = Buffer.concat(parts);
        checkLength(bytes.length, `${file}:${number}`);
        const end = start + bytes.length + 1;
        yield { bytes, number, start, end };
        parts = [];
        length = 0;
        from = feed + 1;
        start = end;
        number++;
      }
      parts.push(Buffer.from(piece.subarray(from)));
      length += count - from;
      checkLength(length, `${file}:${number}`);
    }
  } finally {
    closeSync(handle);
  }
}

/** A line that is longer than a text can be is none that a run wrote. */
function checkLength(length: number, where: string): void {
  if (length <= constants.MAX_STRING_LENGTH) return;
  throw new ResultsError(
    `${where}: found a line of more than ${constants.MAX_STRING_LENGTH} bytes, expected a shorter one`,
  );
}

function bytesAt(handle: number, { start, end }: Place, where: string): Buffer {
  const bytes = Buffer.allocUnsafe(end - start - 1);
  for (let done = 0; done < bytes.length; ) {
    const count = readAt(handle, bytes.subarray(done), start + done, where);
    if (count === 0) throw new ResultsError(`${where}: the file was cut short meanwhile`);
    done += count;
  }
  return bytes;
}

/** @param position null: where the last read ended */
function readAt(handle: number, buffer: Buffer, position: number | null, where: string): number {
  try {
    return readSync(handle, buffer, 0, buffer.length, position);
  } catch (error) {
    throw unreadable(error, where);
  }
}

function openResults(file: string): number {
  try {
    // a pipe would be waited for
    if (statSync(file).isFIFO()) throw new Error('it is a pipe, expected a file');
    return openSync(file, 'r');
  } catch (error) {
    throw unreadable(error, file);
  }
}

function unreadable(error: unknown, where: string): ResultsError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code === 'EISDIR' ? 'it is a folder, expected a file' : message;
  return new ResultsError(`${where}: cannot be read: ${reason}`, { cause: error });
}
