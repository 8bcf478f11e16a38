// Reads the body of `batt(task_id, S, I, C, log_path)`: numbered statements, guarded or plain, and the lists o and s.
// A bad statement spoils only the outputs that use its value, directly or through others.
import {
  type Differ,
  GUARD_HEAD,
  GUARD_HELPER,
  GUARD_NONE,
  GUARD_P4,
  type Output,
  type Ref,
  ROLE_C,
  ROLE_I,
  ROLE_S,
  type Warning,
} from './battery.ts';
import { CLOSE, CLOSE_BRACKET, COLON, COMMA, DOT, EQUALS, OPEN, OPEN_BRACKET } from './chars.ts';
import { Fault } from './errors.ts';
import type { Reading } from './reading.ts';
import { NO_NAME } from './scan.ts';
import { FAULTY, RESERVED } from './scope.ts';
import { grown } from './symbols.ts';
import {
  APPEND,
  APPLY,
  BATCH_PROCESS,
  EXCEPT,
  FALSE,
  FIRST,
  HEAD_ERRORS,
  KEYWORD_COUNT,
  MAPPLY,
  O,
  P_G,
  P4_ERRORS,
  RETURN,
  ROLE_WORDS,
  S,
  SAFE_DEFAULT,
  SECOND,
  TRUE,
  TRY,
} from './words.ts';

const BATT_ROLES = [RESERVED, ROLE_S, ROLE_I, ROLE_C, RESERVED];
const STATEMENT = "'t<number> = name(…)', 'try:', 'o.append', 's.append' or 'return o, s'";
const VALUE = 'a t<number> assigned before, S, I, C, or a function or constant of the DSL';
const T_NUMBER = 't<number>';
const LINE_END = 'the end of the line';
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
  readonly #guards: number[] = [];
  readonly #numbers: number[] = [];
  /** Problem i is what the ref `FAULTY - i` stands for. */
  readonly #problems: Warning[] = [];
  #indent = 0;
  #narrow = 0;
  #hasO = false;
  #hasS = false;
  #returned = false;
  /** What makes every output invalid: a bad header, no return. */
  #fault: Fault | null = null;
  // The call that was read last.
  #callee: Ref = 0;
  #calleeSymbol = 0;
  #args: Int32Array = new Int32Array(64);
  #argCount = 0;
  #callLine = 0;
  /** A ref of a problem that one of its parts stands for, else 0. */
  #spoiled: Ref = 0;

  constructor(reading: Reading, line: number, parameters: readonly number[] | Fault) {
    this.#reading = reading;
    this.#line = line;
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
      guards: Uint8Array.from(this.#guards),
      numbers: Int32Array.from(this.#numbers),
    });
  }

  #statement(): void {
    const { scan } = this.#reading;
    if (this.#returned) scan.fail(scan.pos, FUNCTION_END);
    if (this.#indent === 0) {
      if (scan.indent === 0) scan.fail(scan.pos, 'an indented statement');
      this.#indent = scan.indent;
      this.#narrow = scan.narrow;
    }
    this.#atIndent();
    if (scan.atString()) {
      scan.skipString();
      scan.endLine(LINE_END);
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
    this.#isNew(target, at);
    scan.blanks();
    if (scan.peek() === COMMA) {
      this.#batchProcess(target);
      return;
    }
    scan.mark(EQUALS);
    this.#call();
    scan.endLine(LINE_END);
    this.#assign(target, GUARD_NONE);
  }

  /** `try:`, the assignment, `except (…):`, the same target given the safe default of the same callee. */
  #guarded(): void {
    const { scan } = this.#reading;
    scan.mark(COLON);
    scan.endLine(LINE_END);
    this.#deeper(`'${T_NUMBER} = name(…)', indented`);
    const target = this.#target();
    scan.mark(EQUALS);
    this.#call();
    const callee = this.#calleeSymbol;
    scan.endLine(LINE_END);
    if (scan.nextLine()) this.#atIndent();
    scan.word(EXCEPT);
    const guard = this.#errors();
    scan.mark(COLON);
    scan.endLine(LINE_END);
    this.#deeper(`'${scan.symbols.text(target)} = _get_safe_default(…)', indented`);
    scan.word(target);
    scan.mark(EQUALS);
    scan.blanks();
    scan.word(SAFE_DEFAULT);
    scan.mark(OPEN);
    scan.gap();
    scan.word(callee);
    scan.innerMark(CLOSE);
    scan.endLine(LINE_END);
    this.#assign(target, guard);
  }

  /** The errors that a guard names: the list of one text era or that of the other. */
  #errors(): number {
    const { scan } = this.#reading;
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

  /** `, t41, t42, t43 = batch_process_samples_gpu(S)`: inputs and outputs of the demo samples, and the colours of each. */
  #batchProcess(first: number): void {
    const { scan, scope } = this.#reading;
    const targets = [first];
    while (targets.length < 4) {
      scan.mark(COMMA);
      scan.blanks();
      const at = scan.pos;
      const target = this.#target();
      if (targets.includes(target)) scan.fail(at, 'another number');
      targets.push(target);
    }
    scan.mark(EQUALS);
    scan.blanks();
    const at = scan.pos;
    const callLine = scan.line;
    scan.word(BATCH_PROCESS);
    this.#calleeSymbol = BATCH_PROCESS;
    this.#arguments();
    if (this.#argCount !== 1 || this.#args[0] !== ROLE_S) scan.fail(at, 'batch_process_samples_gpu(S)');
    scan.endLine(LINE_END);
    const [apply, mapply, ...functions] = [APPLY, MAPPLY, FIRST, SECOND, P_G].map((name) => {
      const ref = scope.read(name, at);
      if (ref <= RESERVED) throw new Fault(at, callLine, scan.describe(at), `a DSL with '${scan.symbols.text(name)}'`);
      return ref;
    });
    const [firstOf, secondOf, colours] = functions;
    const inputs = this.#helper(targets[0]!, apply!, firstOf!, ROLE_S);
    const outputs = this.#helper(targets[1]!, apply!, secondOf!, ROLE_S);
    this.#helper(targets[2]!, mapply!, colours!, inputs);
    this.#helper(targets[3]!, mapply!, colours!, outputs);
  }

  #helper(target: number, callee: Ref, first: Ref, second: Ref): Ref {
    this.#callee = callee;
    this.#args[0] = first;
    this.#args[1] = second;
    this.#argCount = 2;
    return this.#assign(target, GUARD_HELPER);
  }

  /** Reads a t<number> that has no value yet. */
  #target(): number {
    const { scan } = this.#reading;
    const at = scan.pos;
    const symbol = scan.name();
    if (symbol === NO_NAME || scan.symbols.numbers[symbol]! < 0) scan.fail(at, T_NUMBER);
    this.#isNew(symbol, at);
    return symbol;
  }

  #isNew(target: number, at: number): void {
    const { scan, scope } = this.#reading;
    if (scope.isBound(target))
      throw new Fault(at, scan.line, `${scan.describe(at)} again`, 'a number not assigned before');
  }

  /** Reads `name(arg, …)` after blanks; a name may be that of an earlier statement. */
  #call(): void {
    const { scan } = this.#reading;
    scan.blanks();
    const at = scan.pos;
    this.#spoiled = 0;
    this.#calleeSymbol = scan.ownName('a function or an earlier t<number>');
    this.#callee = this.#value(this.#calleeSymbol, at);
    this.#arguments();
  }

  #arguments(): void {
    const { scan } = this.#reading;
    scan.mark(OPEN);
    this.#callLine = scan.line;
    let count = 0;
    for (;;) {
      scan.gap();
      const at = scan.pos;
      const symbol = scan.name();
      if (symbol === NO_NAME) {
        if (scan.peek() !== CLOSE) scan.fail(at, "a name or ')'");
        scan.pos++;
        break;
      }
      if (count === this.#args.length) this.#args = grown(this.#args, count * 2);
      this.#args[count++] = this.#value(symbol, at);
      if (scan.peek() !== COMMA) scan.gap();
      const byte = scan.peek();
      if (byte !== COMMA && byte !== CLOSE) scan.fail(scan.pos, "',' or ')'");
      scan.pos++;
      if (byte === CLOSE) break;
    }
    this.#argCount = count;
  }

  #value(symbol: number, at: number): Ref {
    const { scan, scope } = this.#reading;
    if (symbol < KEYWORD_COUNT) scan.fail(at, 'a name');
    if (scan.symbols.numbers[symbol]! >= 0 && !scope.isBound(symbol)) scan.fail(at, 'a t<number> assigned before');
    const ref = scope.read(symbol, at);
    if (ref <= RESERVED) scan.fail(at, VALUE);
    if (ref <= FAULTY && this.#spoiled === 0) this.#spoiled = ref;
    return ref;
  }

  /** Writes the call that was read last, unless a part of it is spoiled, and gives it to the target. */
  #assign(target: number, guard: number): Ref {
    const { scope, calls, scan } = this.#reading;
    let ref = this.#spoiled;
    if (ref === 0) {
      ref = calls.emit(this.#callee, this.#args, 0, this.#argCount, this.#callLine);
      this.#guards.push(guard);
      this.#numbers.push(scan.symbols.numbers[target]!);
    }
    scope.bind(target, ref);
    return ref;
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
      scan.endLine(LINE_END);
      if (list === O) this.#hasO = true;
      else this.#hasS = true;
      return;
    }
    if (scan.peek() !== DOT) scan.fail(scan.pos, "'.append' or '= []'");
    scan.mark(DOT);
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
    this.#spoiled = 0;
    const ref = this.#value(symbol, valueAt);
    scan.gap();
    if (scan.peek() === COMMA) scan.pos++;
    scan.innerMark(CLOSE);
    scan.innerMark(CLOSE);
    scan.endLine(LINE_END);
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
      scan.endLine(LINE_END);
      if (!this.#hasO || !this.#hasS) scan.fail(at, "'o = []' and 's = []' before it");
      this.#returned = true;
    } catch (fault) {
      if (fault instanceof Fault) this.#fault ??= fault;
      throw fault;
    }
  }

  #atIndent(): void {
    const { scan } = this.#reading;
    if (scan.indent !== this.#indent || scan.narrow !== this.#narrow) {
      throw new Fault(scan.pos, scan.line, `an indent of ${scan.narrow}`, `${this.#narrow} as in the lines above`);
    }
  }

  #deeper(expected: string): void {
    const { scan } = this.#reading;
    if (!scan.nextLine() || scan.indent <= this.#indent) scan.fail(scan.pos, expected);
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
      const belongs = (this.#indent > 0 && scan.indent > this.#indent) || scan.atWord(EXCEPT);
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
      scope.bind(symbol, ref);
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
