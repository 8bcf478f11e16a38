// The backend `auto`: the one that was measured to be the fastest on this machine, `wasm` until then.
import type { BackendName } from '../../kernels/backend.ts';
import { PREFERENCE } from '../../kernels/open.ts';
import { type Crossover, estimateSeconds } from './crossover.ts';
import { crossoverPath, readCrossover } from './crossoverFile.ts';
import { machineTraits } from './machine.ts';

/** Share of the time of `wasm` that another backend may take at most to be chosen: single measurements scatter. */
const CLEARLY_FASTER = 0.8;

/** A backend, and what it was chosen by. */
export interface AutoChoice {
  readonly backend: BackendName;
  /** Seconds that each measured backend would take, about; the fastest first. */
  readonly estimates: readonly { readonly backend: BackendName; readonly seconds: number }[];
}

/**
 * Chooses a backend for a run by what `batt doctor` measured on this machine. Looks at a few small files and at no device,
 * takes two or three milliseconds, and never fails: without a usable file the choice is `wasm`.
 * @param comparisons grids that will be compared, about
 */
export function autoBackend(comparisons: number): BackendName {
  try {
    const traits = machineTraits();
    return chooseBackend(readCrossover(crossoverPath(traits), traits).crossover, comparisons).backend;
  } catch {
    return 'wasm';
  }
}

/**
 * The backend that opens and compares in the least estimated time, if that is at most 80 % of what `wasm` takes; of several that
 * do, and of which the fastest takes no less than 80 % of the others, the one that comes first in {@link PREFERENCE}. Where `wasm`
 * could not be measured, the same without it.
 */
export function chooseBackend(crossover: Crossover | undefined, comparisons: number): AutoChoice {
  const estimates = (crossover?.backends ?? [])
    .map((times) => ({ backend: times.backend, seconds: estimateSeconds(times, comparisons) }))
    .sort((a, b) => a.seconds - b.seconds);
  const [best] = estimates;
  const wasm = estimates.find(({ backend }) => backend === 'wasm')?.seconds ?? Number.POSITIVE_INFINITY;
  const alike = estimates
    .filter(({ seconds }) => seconds <= CLEARLY_FASTER * wasm && CLEARLY_FASTER * seconds <= best!.seconds)
    .map(({ backend }) => backend);
  return { backend: PREFERENCE.find((name) => alike.includes(name)) ?? 'wasm', estimates };
}
