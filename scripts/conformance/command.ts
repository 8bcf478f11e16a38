// The conformance command: vector files in, one line a file and the sum out.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type Dialect, type Failure, type Report, readVectors, runVectors, type Subject } from './run.ts';

const USAGE = 'usage: npm run conformance -- [--dialect plain|sic] [--reference] FILE...';
const SHOWN = 10;
const LONGEST = 400;

/** Where the command writes: results to `out`, complaints to `err`, a line a call. */
export interface Console {
  out(line: string): void;
  err(line: string): void;
}

/** An implementation for each dialect, with the fast ways, and of the plain definitions alone. */
export type Subjects = Readonly<Record<'fast' | 'reference', Readonly<Record<Dialect, Subject>>>>;

/**
 * Runs the command. A file whose name contains `dialect` is one of the S/I/C dialect, where none is named. `--reference` holds
 * the plain definitions alone against the files.
 *
 * @returns its exit code: 0, 1 a case failed, 2 wrong usage or a file is missing
 */
export function conformance(args: readonly string[], subjects: Subjects, console: Console): 0 | 1 | 2 {
  let dialect: string | undefined;
  let way: keyof Subjects;
  let files: readonly string[];
  try {
    const options = { dialect: { type: 'string' }, reference: { type: 'boolean' } } as const;
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true });
    dialect = parsed.values.dialect;
    way = parsed.values.reference ? 'reference' : 'fast';
    files = parsed.positionals;
  } catch (error) {
    console.err(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  if (files.length === 0 || !(dialect === undefined || dialect === 'plain' || dialect === 'sic')) {
    console.err(USAGE);
    return 2;
  }
  const named = dialect;
  return runFiles(files, (file) => subjects[way][named ?? dialectOf(file)], console);
}

/** The dialect that a file's name says. */
export function dialectOf(file: string): Dialect {
  return basename(file).includes('dialect') ? 'sic' : 'plain';
}

function runFiles(files: readonly string[], subjectOf: (file: string) => Subject, console: Console): 0 | 1 | 2 {
  let passed = 0;
  let failed = 0;
  let missing = false;
  for (const file of files) {
    let text: string;
    try {
      text = readVectors(file);
    } catch (error) {
      console.err(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      missing = true;
      continue;
    }
    const report = runVectors(text, subjectOf(file));
    passed += report.passed;
    failed += report.failures.length;
    for (const line of linesOf(file, report)) console.out(line);
  }
  console.out(sum(passed, failed));
  if (missing) return 2;
  return failed > 0 ? 1 : 0;
}

function linesOf(file: string, { passed, failures }: Report): string[] {
  const lines = [`${file}: ${sum(passed, failures.length)}`, ...failures.slice(0, SHOWN).map(lineOf)];
  if (failures.length > SHOWN) lines.push(`  and ${failures.length - SHOWN} more`);
  return lines;
}

function sum(passed: number, failed: number): string {
  return `${passed} passed, ${failed} failed`;
}

function lineOf({ line, what, expected, got }: Failure): string {
  return `  line ${line} ${what}: expected ${cut(expected)}, got ${cut(got)}`;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
