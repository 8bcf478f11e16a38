// What became of one candidate on one sample.
import type { ErrorName } from '../value/errors.ts';

/**
 * `not_grid` is anything but a non-empty tuple of equally long non-empty tuples of ints or bools (a bool counts as its int).
 * A grid of another height or width than the expected one is `shape`, one of its size with another cell `mismatch`; where no
 * grid is expected, a grid is `ok`.
 */
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

/** A result that is a grid of `height` × `width` ints; not yet compared with the expected one. */
export interface OutputGrid {
  readonly height: number;
  readonly width: number;
  /**
   * The cells row by row. Of a grid with a side over 256, which matches no expected one, perhaps only its top-left box of
   * at most 256 × 256: the cell of row r and column c, both below 256, is `cells[r * (stride ?? width) + c]`.
   */
  readonly cells: ArrayLike<number>;
  readonly stride?: number;
}
