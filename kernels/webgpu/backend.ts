// The backend `webgpu`: the ops in WGSL, through tfjs.
import { type Backend, BackendAbsentError } from '../backend.ts';
import type { OpenOptions } from '../open.ts';

export async function openWebGpu(_options: Pick<OpenOptions, 'device'> = {}): Promise<Backend> {
  throw new BackendAbsentError('webgpu', 'it is not built yet');
}
