// What a benchmark is: a question about speed or memory, and the rows that answer it.

/** How long a benchmark may take. */
export interface Options {
  /** Fewer repeats and smaller inputs: a look, not a figure to quote. */
  readonly quick: boolean;
}

/** A figure from elsewhere, in the row's unit. */
export interface Reference {
  readonly value: number;
  /** What was measured, and where: `this run`, or the table that it is taken from. */
  readonly from: string;
}

export interface Row {
  readonly what: string;
  /** Of repeated measurements the median. */
  readonly value: number;
  /** The best of them: what is left of the figure's noise on a busy machine. */
  readonly best?: number;
  /** A unit that ends in `/s` is better the larger; of all others less is better. */
  readonly unit: string;
  /** At least this for a unit that ends in `/s`, at most this for any other. */
  readonly goal?: number;
  readonly references?: readonly Reference[];
  /** Bytes that the figure means. */
  readonly throughput?: Throughput;
}

export interface Throughput {
  /** 10⁹ bytes a second. */
  readonly gigabytes: number;
  /** Of the rate at which the same bytes are only read. */
  readonly share?: number;
  /** At least this share. */
  readonly goal?: number;
}

/** Rows with remarks, or the reason why there are none. */
export type Answer =
  | { readonly rows: readonly Row[]; readonly notes: readonly string[] }
  | { readonly skipped: string };

export interface Question {
  /** As given on the command line. */
  readonly name: string;
  /** What is measured and how, in a sentence. */
  readonly about: string;
  ask(options: Options): Answer | Promise<Answer>;
}

/** Whether more of a unit is better. */
export function isRate(unit: string): boolean {
  return unit.endsWith('/s');
}
