// The backend `tensorflow`: the ops as raw TensorFlow ops, on the GPUs of this machine or, where there are none, on its CPU.
import { type Backend, BackendAbsentError } from '../backend.ts';
import type { OpenOptions } from '../open.ts';
import { visibleGpus } from './gpus.ts';
import { openLocal } from './local.ts';
import { openSpread } from './spread.ts';

/**
 * Opens the backend. One GPU is computed with in this process, or the CPU where TensorFlow finds no GPU: `device` says which.
 * More are a process each, and all of them must be there.
 * @throws BackendAbsentError, RangeError where `gpus` is no integer from 1
 */
export async function openTensorFlow({ gpus = 1 }: Pick<OpenOptions, 'gpus'> = {}): Promise<Backend> {
  if (!Number.isInteger(gpus) || gpus < 1) throw new RangeError(`gpus: found ${gpus}, expected an integer from 1`);
  if (gpus === 1) return openLocal();
  const found = visibleGpus();
  if (found.length < gpus) {
    const names = found.map(({ name }) => name).join(', ');
    throw new BackendAbsentError(
      'tensorflow',
      `expected ${gpus} GPUs, found ${found.length}${names && ` (${names})`} by nvidia-smi and CUDA_VISIBLE_DEVICES`,
    );
  }
  const chosen = found.slice(0, gpus);
  const program = new URL('./tensorflow.js', import.meta.url);
  const environments = chosen.map(({ id }) => ({ ...process.env, CUDA_VISIBLE_DEVICES: id }));
  return openSpread(program, environments, (opened) => {
    opened.forEach(({ gpu, device }, k) => {
      if (gpu) return;
      throw new BackendAbsentError('tensorflow', `it does not see ${chosen[k]!.name}, it computes on ${device}`);
    });
  });
}
