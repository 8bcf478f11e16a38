// The state that all parts of the parser share while they read one file, and the lists that they report to.
import type { Body, Dialect, Invalid, ParseOptions, Ref, Warning } from './battery.ts';
import { Calls } from './calls.ts';
import { BatteryError, type Fault } from './errors.ts';
import { Expressions } from './expressions.ts';
import { Scanner } from './scanner.ts';
import { Scope } from './scope.ts';

/** With more faults than this a file is no battery; the list of them would only fill the memory. */
const MOST_FAULTS = 1_000_000;

export class Reading {
  readonly file: string;
  readonly scan: Scanner;
  readonly scope: Scope;
  readonly calls: Calls = new Calls();
  readonly expressions: Expressions;
  readonly bodies: Body[] = [];
  readonly invalid: Invalid[] = [];
  readonly warnings: Warning[] = [];

  constructor(bytes: Uint8Array, start: number, options: ParseOptions) {
    this.file = options.file;
    this.scan = new Scanner(bytes, start);
    this.scope = new Scope(this.scan, options.known);
    this.expressions = new Expressions(this.scan, this.scope, this.calls);
  }

  /** Begins a body whose parameters have these symbols; the roles go by position. */
  begin(dialect: Dialect, parameters: readonly number[], roles: readonly Ref[]): void {
    this.scope.begin(dialect);
    for (const [place, symbol] of parameters.entries()) this.scope.bind(symbol, roles[place]!);
  }

  /** The fault as it is reported. */
  place(fault: Fault): Warning {
    const { line, found, expected } = fault;
    return { line, column: this.scan.column(fault.at), reason: `found ${found}, expected ${expected}` };
  }

  /** Records a candidate that cannot be run. */
  reject(name: string, candidateLine: number, { line, column, reason }: Warning): void {
    this.invalid.push({ name, candidateLine, line, column, reason });
    this.#bound(line, column);
  }

  /** Records something passed over that is no candidate. */
  warn(warning: Warning): void {
    this.warnings.push(warning);
    this.#bound(warning.line, warning.column);
  }

  #bound(line: number, column: number): void {
    if (this.invalid.length + this.warnings.length > MOST_FAULTS) {
      throw new BatteryError(this.file, line, column, `more than ${MOST_FAULTS} faults`, 'a battery');
    }
  }
}
