// Reads battery text: finds the functions, lets each be read by its kind, and keeps one bad one from spoiling the rest.
import { createHash } from 'node:crypto';
import { readBatt } from './batt.ts';
import type { Battery, BatteryFile, ParseOptions } from './battery.ts';
import { CLOSE, COMMA, DOT, OPEN, STAR } from './chars.ts';
import { BatteryError, Fault } from './errors.ts';
import { readHeader } from './header.ts';
import { Reading } from './reading.ts';
import { NO_NAME, type Scanner } from './scanner.ts';
import { readSolver } from './solver.ts';
import { checkedBytes, readBytes, textStart } from './source.ts';
import { AS, FROM, IMPORT, KEYWORD_COUNT } from './words.ts';

/**
 * Parses battery text: UTF-8 bytes, with or without byte order mark, or a string.
 * Bad candidates are in `invalid`; a text without any function gives no bodies if it holds nothing but imports,
 * comments and strings. Takes time and memory linear in the size of the text.
 * @throws BatteryError when the text as a whole is no battery: NUL bytes, another encoding, or statements and no function.
 */
export function parseBattery(source: Uint8Array | string, options: ParseOptions): Battery {
  const bytes = checkedBytes(source, options.file);
  const reading = new Reading(bytes, textStart(bytes), options);
  const { scan } = reading;
  const header = readBeforeBatt(reading);
  const rest = readTopLevel(reading);
  const functions = header + rest.functions;
  if (functions === 0 && rest.stray !== null) {
    const { line, at, found, expected } = rest.stray;
    throw new BatteryError(options.file, line, scan.column(at), found, expected);
  }
  return {
    file: options.file,
    dialect: reading.bodies[0]?.dialect ?? 'plain',
    names: reading.scope.names,
    ...reading.calls.finish(),
    bodies: reading.bodies,
    invalid: reading.invalid,
    warnings: reading.warnings,
  };
}

/** `parseBattery` of a file. Throws BatteryError for one that is missing, a folder or unreadable, too. */
export function readBattery(path: string, options: Omit<ParseOptions, 'file'> = {}): BatteryFile {
  const bytes = readBytes(path);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { ...parseBattery(bytes, { ...options, file: path }), digest };
}

/**
 * Skips the header of a batt module, which holds code of the original's own; solvers in it are read all the same.
 * Returns the number of functions read.
 */
function readBeforeBatt(reading: Reading): number {
  const { scan } = reading;
  const batt = battLine(scan.bytes, scan.pos);
  let functions = 0;
  while (scan.pos < batt) {
    if (!scan.atDef() || !SOLVER.test(peekName(scan))) {
      scan.skipLine();
      continue;
    }
    readFunction(reading);
    functions++;
  }
  return functions;
}

const SOLVER = /^(solve|verify)(_|$)/;

/** The byte offset of the line `def batt(`, -1 if there is none. */
function battLine(bytes: Uint8Array, start: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (text.subarray(start, start + 9).equals(Buffer.from('def batt('))) return start;
  const line = text.indexOf('\ndef batt(');
  return (line >= 0 ? line : text.indexOf('\rdef batt(')) + 1 || -1;
}

/** Reads functions to the end of the file. Returns their number and the first thing that was neither function nor import. */
function readTopLevel(reading: Reading): { functions: number; stray: Fault | null } {
  const { scan } = reading;
  let functions = 0;
  let stray: Fault | null = null;
  while (scan.nextLine()) {
    if (scan.indent === 0 && scan.atDef()) {
      readFunction(reading);
      functions++;
      continue;
    }
    const start = scan.lineStart;
    const line = scan.line;
    try {
      skipHarmless(scan);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      stray ??= fault;
      reading.warn(reading.place(fault));
      scan.pos = start;
      scan.line = line;
      scan.skipLine();
      while (scan.nextLine() && scan.indent > 0) scan.skipLine();
    }
  }
  return { functions, stray };
}

/** Reads one function that begins at `pos`; a fault in it leads to the next line that begins with `def`. */
function readFunction(reading: Reading): void {
  const { scan, calls } = reading;
  const start = scan.pos;
  const line = scan.line;
  const name = peekName(scan);
  const firstCall = calls.count;
  try {
    const parameters = readHeader(scan);
    if (name === 'batt') readBatt(reading, line, parameters);
    else reading.bodies.push(readSolver(reading, name, line, parameters));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    scan.pos = start;
    scan.line = line;
    scan.skipLine();
    if (name === 'batt') {
      readBatt(reading, line, fault);
      return;
    }
    calls.truncate(firstCall);
    reading.reject(name, line, reading.place(fault));
    while (scan.pos < scan.end && !scan.atDef()) scan.skipLine();
  }
}

/** The name after the `def` at `pos`, empty if there is none. */
function peekName(scan: Scanner): string {
  const { pos, line } = scan;
  scan.pos += 4;
  scan.blanks();
  const symbol = scan.tryName();
  scan.pos = pos;
  scan.line = line;
  return symbol >= KEYWORD_COUNT ? scan.symbols.text(symbol) : '';
}

/** Skips an import or a string at the top level. Throws Fault for anything else. */
function skipHarmless(scan: Scanner): void {
  if (scan.indent > 0) scan.fail(scan.pos, 'no indent outside a function');
  if (scan.atString()) {
    scan.skipString();
    scan.endLine();
    return;
  }
  const at = scan.pos;
  const symbol = scan.name();
  if (symbol !== IMPORT && symbol !== FROM) scan.fail(at, "'def', an import or a comment");
  let inParentheses = false;
  for (;;) {
    if (inParentheses) scan.gap();
    else scan.blanks();
    const partAt = scan.pos;
    const part = scan.name();
    if (part !== NO_NAME) {
      if (part < KEYWORD_COUNT && part !== AS && (part !== IMPORT || inParentheses)) scan.fail(partAt, 'a name');
      continue;
    }
    const byte = scan.peek();
    if (byte === OPEN) inParentheses = true;
    else if (byte === CLOSE) inParentheses = false;
    else if (byte !== DOT && byte !== COMMA && byte !== STAR) break;
    scan.pos++;
  }
  if (inParentheses) scan.fail(scan.pos, "')'");
  scan.endLine();
}
