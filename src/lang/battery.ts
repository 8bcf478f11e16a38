// What a parsed battery is: compact tables of calls, and the candidates that are read from them.

/** The dialect of a body: `plain` programs see `I` alone, `sic` programs see `S`, `I` and `C`. */
export type Dialect = 'plain' | 'sic';

/** r >= 0: the result of call r of the battery; r < 0: the name `battery.names[~r]`. */
export type Ref = number;

/** The roles of parameters, whatever a file calls them: the first three of `Battery.names`. */
export const ROLES: readonly string[] = ['S', 'I', 'C'];
export const ROLE_S: Ref = ~0;
export const ROLE_I: Ref = ~1;
export const ROLE_C: Ref = ~2;

/** How a statement was written; the values of `Body.guards`. */
export const GUARD_NONE = 0;
/** `except (TypeError, AttributeError, ValueError):` */
export const GUARD_P4 = 1;
/** `except (TypeError, AttributeError, ValueError, IndexError, KeyError):` */
export const GUARD_HEAD = 2;
/** Not a statement of its own: one of the four calls that a `batch_process_samples_gpu(S)` line stands for. */
export const GUARD_HELPER = 3;

/** One file of candidates. A call is `code[at[k]]` = callee, `code[at[k] + 1]` = number of arguments, then the arguments. */
export interface Battery {
  readonly file: string;
  /** That of the first body; `plain` when there is none. */
  readonly dialect: Dialect;
  /** Names that bodies mention: the roles `S`, `I`, `C`, then DSL functions and constants in order of first mention. */
  readonly names: readonly string[];
  readonly code: Int32Array;
  readonly at: Int32Array;
  /** 1-based line of the opening parenthesis of each call. */
  readonly lines: Int32Array;
  readonly bodies: readonly Body[];
  /** Every candidate that cannot be run, in file order as far as its fault is known, with the reason. */
  readonly invalid: readonly Invalid[];
  /** What was passed over without being a candidate: stray statements, bad statements of a batt body, lost differs. */
  readonly warnings: readonly Warning[];
}

/** A battery that was read from a file. */
export interface BatteryFile extends Battery {
  /** SHA-256 of the bytes that were parsed: a file may change, and a pipe can be read once. */
  readonly digest: string;
}

/** One function of the file; its calls are `firstCall` .. `firstCall + callCount - 1`, in Python's evaluation order. */
export interface Body {
  readonly name: string;
  readonly dialect: Dialect;
  /** 1-based line of the `def`. */
  readonly line: number;
  readonly firstCall: number;
  readonly callCount: number;
  /** A solver has one, its `return`; a batt body one for each valid `o.append`. */
  readonly outputs: readonly Output[];
  /** The `s.append` lines of a batt body. */
  readonly differs: readonly Differ[];
  /** How call `firstCall + i` was written (`GUARD_*`), one entry a call; empty for a solver without any guard. */
  readonly guards: Uint8Array;
  /** Batt bodies: n of the statement `tn = …` that is call `firstCall + i`, one entry a call; empty otherwise. */
  readonly numbers: Int32Array;
}

export interface Output {
  /** `<id>` of `solve_<id>` or `verify_<id>`, the file's stem for a bare `solve`, else the id in the `o.append`. */
  readonly solverId: string;
  readonly ref: Ref;
  readonly line: number;
  /** n of `o.append((n, …, tn))`; absent in a solver. */
  readonly number?: number;
  /** The flag of an `o.append`: was the last statement mutated? Absent in a solver. */
  readonly evolved?: boolean;
}

export interface Differ {
  readonly number: number;
  /** null for the leading copies, which compare `I` with `C`. */
  readonly solverId: string | null;
  readonly name: string;
  readonly ref: Ref;
  readonly line: number;
}

/** A place in the file, 1-based, the column in characters, and what is wrong there: `found …, expected …`. */
export interface Warning {
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** A candidate that cannot be run. `line` and `column` point at the fault, which may lie before the candidate. */
export interface Invalid extends Warning {
  /** The name of the `def`, or the solver id of the `o.append`; empty when it cannot be read. */
  readonly name: string;
  /** 1-based line of the `def` or the `o.append`. */
  readonly candidateLine: number;
}

export interface ParseOptions {
  /** Path or name, for messages and for the solver id of a bare `solve`. */
  readonly file: string;
  /** Does the DSL have this name? A name it has not makes its candidate invalid. Left out, every name is accepted. */
  readonly known?: (name: string, dialect: Dialect) => boolean;
}
