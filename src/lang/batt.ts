// Reads the body of `batt(task_id, S, I, C, log_path)`: numbered statements, guarded or plain, and the lists o and s.
// A bad statement spoils only the outputs that use its value, directly or through others.
import { BattCalls } from './battCalls.ts';
import { type Differ, GUARD_NONE, type Output, type Ref, ROLE_C, ROLE_I, ROLE_S, type Warning } from './battery.ts';
import { CLOSE, CLOSE_BRACKET, COLON, COMMA, DOT, EQUALS, OPEN, OPEN_BRACKET } from './chars.ts';
import { Fault } from './errors.ts';
import { atIndent, closeGuard, type Indent, openGuard } from './guarded.ts';
import type { Reading } from './reading.ts';
import { NO_NAME } from './scanner.ts';
import { FAULTY, RESERVED } from './scope.ts';
import { APPEND, EXCEPT, FALSE, O, RETURN, ROLE_WORDS, S, TRUE, TRY } from './words.ts';

const BATT_ROLES = [RESERVED, ROLE_S, ROLE_I, ROLE_C, RESERVED];
const STATEMENT = "'t<number> = name(…)', 'try:', 'o.append', 's.append' or 'return o, s'";
const FUNCTION_END = 'the end of the function';

/** Reads from the line after the header; `parameters` is the fault of the header when that is bad. */
export function readBatt(reading: Reading, line: number, parameters: readonly number[] | Fault): void {
  new BattBody(reading, line, parameters).read();
}

class BattBody {
  readonly #reading: Reading;
  readonly #line: number;
  readonly #outputs: Output[] = [];
  readonly #differs: Differ[] = [];
  readonly #calls: BattCalls;
  /** Problem i is what the ref `FAULTY - i` stands for. */
  readonly #problems: Warning[] = [];
  #place: Indent = { indent: 0, narrow: 0 };
  #hasO = false;
  #hasS = false;
  #returned = false;
  /** What makes every output invalid: a bad header, no return. */
  #fault: Fault | null = null;
  constructor(reading: Reading, line: number, parameters: readonly number[] | Fault) {
    this.#reading = reading;
    this.#line = line;
    this.#calls = new BattCalls(reading);
    if (parameters instanceof Fault) {
      this.#fault = parameters;
      reading.begin('sic', ROLE_WORDS, [ROLE_S, ROLE_I, ROLE_C]);
    } else {
      reading.begin('sic', parameters, BATT_ROLES);
    }
    reading.scope.bind(O, RESERVED);
    reading.scope.bind(S, RESERVED);
  }

  read(): void {
    const { scan, calls, invalid } = this.#reading;
    const firstCall = calls.count;
    const invalidBefore = invalid.length;
    while (scan.nextLine()) {
      if (scan.indent === 0 && (this.#returned || scan.atDef())) break;
      const start = scan.lineStart;
      const line = scan.line;
      try {
        this.#statement();
      } catch (fault) {
        if (!(fault instanceof Fault)) throw fault;
        this.#passOver(fault, start, line);
      }
    }
    if (!this.#returned) this.#fault ??= new Fault(scan.pos, scan.line, scan.describe(scan.pos), "'return o, s'");
    if (this.#fault !== null) {
      const problem = this.#reading.place(this.#fault);
      for (const output of this.#outputs) this.#reading.reject(output.solverId, output.line, problem);
      if (invalid.length === invalidBefore) this.#reading.reject('batt', this.#line, problem);
      calls.truncate(firstCall);
      return;
    }
    this.#reading.bodies.push({
      name: 'batt',
      dialect: 'sic',
      line: this.#line,
      firstCall,
      callCount: calls.count - firstCall,
      outputs: this.#outputs,
      differs: this.#differs,
      guards: Uint8Array.from(this.#calls.guards),
      numbers: Int32Array.from(this.#calls.numbers),
    });
  }

  #statement(): void {
    const { scan } = this.#reading;
    if (this.#returned) scan.fail(scan.pos, FUNCTION_END);
    if (this.#place.indent === 0) {
      if (scan.indent === 0) scan.fail(scan.pos, 'an indented statement');
      this.#place = { indent: scan.indent, narrow: scan.narrow };
    }
    atIndent(scan, this.#place);
    if (scan.atString()) {
      scan.skipString();
      scan.endLine();
      return;
    }
    const at = scan.pos;
    const symbol = scan.name();
    if (symbol === TRY) this.#guarded();
    else if (symbol === O || symbol === S) this.#list(symbol, at);
    else if (symbol === RETURN) this.#return();
    else if (symbol !== NO_NAME && scan.symbols.numbers[symbol]! >= 0) this.#plain(symbol, at);
    else scan.fail(at, STATEMENT);
  }

  /** `t12 = name(arg, …)`, or the four targets of `batch_process_samples_gpu(S)`. */
  #plain(target: number, at: number): void {
    const { scan } = this.#reading;
    this.#calls.isNew(target, at);
    scan.blanks();
    if (scan.peek() === COMMA) {
      this.#calls.batchProcess(target);
      return;
    }
    scan.mark(EQUALS);
    this.#calls.call();
    scan.endLine();
    this.#calls.assign(target, GUARD_NONE);
  }

  /** `try:`, the assignment, `except (…):`, the same target given the safe default of the same callee. */
  #guarded(): void {
    const { scan } = this.#reading;
    openGuard(scan, this.#place, "'t<number> = name(…)'");
    const target = this.#calls.target();
    scan.mark(EQUALS);
    this.#calls.call();
    const callee = this.#calls.calleeSymbol;
    scan.endLine();
    this.#calls.assign(target, closeGuard(scan, this.#place, target, callee));
  }

  /** `o = []`, `s = []`, `o.append((n, evo, 'solver_id', tn))`, `s.append((n, 'solver_id', 'differ_name', tn))`. */
  #list(list: number, at: number): void {
    const { scan } = this.#reading;
    const line = scan.line;
    scan.blanks();
    if (scan.peek() === EQUALS) {
      scan.mark(EQUALS);
      scan.mark(OPEN_BRACKET);
      scan.innerMark(CLOSE_BRACKET);
      scan.endLine();
      if (list === O) this.#hasO = true;
      else this.#hasS = true;
      return;
    }
    if (scan.peek() !== DOT) scan.fail(scan.pos, "'.append' or '= []'");
    scan.pos++;
    scan.blanks();
    scan.word(APPEND);
    if (list === O ? !this.#hasO : !this.#hasS) scan.fail(at, `'${scan.symbols.text(list)} = []' before it`);
    scan.mark(OPEN);
    scan.innerMark(OPEN);
    scan.gap();
    const number = scan.integer();
    scan.innerMark(COMMA);
    scan.gap();
    const evolved = list === O && this.#flag();
    const first = list === O ? '' : scan.id('a solver id in quotes');
    if (list === S) {
      scan.innerMark(COMMA);
      scan.gap();
    }
    const second = scan.id(list === O ? 'a solver id in quotes' : 'the name of a differ in quotes');
    scan.innerMark(COMMA);
    scan.gap();
    const valueAt = scan.pos;
    const symbol = scan.name();
    if (symbol === NO_NAME || scan.symbols.numbers[symbol] !== number) scan.fail(valueAt, `'t${number}'`);
    const ref = this.#calls.value(symbol, valueAt);
    scan.gap();
    if (scan.peek() === COMMA) scan.pos++;
    scan.innerMark(CLOSE);
    scan.innerMark(CLOSE);
    scan.endLine();
    if (list === O) this.#output({ solverId: second, ref, line, number, evolved });
    else this.#differ({ number, solverId: first === 'None' ? null : first, name: second, ref, line });
  }

  /** `True,` or `False,` and what is blank after it. */
  #flag(): boolean {
    const { scan } = this.#reading;
    const at = scan.pos;
    const symbol = scan.name();
    if (symbol !== TRUE && symbol !== FALSE) scan.fail(at, "'True' or 'False'");
    scan.innerMark(COMMA);
    scan.gap();
    return symbol === TRUE;
  }

  #output(output: Output): void {
    const problem = this.#problems[FAULTY - output.ref];
    if (problem === undefined) this.#outputs.push(output);
    else this.#reading.reject(output.solverId, output.line, problem);
  }

  #differ(differ: Differ): void {
    const problem = this.#problems[FAULTY - differ.ref];
    if (problem === undefined) this.#differs.push(differ);
    else
      this.#reading.warn({ ...problem, reason: `${problem.reason}; '${differ.name}' of line ${differ.line} is lost` });
  }

  #return(): void {
    const { scan } = this.#reading;
    try {
      scan.blanks();
      const at = scan.pos;
      const inParentheses = scan.peek() === OPEN;
      if (inParentheses) {
        scan.pos++;
        scan.gap();
      }
      scan.word(O);
      scan.mark(COMMA);
      scan.blanks();
      scan.word(S);
      if (inParentheses) scan.innerMark(CLOSE);
      scan.endLine();
      if (!this.#hasO || !this.#hasS) scan.fail(at, "'o = []' and 's = []' before it");
      this.#returned = true;
    } catch (fault) {
      if (fault instanceof Fault) this.#fault ??= fault;
      throw fault;
    }
  }

  /** Leaves out the bad statement that begins at byte `start`: what it would have assigned and appended has its fault. */
  #passOver(fault: Fault, start: number, line: number): void {
    const { scan } = this.#reading;
    const problem = this.#reading.place(fault);
    const ref = FAULTY - (this.#problems.push(problem) - 1);
    scan.pos = start;
    scan.line = line;
    let isCandidate = false;
    for (let first = true; scan.nextLine(); first = false) {
      const belongs = (this.#place.indent > 0 && scan.indent > this.#place.indent) || scan.atWord(EXCEPT);
      if (!first && !belongs) {
        scan.pos = scan.lineStart;
        break;
      }
      if (this.#spoilLine(ref, problem)) isCandidate = true;
      scan.skipLine();
    }
    if (!isCandidate) this.#reading.warn(problem);
  }

  /** Spoils the targets of one line; an `o.append` is rejected, which is answered with true. */
  #spoilLine(ref: Ref, problem: Warning): boolean {
    const { scan, scope } = this.#reading;
    let symbol = scan.tryName();
    if (symbol === TRY) {
      scan.blanks();
      if (scan.peek() === COLON) scan.pos++;
      scan.blanks();
      symbol = scan.tryName();
    }
    while (symbol >= 0 && scan.symbols.numbers[symbol]! >= 0) {
      // Of two faults the first is the reason.
      if (!scope.isBound(symbol) || scope.read(symbol, scan.pos) > FAULTY) scope.bind(symbol, ref);
      scan.blanks();
      if (scan.peek() !== COMMA) return false;
      scan.pos++;
      scan.blanks();
      symbol = scan.tryName();
    }
    if (symbol !== O) return false;
    scan.blanks();
    if (scan.peek() !== DOT) return false;
    scan.pos++;
    scan.blanks();
    if (scan.tryName() !== APPEND) return false;
    this.#reading.reject(scan.findId(), scan.line, problem);
    return true;
  }
}
