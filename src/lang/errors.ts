// The errors of battery text: one for a file that cannot be read at all, one for a place inside it.

/** A file that is unreadable as a whole. Line and column are 1-based, 0 when the fault has no place in the text. */
export class BatteryError extends Error {
  override readonly name = 'BatteryError';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly found: string;
  readonly expected: string;

  constructor(file: string, line: number, column: number, found: string, expected: string) {
    const place = line > 0 ? `${file}:${line}:${column}` : file;
    super(`${place}: found ${found}, expected ${expected}`);
    this.file = file;
    this.line = line;
    this.column = column;
    this.found = found;
    this.expected = expected;
  }
}

/** What is thrown at a bad place and caught by its candidate. Not an Error: a stack for each of many is too dear. */
export class Fault {
  /** Byte offset. */
  readonly at: number;
  readonly line: number;
  readonly found: string;
  readonly expected: string;

  constructor(at: number, line: number, found: string, expected: string) {
    this.at = at;
    this.line = line;
    this.found = found;
    this.expected = expected;
  }
}
