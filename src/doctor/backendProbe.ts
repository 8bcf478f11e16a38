// What a process does in which a backend is tried: it loads native code, which may hang or crash.
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { type CudaLook, lookAtCuda } from '../../kernels/cuda/lookAtCuda.ts';
import { openBackend } from '../../kernels/open.ts';
import { packRecord, RECORD_WORDS } from '../../kernels/record.ts';
import { adapterNames } from '../../kernels/webgpu/adapters.ts';
import { loaded } from '../../kernels/webgpu/packages.ts';
import type { CrossoverPoint } from '../backend/crossover.ts';
import { reasonOf } from './answer.ts';
import { measure } from './measure.ts';

/** What can be tried. */
export type ProbeSubject = BackendName | 'adapters' | 'gpus';

/** What such a process says; the last message is `done` or `failed`. */
export type ProbeMessage =
  | { readonly type: 'adapters'; readonly names: readonly string[] }
  | { readonly type: 'gpus'; readonly look: CudaLook }
  | { readonly type: 'opened'; readonly device: string; readonly openSeconds: number }
  | { readonly type: 'point'; readonly point: CrossoverPoint }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };

/** Opens a backend, and measures it when that is wanted; or lists the adapters; or looks at what CUDA finds. */
export async function probe(
  subject: ProbeSubject,
  measuring: boolean,
  say: (message: ProbeMessage) => void,
): Promise<void> {
  try {
    if (subject === 'adapters') say({ type: 'adapters', names: await listAdapters() });
    else if (subject === 'gpus') say({ type: 'gpus', look: await lookAtCuda() });
    else await probeBackend(subject, measuring, say);
    say({ type: 'done' });
  } catch (error) {
    say({ type: 'failed', reason: reasonOf(error instanceof BackendAbsentError ? error.reason : error) });
  }
}

async function listAdapters(): Promise<string[]> {
  const { create } = await loaded('webgpu', import('webgpu'));
  return adapterNames(create);
}

async function probeBackend(
  name: BackendName,
  measuring: boolean,
  say: (message: ProbeMessage) => void,
): Promise<void> {
  const started = performance.now();
  const backend = await openBackend(name);
  await compareFirst(backend);
  say({ type: 'opened', device: backend.device, openSeconds: (performance.now() - started) / 1000 });
  if (measuring) await measure(backend, (point) => say({ type: 'point', point }));
  await backend.close();
}

/** Compares a grid with itself: a device may compile its kernels only now, and one that says something else is none. */
async function compareFirst(backend: Backend): Promise<void> {
  const grid = new Int32Array(RECORD_WORDS);
  packRecord(grid, 0, 2, 3, [1, 2, 3, 4, 5, 6]);
  const row = await backend.gridMatch(grid, grid, Int32Array.of(0));
  if (row.join() !== '1,1,6,6') throw new Error(`its first comparison gave ${row.join()}, expected 1,1,6,6`);
}
