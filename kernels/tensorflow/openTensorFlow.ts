// The backend `tensorflow`: the ops as raw TensorFlow ops, on the GPUs of this machine or, where there are none, on its CPU.
import { existsSync } from 'node:fs';
import { type Backend, BackendAbsentError, type OpenOptions } from '../backend.ts';
import { openLocal } from './openLocal.ts';
import { openSpread } from './openSpread.ts';
import { visibleGpus } from './visibleGpus.ts';

/**
 * Opens the backend, with a process for each GPU: TensorFlow ends its process when it loses a GPU, and writes to stderr as it
 * loads. Where there is no GPU, and in the sources, which have no program for a process, one is as good as this process.
 * With `gpus` of 1, `device` says whether TensorFlow found a GPU or computes on the CPU; with more, all have to be there.
 * @throws BackendAbsentError, RangeError where `gpus` is no integer from 1
 */
export async function openTensorFlow({ gpus = 1 }: Pick<OpenOptions, 'gpus'> = {}): Promise<Backend> {
  if (!Number.isInteger(gpus) || gpus < 1) throw new RangeError(`gpus: found ${gpus}, expected an integer from 1`);
  const found = visibleGpus();
  const program = new URL('./tensorflow.js', import.meta.url);
  if (gpus === 1 && (found.length === 0 || !existsSync(program))) return openLocal();
  if (found.length < gpus) {
    const names = found.map(({ name }) => name).join(', ');
    throw new BackendAbsentError(
      'tensorflow',
      `expected ${gpus} GPUs, found ${found.length}${names && ` (${names})`} by nvidia-smi and CUDA_VISIBLE_DEVICES`,
    );
  }
  const chosen = found.slice(0, gpus);
  const environments = chosen.map(({ id }) => ({ ...process.env, CUDA_VISIBLE_DEVICES: id }));
  return openSpread(program, environments, (opened) => {
    const blind = opened.findIndex(({ gpu }) => !gpu);
    if (gpus === 1 || blind < 0) return;
    const { name } = chosen[blind]!;
    throw new BackendAbsentError('tensorflow', `it finds no GPU on ${name}, only ${opened[blind]!.device}`);
  });
}
