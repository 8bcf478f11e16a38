// The flags that name a backend, and what is wrong with some of them together.
import type { BackendName } from '../../kernels/backend.ts';
import { BACKENDS, backendsTaking } from '../../kernels/open.ts';
import type { BackendChoice } from '../backend/openRunBackend.ts';
import { UsageError } from './exit.ts';

export interface BackendFlags {
  readonly backend: string;
  readonly requireBackend?: true;
  readonly device?: string;
  readonly gpus?: number;
}

/** The backend that the flags choose. @throws UsageError for wrong flags */
export function backendChoice(flags: BackendFlags): BackendChoice {
  const { backend, requireBackend, device, gpus } = flags;
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
  return { name: backend as BackendName | 'auto', required: requireBackend === true, device, gpus };
}
