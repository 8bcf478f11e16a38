// Reads the calls of a batt body, which are never nested, and gives their results to numbered targets.
import { GUARD_HELPER, type Ref, ROLE_S } from './battery.ts';
import { CLOSE, COMMA, EQUALS, OPEN } from './chars.ts';
import { Fault } from './errors.ts';
import type { Reading } from './reading.ts';
import { NO_NAME } from './scanner.ts';
import { FAULTY, RESERVED } from './scope.ts';
import { grown } from './symbols.ts';
import { APPLY, BATCH_PROCESS, FIRST, KEYWORD_COUNT, MAPPLY, P_G, SECOND } from './words.ts';

const T_NUMBER = 't<number>';
const VALUE = 'a t<number> assigned before, S, I, C, or a function or constant of the DSL';

/** What the four values of `batch_process_samples_gpu(S)` are made with. */
const HELPER_FUNCTIONS = [APPLY, MAPPLY, FIRST, SECOND, P_G];

export class BattCalls {
  /** How each call was written (`GUARD_*`), and the number of its target. */
  readonly guards: number[] = [];
  readonly numbers: number[] = [];
  readonly #reading: Reading;
  /** The name that the call read last has as its callee. */
  calleeSymbol = 0;
  #callee: Ref = 0;
  #args: Int32Array = new Int32Array(64);
  #argCount = 0;
  #callLine = 0;
  /** The ref of a problem, if a part of the call read last stands for one, else 0. */
  #spoiled: Ref = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  /** `, t41, t42, t43 = batch_process_samples_gpu(S)`: inputs and outputs of the demo samples, and the colours of each. */
  batchProcess(target: number): void {
    const { scan, scope } = this.#reading;
    const targets = [target];
    while (targets.length < 4) {
      scan.mark(COMMA);
      scan.blanks();
      const at = scan.pos;
      const next = this.target();
      if (targets.includes(next)) scan.fail(at, 'another number');
      targets.push(next);
    }
    scan.mark(EQUALS);
    scan.blanks();
    const at = scan.pos;
    const callLine = scan.line;
    scan.word(BATCH_PROCESS);
    this.#spoiled = 0;
    this.#arguments();
    if (this.#argCount !== 1 || this.#args[0] !== ROLE_S) {
      throw new Fault(at, callLine, 'other arguments', 'batch_process_samples_gpu(S)');
    }
    scan.endLine();
    const [apply, mapply, first, second, colours] = HELPER_FUNCTIONS.map((name) => {
      const ref = scope.read(name, at);
      if (ref <= RESERVED) throw new Fault(at, callLine, scan.describe(at), `a DSL with '${scan.symbols.text(name)}'`);
      return ref;
    });
    const inputs = this.#helper(targets[0]!, apply!, first!, ROLE_S);
    const outputs = this.#helper(targets[1]!, apply!, second!, ROLE_S);
    this.#helper(targets[2]!, mapply!, colours!, inputs);
    this.#helper(targets[3]!, mapply!, colours!, outputs);
  }

  #helper(target: number, callee: Ref, first: Ref, second: Ref): Ref {
    this.#callee = callee;
    this.#args[0] = first;
    this.#args[1] = second;
    this.#argCount = 2;
    return this.assign(target, GUARD_HELPER);
  }

  /** Reads a t<number> that has no value yet. */
  target(): number {
    const { scan } = this.#reading;
    const at = scan.pos;
    const symbol = scan.name();
    if (symbol === NO_NAME || scan.symbols.numbers[symbol]! < 0) scan.fail(at, T_NUMBER);
    this.isNew(symbol, at);
    return symbol;
  }

  /** Throws Fault when the target read at byte `at` has a value already. */
  isNew(target: number, at: number): void {
    const { scan, scope } = this.#reading;
    if (scope.isBound(target)) {
      throw new Fault(at, scan.line, `${scan.describe(at)} again`, 'a number not assigned before');
    }
  }

  /** Reads `name(arg, …)` after blanks; a name may be that of an earlier statement. */
  call(): void {
    const { scan } = this.#reading;
    scan.blanks();
    const at = scan.pos;
    this.#spoiled = 0;
    this.calleeSymbol = scan.ownName('a function or an earlier t<number>');
    this.#callee = this.value(this.calleeSymbol, at);
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
      this.#args[count++] = this.value(symbol, at);
      if (scan.peek() !== COMMA) scan.gap();
      const byte = scan.peek();
      if (byte !== COMMA && byte !== CLOSE) scan.fail(scan.pos, "',' or ')'");
      scan.pos++;
      if (byte === CLOSE) break;
    }
    this.#argCount = count;
  }

  value(symbol: number, at: number): Ref {
    const { scan, scope } = this.#reading;
    if (symbol < KEYWORD_COUNT) scan.fail(at, 'a name');
    if (scan.symbols.numbers[symbol]! >= 0 && !scope.isBound(symbol)) scan.fail(at, 'a t<number> assigned before');
    const ref = scope.read(symbol, at);
    if (ref <= RESERVED) scan.fail(at, VALUE);
    if (ref <= FAULTY && this.#spoiled === 0) this.#spoiled = ref;
    return ref;
  }

  /** Writes the call that was read last, unless a part of it is spoiled, and gives it to the target. */
  assign(target: number, guard: number): Ref {
    const { scope, calls, scan } = this.#reading;
    let ref = this.#spoiled;
    if (ref === 0) {
      ref = calls.emit(this.#callee, this.#args, 0, this.#argCount, this.#callLine);
      this.guards.push(guard);
      this.numbers.push(scan.symbols.numbers[target]!);
    }
    scope.bind(target, ref);
    return ref;
  }
}
