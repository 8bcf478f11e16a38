// Reads `def name(parameters) -> annotation:`; annotations are skipped.
import {
  BAR,
  CLASS,
  CLOSE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  DIGIT,
  DOT,
  GREATER,
  OPEN,
  OPEN_BRACKET,
} from './chars.ts';
import { Fault } from './errors.ts';
import { NO_NAME, type Scanner } from './scanner.ts';
import { BATT, DEF, KEYWORD_COUNT, NONE } from './words.ts';

/** Brackets of an annotation may nest this deep. */
const DEEPEST_ANNOTATION = 200;

const PLAIN_OR_SIC = 'the parameters (I) or (S, I, C)';
const BATT_PARAMETERS = 'the parameters (task_id, S, I, C, log_path)';
const MOST_PARAMETERS = 5;

/** Reads from `def` to the end of its line and returns the symbols of the parameters. Throws Fault. */
export function readHeader(scan: Scanner): number[] {
  scan.word(DEF);
  scan.blanks();
  const isBatt = scan.ownName('the name of a function') === BATT;
  const expected = isBatt ? BATT_PARAMETERS : PLAIN_OR_SIC;
  scan.mark(OPEN);
  const parameters: number[] = [];
  scan.gap();
  while (scan.peek() !== CLOSE) {
    const at = scan.pos;
    const symbol = scan.ownName('the name of a parameter');
    if (parameters.includes(symbol)) {
      throw new Fault(at, scan.line, `parameter ${scan.describe(at)} twice`, 'different names');
    }
    if (parameters.length === MOST_PARAMETERS) {
      throw new Fault(at, scan.line, `more than ${MOST_PARAMETERS} parameters`, expected);
    }
    parameters.push(symbol);
    scan.gap();
    if (scan.peek() === COLON) {
      scan.pos++;
      skipAnnotation(scan, true);
    }
    if (scan.peek() !== COMMA) break;
    scan.pos++;
    scan.gap();
  }
  if (scan.peek() !== CLOSE) scan.fail(scan.pos, "',' or ')'");
  const count = parameters.length;
  if (isBatt ? count !== 5 : count !== 1 && count !== 3) {
    throw new Fault(scan.pos, scan.line, `${count} parameter${count === 1 ? '' : 's'}`, expected);
  }
  scan.pos++;
  scan.blanks();
  if (scan.peek() === DASH && scan.bytes[scan.pos + 1] === GREATER) {
    scan.pos += 2;
    skipAnnotation(scan, false);
  }
  scan.mark(COLON);
  scan.endLine();
  return parameters;
}

/**
 * Skips an annotation and the blanks after it: names with dots and `|`, brackets with more of the same, strings, numbers.
 * The caller sees to what has to follow. Throws Fault.
 */
export function skipAnnotation(scan: Scanner, inParentheses: boolean): void {
  const closers: number[] = [];
  let empty = true;
  for (;;) {
    if (closers.length > 0 || inParentheses) scan.gap();
    else scan.blanks();
    const at = scan.pos;
    const byte = scan.peek();
    const closer = closers.at(-1);
    if (scan.atString()) {
      scan.skipString();
    } else if (byte === OPEN || byte === OPEN_BRACKET) {
      if (closers.length === DEEPEST_ANNOTATION) {
        throw new Fault(at, scan.line, `${DEEPEST_ANNOTATION + 1} open brackets`, `at most ${DEEPEST_ANNOTATION}`);
      }
      closers.push(byte === OPEN ? CLOSE : CLOSE_BRACKET);
      scan.pos++;
    } else if (closer !== undefined && (byte === closer || byte === COMMA)) {
      if (byte === closer) closers.pop();
      scan.pos++;
    } else if (byte === DOT || byte === BAR || CLASS[byte] === DIGIT) {
      scan.pos++;
    } else {
      const symbol = scan.name();
      if (symbol === NO_NAME) {
        if (closer !== undefined) scan.fail(at, `'${String.fromCharCode(closer)}'`);
        if (empty) scan.fail(at, 'an annotation');
        return;
      }
      if (symbol < KEYWORD_COUNT && symbol !== NONE) scan.fail(at, 'an annotation');
    }
    empty = false;
  }
}
