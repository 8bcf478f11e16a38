// Reads the body of a solver: assignments of expressions to variables of any name, then one return.
import { type Body, ROLE_C, ROLE_I, ROLE_S } from './battery.ts';
import { COLON, EQUALS } from './chars.ts';
import { Fault } from './errors.ts';
import { skipAnnotation } from './header.ts';
import type { Reading } from './reading.ts';
import { solverIdOf } from './solverId.ts';
import { KEYWORD_COUNT, RETURN } from './words.ts';

const NONE_GUARDED: Uint8Array = new Uint8Array(0);
const NONE_NUMBERED: Int32Array = new Int32Array(0);
const NO_DIFFERS: Body['differs'] = [];
const SIC_ROLES = [ROLE_S, ROLE_I, ROLE_C];
const PLAIN_ROLES = [ROLE_I];

const STATEMENT = "'name = expression' or 'return expression'";

/** Reads from the line after the header to the end of the function. Throws Fault; the caller takes its calls back. */
export function readSolver(reading: Reading, name: string, line: number, parameters: readonly number[]): Body {
  const { scan, scope, calls, expressions } = reading;
  const dialect = parameters.length === 3 ? 'sic' : 'plain';
  reading.begin(dialect, parameters, dialect === 'sic' ? SIC_ROLES : PLAIN_ROLES);
  const firstCall = calls.count;
  let indent = 0;
  let narrow = 0;
  while (scan.nextLine() && scan.indent > 0) {
    if (indent === 0) {
      indent = scan.indent;
      narrow = scan.narrow;
    } else if (scan.indent !== indent || scan.narrow !== narrow) {
      throw new Fault(scan.pos, scan.line, `an indent of ${scan.narrow}`, `${narrow} as in the lines above`);
    }
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
      return {
        name,
        dialect,
        line,
        firstCall,
        callCount: calls.count - firstCall,
        outputs: [{ solverId: solverIdOf(name, reading.file), ref, line: returnLine }],
        differs: NO_DIFFERS,
        guards: NONE_GUARDED,
        numbers: NONE_NUMBERED,
      };
    }
    if (target < KEYWORD_COUNT) scan.fail(at, STATEMENT);
    const targetLine = scan.line;
    scan.blanks();
    if (scan.peek() === COLON) {
      scan.pos++;
      skipAnnotation(scan, false);
    }
    scan.mark(EQUALS);
    const ref = expressions.read();
    scan.endLine();
    const read = scope.isBound(target) ? null : scope.firstRead(target);
    if (read !== null) {
      const found = `${scan.describe(at)} before its assignment in line ${targetLine}`;
      throw new Fault(read.at, read.line, found, 'a name assigned before it is read');
    }
    scope.bind(target, ref);
  }
  return scan.fail(scan.pos, indent === 0 ? 'an indented statement' : "'return expression'");
}
