// Counts the distinct outputs of each candidate over the samples of a task: the original's figure `pairs`
// (docs/spec/battery.md 5.1).
import { digestOf, digestOfGrid } from '../../engine/digest.ts';
import type { OutputGrid } from '../../engine/verdict.ts';
import type { Value } from '../../value/value.ts';

export class DistinctOutputs {
  readonly #samples: number;
  /** Digests of the distinct outputs of candidate k, from k × samples on. */
  readonly #digests: Float64Array;
  readonly #counts: Uint16Array;

  constructor(candidates: number, samples: number) {
    this.#samples = samples;
    this.#digests = new Float64Array(candidates * samples);
    this.#counts = new Uint16Array(candidates);
  }

  /** Takes the output of a candidate on one more sample, a grid. */
  addGrid(candidate: number, grid: OutputGrid, output: Value): void {
    this.addDigest(candidate, digestOfGrid(grid, output));
  }

  /** Takes the output of a candidate on one more sample, something else than a grid. */
  add(candidate: number, output: Value): void {
    this.addDigest(candidate, digestOf(output));
  }

  /** Takes the digest of such an output. */
  addDigest(candidate: number, digest: number): void {
    const first = candidate * this.#samples;
    const count = this.#counts[candidate]!;
    for (let k = first; k < first + count; k++) if (this.#digests[k] === digest) return;
    this.#digests[first + count] = digest;
    this.#counts[candidate] = count + 1;
  }

  /** Distinct outputs of a candidate so far, as Python's `==` sees them; two closures are never equal. */
  count(candidate: number): number {
    return this.#counts[candidate]!;
  }
}
