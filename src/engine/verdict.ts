// What became of one candidate on one sample.
import type { ErrorName } from '../value/errors.ts';

/** DESIGN §6 says which is which. */
export type Verdict =
  | 'ok'
  | 'mismatch'
  | 'shape'
  | 'not_grid'
  | `error:${ErrorName}`
  | 'budget'
  | 'timeout'
  | 'crash'
  | 'not_run';

/** A result that is a grid: `height` × `width` ints, row by row; not yet compared with the expected one. */
export interface OutputGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: ArrayLike<number>;
}
