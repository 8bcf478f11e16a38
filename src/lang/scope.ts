// What a name means inside a body: a variable, a parameter, or a name of the DSL.
import { type Dialect, type Ref, ROLES } from './battery.ts';
import type { Scanner } from './scanner.ts';
import { grown } from './symbols.ts';
import { ROLE_WORDS } from './words.ts';

/** Refs at or below this one stand for problem `FAULTY - ref`: the value is what a bad statement should have given. */
export const FAULTY: number = -(2 ** 30);
/** The name is nothing that may be read here. */
export const UNKNOWN: number = -(2 ** 31);
/** Bound to a name that exists and that no statement may use (`o`, `s`, `task_id`, `log_path`). */
export const RESERVED: number = UNKNOWN + 1;

export class Scope {
  readonly names: string[] = [...ROLES];
  dialect: Dialect = 'plain';
  readonly #scan: Scanner;
  readonly #known: ((name: string, dialect: Dialect) => boolean) | undefined;
  #epoch = 0;
  /** By symbol: the body that bound it last, and to what. */
  #boundIn: Int32Array = new Int32Array(1024);
  #refs: Int32Array = new Int32Array(1024);
  /** By symbol: the body that read it as a name of the DSL last, and where first. */
  #readIn: Int32Array = new Int32Array(1024);
  #readAt: Int32Array = new Int32Array(1024);
  #readLine: Int32Array = new Int32Array(1024);
  /** By symbol and dialect: 0 not asked yet, `UNKNOWN`, or the ref of the name. */
  #global: Int32Array = new Int32Array(2048);

  constructor(scan: Scanner, known?: (name: string, dialect: Dialect) => boolean) {
    this.#scan = scan;
    this.#known = known;
    // Where they are no parameters, the roles are no names of the DSL either: their refs would mean two things.
    for (const word of ROLE_WORDS) this.#global.fill(UNKNOWN, word * 2, word * 2 + 2);
  }

  /** Begins a body: nothing is bound. */
  begin(dialect: Dialect): void {
    this.#epoch++;
    this.dialect = dialect;
  }

  isBound(symbol: number): boolean {
    return symbol < this.#boundIn.length && this.#boundIn[symbol] === this.#epoch;
  }

  bind(symbol: number, ref: Ref): void {
    if (symbol >= this.#refs.length) this.#grow(symbol);
    this.#boundIn[symbol] = this.#epoch;
    this.#refs[symbol] = ref;
  }

  /** What the name read at byte `at` of the current line is; may be `UNKNOWN`, `RESERVED` or at most `FAULTY`. */
  read(symbol: number, at: number): Ref {
    if (symbol >= this.#refs.length) this.#grow(symbol);
    if (this.#boundIn[symbol] === this.#epoch) return this.#refs[symbol]!;
    if (this.#readIn[symbol] !== this.#epoch) {
      this.#readIn[symbol] = this.#epoch;
      this.#readAt[symbol] = at;
      this.#readLine[symbol] = this.#scan.line;
    }
    const key = symbol * 2 + (this.dialect === 'sic' ? 1 : 0);
    const ref = this.#global[key]!;
    return ref !== 0 ? ref : this.#ask(symbol, key);
  }

  /** Where this body first read the name as one of the DSL; Python refuses that in a function that also assigns it. */
  firstRead(symbol: number): { at: number; line: number } | null {
    if (symbol >= this.#refs.length || this.#readIn[symbol] !== this.#epoch) return null;
    return { at: this.#readAt[symbol]!, line: this.#readLine[symbol]! };
  }

  #ask(symbol: number, key: number): Ref {
    const name = this.#scan.symbols.text(symbol);
    let ref = UNKNOWN;
    if (this.#known === undefined || this.#known(name, this.dialect)) {
      const other = this.#global[key ^ 1]!;
      ref = other < 0 && other !== UNKNOWN ? other : ~(this.names.push(name) - 1);
    }
    this.#global[key] = ref;
    return ref;
  }

  #grow(symbol: number): void {
    const size = (symbol + 1) * 2;
    this.#boundIn = grown(this.#boundIn, size);
    this.#refs = grown(this.#refs, size);
    this.#readIn = grown(this.#readIn, size);
    this.#readAt = grown(this.#readAt, size);
    this.#readLine = grown(this.#readLine, size);
    this.#global = grown(this.#global, size * 2);
  }
}
