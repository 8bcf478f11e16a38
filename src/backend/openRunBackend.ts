// Opens the backend of a run: the one that was named, or what `auto` chooses, with `wasm` behind it.
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { openBackend } from '../../kernels/open.ts';
import { autoBackend } from './auto.ts';
import { SteadyBackend } from './steadyBackend.ts';

/** Which backend compares the outputs of a run. */
export interface BackendChoice {
  readonly name: BackendName | 'auto';
  /** Whether the run fails when the backend is lost, in place of going on with `wasm`; default false. */
  readonly required?: boolean | undefined;
  /** A part of the name of the adapter (webgpu) or of the GPUs to use (cuda). */
  readonly device?: string | undefined;
  /** GPUs to spread over; default 1 for tensorflow, all for cuda. */
  readonly gpus?: number | undefined;
}

/**
 * Opens a backend. One that was named must be there; where `auto` chose one that is gone, the run goes on with `wasm`, without
 * memory for that with `cpu`, which `fellBack` says.
 * @param comparisons of output grids that the run will make, about
 * @throws BackendAbsentError for a backend that is not there
 */
export async function openRunBackend(choice: BackendChoice, comparisons: number): Promise<Backend> {
  const { name, required, device, gpus } = choice;
  const chosen = name === 'auto' ? autoBackend(comparisons) : name;
  try {
    const opened = await openBackend(chosen, { device, gpus });
    return required ? opened : new SteadyBackend(opened);
  } catch (error) {
    if (name !== 'auto' || required || !(error instanceof BackendAbsentError)) throw error;
    const to = chosen === 'wasm' ? 'cpu' : 'wasm';
    return new SteadyBackend(await openBackend(to), { from: chosen, to, reason: error.message });
  }
}
