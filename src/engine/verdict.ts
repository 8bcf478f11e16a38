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
