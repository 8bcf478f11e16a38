// The backend of a run: the flags that name one, and opening it.
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { BACKENDS, backendsTaking, openBackend } from '../../kernels/open.ts';
import { autoBackend } from '../backend/auto.ts';
import { SteadyBackend } from '../backend/steadyBackend.ts';
import { UsageError } from './exit.ts';
import { log } from './output.ts';

export interface BackendFlags {
  readonly backend: string;
  readonly requireBackend?: true;
  readonly device?: string;
  readonly gpus?: number;
  readonly quiet?: true;
}

/**
 * Opens the backend that the flags name. One that was named must be there; where `auto` chose one that is gone, the run
 * goes on with `wasm` and says so.
 * @param comparisons of output grids that the run will make, about
 * @throws UsageError for wrong flags, BackendAbsentError for a backend that is not there
 */
export async function openRunBackend(flags: BackendFlags, comparisons: number): Promise<Backend> {
  const { backend, requireBackend, device, gpus, quiet } = flags;
  const names: readonly string[] = BACKENDS;
  if (backend !== 'auto' && !names.includes(backend)) {
    throw new UsageError(`--backend: found ${backend}, expected auto, ${names.join(', ')}`);
  }
  for (const option of ['device', 'gpus'] as const) {
    const takers: readonly string[] = backendsTaking(option);
    if (flags[option] !== undefined && !takers.includes(backend)) {
      throw new UsageError(`--${option} is for --backend ${takers.join(' or ')}, found --backend ${backend}`);
    }
  }
  const name = backend === 'auto' ? autoBackend(comparisons) : (backend as BackendName);
  try {
    const opened = await openBackend(name, { device, gpus });
    return requireBackend ? opened : new SteadyBackend(opened);
  } catch (error) {
    if (backend !== 'auto' || requireBackend || !(error instanceof BackendAbsentError)) throw error;
    if (!quiet) log(`${error.message}; the run goes on with wasm`);
    return new SteadyBackend(await openBackend('wasm'), { from: name, to: 'wasm', reason: error.message });
  }
}
