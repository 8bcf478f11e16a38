// Reads the body of a solver: assignments of expressions to variables of any name, then one return.
import { type Body, GUARD_NONE, type Ref, ROLE_C, ROLE_I, ROLE_S } from './battery.ts';
import { COLON, EQUALS } from './chars.ts';
import { Fault } from './errors.ts';
import { atIndent, closeGuard, type Indent, openGuard } from './guarded.ts';
import { skipAnnotation } from './header.ts';
import type { Reading } from './reading.ts';
import { solverIdOf } from './solverId.ts';
import { KEYWORD_COUNT, RETURN, TRY } from './words.ts';

const NONE_GUARDED: Uint8Array = new Uint8Array(0);
const NONE_NUMBERED: Int32Array = new Int32Array(0);
const NO_DIFFERS: Body['differs'] = [];
const SIC_ROLES = [ROLE_S, ROLE_I, ROLE_C];
const PLAIN_ROLES = [ROLE_I];

const STATEMENT = "'name = expression' or 'return expression'";

/** Reads from the line after the header to the end of the function. Throws Fault; the caller takes its calls back. */
export function readSolver(reading: Reading, name: string, line: number, parameters: readonly number[]): Body {
  const { scan, calls, expressions } = reading;
  const dialect = parameters.length === 3 ? 'sic' : 'plain';
  reading.begin(dialect, parameters, dialect === 'sic' ? SIC_ROLES : PLAIN_ROLES);
  const firstCall = calls.count;
  const guards: number[] = [];
  let place: Indent | null = null;
  while (scan.nextLine() && scan.indent > 0) {
    place ??= { indent: scan.indent, narrow: scan.narrow };
    atIndent(scan, place);
    if (scan.atString()) {
      scan.skipString();
      scan.endLine();
      continue;
    }
    const at = scan.pos;
    const target = scan.name();
    if (target === RETURN) {
      const returnLine = scan.line;
      const ref = expressions.read();
      scan.endLine();
      if (scan.nextLine() && scan.indent > 0) scan.fail(scan.pos, 'the end of the function');
      const callCount = calls.count - firstCall;
      return {
        name,
        dialect,
        line,
        firstCall,
        callCount,
        outputs: [{ solverId: solverIdOf(name, reading.file), ref, line: returnLine }],
        differs: NO_DIFFERS,
        guards:
          guards.length === 0
            ? NONE_GUARDED
            : Uint8Array.from({ length: callCount }, (_, k) => guards[k] ?? GUARD_NONE),
        numbers: NONE_NUMBERED,
      };
    }
    if (target === TRY) readGuarded(reading, place, firstCall, guards);
    else readAssignment(reading, target, at);
  }
  return scan.fail(scan.pos, place === null ? 'an indented statement' : "'return expression'");
}

/** Reads what follows the target that was read at byte `at`. */
function readAssignment(reading: Reading, target: number, at: number): void {
  const { scan, expressions } = reading;
  if (target < KEYWORD_COUNT) scan.fail(at, STATEMENT);
  const { line } = scan;
  scan.blanks();
  if (scan.peek() === COLON) {
    scan.pos++;
    skipAnnotation(scan, false);
  }
  scan.mark(EQUALS);
  const ref = expressions.read();
  scan.endLine();
  bind(reading, target, at, line, ref);
}

/** Reads a guarded assignment of one call after its `try`, as a batt body has it; a guard of more is not of the format. */
function readGuarded(reading: Reading, place: Indent, firstCall: number, guards: number[]): void {
  const { scan, calls, expressions } = reading;
  openGuard(scan, place, "'name = name(…)'");
  const at = scan.pos;
  const { line } = scan;
  const target = scan.ownName('the name of a variable');
  scan.mark(EQUALS);
  scan.blanks();
  const valueAt = scan.pos;
  const valueLine = scan.line;
  const callee = scan.ownName('one call of a name');
  scan.pos = valueAt;
  const call = calls.count;
  const ref = expressions.read();
  if (ref !== call || calls.count !== call + 1) {
    throw new Fault(valueAt, valueLine, scan.describe(valueAt), 'one call of a name');
  }
  scan.endLine();
  while (guards.length < call - firstCall) guards.push(GUARD_NONE);
  guards.push(closeGuard(scan, place, target, callee));
  bind(reading, target, at, line, ref);
}

/** Gives the value to the target read at byte `at` of `line`. Throws Fault when it was read as a name of the DSL before. */
function bind(reading: Reading, target: number, at: number, line: number, ref: Ref): void {
  const { scan, scope } = reading;
  const read = scope.isBound(target) ? null : scope.firstRead(target);
  if (read !== null) {
    const found = `${scan.describe(at)} before its assignment in line ${line}`;
    throw new Fault(read.at, read.line, found, 'a name assigned before it is read');
  }
  scope.bind(target, ref);
}
