// An ARC grid as task files hold it.

/** Greatest height and width of an ARC grid. */
export const MAX_SIDE = 30;

/** A grid: height and width 1..30, cells row-major (height × width of them), colours 0..9. */
export interface ArcGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: Uint8Array;
}
