// What can be wrong with ARC data, said with its place: file, task, sample, row and column.

/** Where in the data an error is. `row` and `column` are of a grid and count from 0. */
export interface ArcPlace {
  readonly file?: string | undefined;
  readonly task?: string | undefined;
  /** Such as `demo 0 input` or `test 1 output`. */
  readonly sample?: string | undefined;
  readonly row?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * ARC data that is missing or damaged. The message begins with the place, such as
 * `training/007bbfb7.json: task 007bbfb7, demo 0 input, row 2, column 3: found 11, expected an integer 0..9`.
 */
export class ArcError extends Error {
  override readonly name = 'ArcError';
  readonly file: string | undefined;
  readonly task: string | undefined;
  readonly sample: string | undefined;
  readonly row: number | undefined;
  readonly column: number | undefined;

  constructor(problem: string, place: ArcPlace = {}, options?: ErrorOptions) {
    const trail: string[] = [];
    if (place.task !== undefined) trail.push(`task ${place.task}`);
    if (place.sample !== undefined) trail.push(place.sample);
    if (place.row !== undefined) trail.push(`row ${place.row}`);
    if (place.column !== undefined) trail.push(`column ${place.column}`);
    const parts = [problem];
    if (trail.length > 0) parts.unshift(trail.join(', '));
    if (place.file !== undefined) parts.unshift(place.file);
    super(parts.join(': '), options);
    this.file = place.file;
    this.task = place.task;
    this.sample = place.sample;
    this.row = place.row;
    this.column = place.column;
  }
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ELOOP: 'cannot be read: its symbolic links go in a circle',
  ENAMETOOLONG: 'cannot be read: the name is too long',
  EMFILE: 'cannot be read: too many open files',
};

/** The error of a file system call on `file`, in words. */
export function systemError(error: unknown, file: string): ArcError {
  const { code, message } = error as NodeJS.ErrnoException;
  const words = code === undefined ? undefined : SYSTEM_WORDS[code];
  return new ArcError(words ?? `cannot be read: ${message}`, { file }, { cause: error });
}

/** A value of a JSON file as an error message shows it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  // JSON has no word for a number that is too large
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
