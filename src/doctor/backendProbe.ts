// What a process does in which a backend is tried: it loads native code, which may hang or crash.
import { BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { openBackend } from '../../kernels/open.ts';
import type { CrossoverPoint } from '../score/crossover.ts';
import { listAdapters } from './adapters.ts';
import { reasonOf } from './answer.ts';
import { measure } from './measure.ts';

/** What can be tried. */
export type ProbeSubject = BackendName | 'adapters';

/** What such a process says; the last message is `done` or `failed`. */
export type ProbeMessage =
  | { readonly type: 'adapters'; readonly names: readonly string[] }
  | { readonly type: 'opened'; readonly device: string; readonly openSeconds: number }
  | { readonly type: 'point'; readonly point: CrossoverPoint }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };

/** Opens a backend, and measures it when that is wanted; or lists the adapters. */
export async function probe(
  subject: ProbeSubject,
  measuring: boolean,
  say: (message: ProbeMessage) => void,
): Promise<void> {
  try {
    if (subject === 'adapters') say({ type: 'adapters', names: await listAdapters() });
    else await probeBackend(subject, measuring, say);
    say({ type: 'done' });
  } catch (error) {
    const reason = reasonOf(error);
    const absent = error instanceof BackendAbsentError ? `backend ${error.backend} is absent: ` : '';
    say({ type: 'failed', reason: reason.startsWith(absent) ? reason.slice(absent.length) : reason });
  }
}

async function probeBackend(
  name: BackendName,
  measuring: boolean,
  say: (message: ProbeMessage) => void,
): Promise<void> {
  const started = performance.now();
  const backend = await openBackend(name);
  say({ type: 'opened', device: backend.device, openSeconds: (performance.now() - started) / 1000 });
  if (measuring) await measure(backend, (point) => say({ type: 'point', point }));
  await backend.close();
}
