// Reads an expression of names and calls, nested to any depth that is not hostile, and writes its calls in Python's order.
import type { Ref } from './battery.ts';
import type { Calls } from './calls.ts';
import { CLOSE, COMMA, OPEN } from './chars.ts';
import { Fault } from './errors.ts';
import { NO_NAME, type Scanner } from './scanner.ts';
import { RESERVED, type Scope, UNKNOWN } from './scope.ts';
import { grown } from './symbols.ts';
import { KEYWORD_COUNT } from './words.ts';

/** Parentheses may nest this deep; CPython itself stops at 200. */
export const DEEPEST = 10_000;

/** Names no value: the frame is a pair of parentheses that only groups. */
const GROUP = UNKNOWN;

export class Expressions {
  readonly #scan: Scanner;
  readonly #scope: Scope;
  readonly #calls: Calls;
  /** Open parentheses: what is called, where its arguments begin in `#args`, and its line. */
  readonly #callees: Int32Array = new Int32Array(DEEPEST);
  readonly #bases: Int32Array = new Int32Array(DEEPEST);
  readonly #lines: Int32Array = new Int32Array(DEEPEST);
  #args: Int32Array = new Int32Array(1024);

  constructor(scan: Scanner, scope: Scope, calls: Calls) {
    this.#scan = scan;
    this.#scope = scope;
    this.#calls = calls;
  }

  /** Reads one expression and stops at the first thing that can't be part of it. Throws Fault. */
  read(): Ref {
    const scan = this.#scan;
    const callees = this.#callees;
    let depth = 0;
    let argCount = 0;
    let mayClose = false;
    for (;;) {
      if (depth > 0) scan.gap();
      else scan.blanks();
      const at = scan.pos;
      const symbol = scan.name();
      let ref: Ref;
      if (symbol !== NO_NAME) {
        ref = this.#value(symbol, at);
      } else {
        const byte = scan.peek();
        if (byte === OPEN) {
          this.#open(depth++, GROUP, argCount);
          mayClose = false;
          continue;
        }
        if (byte !== CLOSE || !mayClose) scan.fail(at, mayClose ? "a name or ')'" : 'a name');
        scan.pos++;
        depth--;
        ref = this.#close(depth, argCount);
        argCount = this.#bases[depth]!;
      }
      // After a value: it is called, or it is an argument, or the expression ends.
      for (;;) {
        let byte = scan.peek();
        if (byte !== OPEN && byte !== CLOSE && byte !== COMMA) {
          if (depth > 0) scan.gap();
          else scan.blanks();
          byte = scan.peek();
        }
        if (byte === OPEN) {
          this.#open(depth++, ref, argCount);
          mayClose = true;
          break;
        }
        if (depth === 0) return ref;
        const grouping = callees[depth - 1] === GROUP;
        if (byte === COMMA && !grouping) {
          if (argCount === this.#args.length) this.#args = grown(this.#args, argCount * 2);
          this.#args[argCount++] = ref;
          scan.pos++;
          mayClose = true;
          break;
        }
        if (byte !== CLOSE) scan.fail(scan.pos, grouping ? "')'" : "',' or ')'");
        scan.pos++;
        depth--;
        if (!grouping) {
          if (argCount === this.#args.length) this.#args = grown(this.#args, argCount * 2);
          this.#args[argCount++] = ref;
          ref = this.#close(depth, argCount);
          argCount = this.#bases[depth]!;
        }
      }
    }
  }

  #value(symbol: number, at: number): Ref {
    if (symbol < KEYWORD_COUNT) this.#scan.fail(at, 'a name');
    const ref = this.#scope.read(symbol, at);
    if (ref <= RESERVED)
      this.#scan.fail(at, 'a variable assigned before, a parameter, or a function or constant of the DSL');
    return ref;
  }

  #open(depth: number, callee: Ref, argCount: number): void {
    const scan = this.#scan;
    if (depth === DEEPEST) {
      throw new Fault(scan.pos, scan.line, `${DEEPEST + 1} open parentheses`, `at most ${DEEPEST}`);
    }
    this.#callees[depth] = callee;
    this.#bases[depth] = argCount;
    this.#lines[depth] = scan.line;
    scan.pos++;
  }

  #close(depth: number, argCount: number): Ref {
    return this.#calls.emit(this.#callees[depth]!, this.#args, this.#bases[depth]!, argCount, this.#lines[depth]!);
  }
}
