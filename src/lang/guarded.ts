// Reads what stands around a guarded assignment: `try:`, then `except (…):` and the same target given the safe default.
import { GUARD_HEAD, GUARD_P4 } from './battery.ts';
import { CLOSE, COLON, COMMA, EQUALS, OPEN } from './chars.ts';
import { Fault } from './errors.ts';
import type { Scanner } from './scanner.ts';
import { EXCEPT, HEAD_ERRORS, P4_ERRORS, SAFE_DEFAULT } from './words.ts';

/** The indent of the statements of a body, as `Scanner` counts it; both 0 before the first. */
export interface Indent {
  readonly indent: number;
  readonly narrow: number;
}

/** Throws Fault when the line does not begin where the statements of the body do. */
export function atIndent(scan: Scanner, { indent, narrow }: Indent): void {
  if (scan.indent !== indent || scan.narrow !== narrow) {
    throw new Fault(scan.pos, scan.line, `an indent of ${scan.narrow}`, `${narrow} as in the lines above`);
  }
}

/** Reads the rest of the `try:` line and goes to the assignment in the next. Throws Fault. */
export function openGuard(scan: Scanner, { indent }: Indent, assignment: string): void {
  scan.mark(COLON);
  scan.endLine();
  deeper(scan, indent, `${assignment}, indented`);
}

/** Reads the two lines after the assignment; returns which guard it is (`GUARD_*`). Throws Fault. */
export function closeGuard(scan: Scanner, place: Indent, target: number, callee: number): number {
  if (scan.nextLine()) atIndent(scan, place);
  scan.word(EXCEPT);
  const guard = errors(scan);
  scan.mark(COLON);
  scan.endLine();
  deeper(scan, place.indent, `'${scan.symbols.text(target)} = _get_safe_default(…)', indented`);
  scan.word(target);
  scan.mark(EQUALS);
  scan.blanks();
  scan.word(SAFE_DEFAULT);
  scan.mark(OPEN);
  scan.gap();
  scan.word(callee);
  scan.innerMark(CLOSE);
  scan.endLine();
  return guard;
}

/** The errors that a guard names: the list of one text era or that of the other. */
function errors(scan: Scanner): number {
  scan.mark(OPEN);
  for (const [place, error] of HEAD_ERRORS.entries()) {
    scan.gap();
    if (place === P4_ERRORS.length && scan.peek() === CLOSE) {
      scan.pos++;
      return GUARD_P4;
    }
    if (place > 0) {
      scan.innerMark(COMMA);
      scan.gap();
    }
    scan.word(error);
  }
  scan.innerMark(CLOSE);
  return GUARD_HEAD;
}

function deeper(scan: Scanner, indent: number, expected: string): void {
  if (!scan.nextLine() || scan.indent <= indent) scan.fail(scan.pos, expected);
}
