// The backend `auto`: the one that was measured to be the fastest on this machine, `wasm` until then.
import type { BackendName } from '../../kernels/backend.ts';
import { duration, grouped } from '../report/numbers.ts';
import { type Crossover, estimateSeconds } from './crossover.ts';
import { crossoverPath, readCrossover } from './crossoverFile.ts';
import { machineTraits } from './machine.ts';

/** Share of the time of `wasm` that another backend may take at most to be chosen: single measurements scatter. */
const CLEARLY_FASTER = 0.8;

/** A backend, and why it was chosen, in words. */
export interface AutoChoice {
  readonly backend: BackendName;
  readonly why: string;
}

/**
 * Chooses a backend for a run by what `batt doctor` measured on this machine. Looks at a few small files and at no device,
 * takes two or three milliseconds, and never fails: without a usable file the choice is `wasm`.
 * @param comparisons grids that will be compared, about
 */
export function autoBackend(comparisons: number): AutoChoice {
  try {
    const traits = machineTraits();
    const { crossover, note } = readCrossover(crossoverPath(traits), traits);
    if (note === undefined) return chooseBackend(crossover, comparisons);
    return { backend: 'wasm', why: `what was measured on this machine is not readable: ${note}` };
  } catch (error) {
    return {
      backend: 'wasm',
      why: `nothing is known of this machine: ${error instanceof Error ? error.message : error}`,
    };
  }
}

/**
 * The backend that opens and compares in the least estimated time, if that is at most 80 % of what `wasm` takes. Where
 * `wasm` could not be measured, the fastest one that was.
 */
export function chooseBackend(crossover: Crossover | undefined, comparisons: number): AutoChoice {
  const [best, ...others] = (crossover?.backends ?? [])
    .map((times) => ({ backend: times.backend, seconds: estimateSeconds(times, comparisons) }))
    .sort((a, b) => a.seconds - b.seconds);
  if (best === undefined) return { backend: 'wasm', why: 'nothing is measured on this machine; batt doctor does so' };
  const wasm = [best, ...others].find(({ backend }) => backend === 'wasm');
  const what = `${grouped(comparisons)} comparisons`;
  if (wasm === undefined) {
    return { backend: best.backend, why: `fastest for ${what}, ${duration(best.seconds)}; wasm is not there` };
  }
  if (best === wasm) return { backend: 'wasm', why: `fastest for ${what}, ${duration(wasm.seconds)}` };
  const against = `${best.backend} ${duration(best.seconds)}, wasm ${duration(wasm.seconds)} for ${what}`;
  if (best.seconds > CLEARLY_FASTER * wasm.seconds)
    return { backend: 'wasm', why: `no other is clearly faster: ${against}` };
  return { backend: best.backend, why: `clearly faster: ${against}` };
}
