// An ARC grid as task files hold it.

/** Greatest height and width of a grid that is read. */
export const MAX_SIDE = 256;

/** Greatest height and width of ARC's own grids, and of those that Kaggle takes. */
export const ARC_SIDE = 30;

/** A grid: height and width 1..256, cells row-major (height × width of them), colours 0..9. */
export interface ArcGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: Uint8Array;
}
