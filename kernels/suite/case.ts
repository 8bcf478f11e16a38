// What a case of the conformance suite is, and the real grids that some of them compare.
import type { ArcGrid } from '../../src/arc/grid.ts';
import type { Backend } from '../backend.ts';

/** One check of a backend. */
export interface Case {
  readonly name: string;
  /** Rejects where the backend fails it, with what was found and what was expected. */
  run(backend: Backend): Promise<void>;
}

/** Input and expected output of a sample of a real task. */
export interface RealSample {
  readonly input: ArcGrid;
  readonly output: ArcGrid;
}
