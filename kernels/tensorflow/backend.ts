// The backend `tensorflow`: the ops as raw TensorFlow ops, through tfjs-node.
import { type Backend, BackendAbsentError } from '../backend.ts';
import type { OpenOptions } from '../open.ts';

export async function openTensorFlow(_options: Pick<OpenOptions, 'gpus'> = {}): Promise<Backend> {
  throw new BackendAbsentError('tensorflow', 'it is not built yet');
}
