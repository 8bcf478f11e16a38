// A task and its samples.
import type { ArcGrid } from './grid.ts';

/** An input and its expected output, which is null for a test sample whose solution is not known. */
export interface Sample {
  readonly input: ArcGrid;
  readonly output: ArcGrid | null;
}

/** A task: at least one demo sample (the `train` of ARC's files), and test samples, which may be none. */
export interface Task {
  readonly id: string;
  readonly demo: readonly Sample[];
  readonly test: readonly Sample[];
  /** The file it was read from. */
  readonly source: string;
}
