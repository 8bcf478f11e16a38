// The flags that name a backend, and what is wrong with some of them together.
import type { BackendName } from '../../kernels/backend.ts';
import { BACKENDS } from '../../kernels/open.ts';
import type { BackendChoice } from '../backend/openRunBackend.ts';
import { UsageError } from './exit.ts';

export interface BackendFlags {
  readonly backend: string;
  readonly requireBackend?: true;
  readonly device?: string;
  readonly gpus?: number;
}

/** The backends that a flag is for. */
const DEVICE_OF: readonly string[] = ['webgpu', 'cuda'];
const GPUS_OF: readonly string[] = ['tensorflow', 'cuda'];

/** The backend that the flags choose. @throws UsageError for wrong flags */
export function backendChoice({ backend, requireBackend, device, gpus }: BackendFlags): BackendChoice {
  const names: readonly string[] = BACKENDS;
  if (backend !== 'auto' && !names.includes(backend)) {
    throw new UsageError(`--backend: found ${backend}, expected auto, ${names.join(', ')}`);
  }
  if (device !== undefined && !DEVICE_OF.includes(backend)) {
    throw new UsageError(`--device is for --backend ${DEVICE_OF.join(' or ')}, found --backend ${backend}`);
  }
  if (gpus !== undefined && !GPUS_OF.includes(backend)) {
    throw new UsageError(`--gpus is for --backend ${GPUS_OF.join(' or ')}, found --backend ${backend}`);
  }
  return { name: backend as BackendName | 'auto', required: requireBackend === true, device, gpus };
}
