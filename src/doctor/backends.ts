// Which backends are there, and how fast they are.
import type { BackendName } from '../../kernels/backend.ts';
import type { CudaLook } from '../../kernels/cuda/lookAtCuda.ts';
import { BACKENDS } from '../../kernels/open.ts';
import type { BackendTimes, Crossover, CrossoverPoint } from '../backend/crossover.ts';
import type { Answer } from './answer.ts';
import { type Tried, tryInProcess } from './probeProcess.ts';

/** A backend that is there; without points when it was not measured. */
interface PresentBackend {
  readonly device: string;
  readonly openSeconds: number;
  readonly points: readonly CrossoverPoint[];
  /** Why it was not measured to the end. */
  readonly note?: string;
}

/** A backend, and whether it is there. */
export interface BackendState {
  readonly name: BackendName;
  readonly state: Answer<PresentBackend>;
}

/** Opens all backends at the same time, which says nothing of their speed. */
export function findBackends(program: string): Promise<BackendState[]> {
  return Promise.all(
    BACKENDS.map(async (name) => ({ name, state: stateOf(await tryInProcess(program, name, false)) })),
  );
}

/**
 * Opens and measures all backends, one after the other.
 * @param telling is told which is next
 */
export async function measureBackends(program: string, telling: (name: BackendName) => void): Promise<BackendState[]> {
  const states: BackendState[] = [];
  for (const name of BACKENDS) {
    telling(name);
    states.push({ name, state: stateOf(await tryInProcess(program, name, true)) });
  }
  return states;
}

function stateOf({ messages, failure }: Tried): Answer<PresentBackend> {
  const opened = messages.find((message) => message.type === 'opened');
  if (opened === undefined) return { reason: failure ?? 'it did not say whether it is there' };
  const points = messages.filter((message) => message.type === 'point').map(({ point }) => point);
  const { device, openSeconds } = opened;
  return { found: { device, openSeconds, points, ...(failure === undefined ? {} : { note: failure }) } };
}

/** The names of all adapters that WebGPU finds. */
export async function findAdapters(program: string): Promise<readonly string[]> {
  const { messages, failure } = await tryInProcess(program, 'adapters', false);
  const listed = messages.find((message) => message.type === 'adapters');
  if (listed === undefined) throw new Error(failure ?? 'nothing was listed');
  return listed.names;
}

/** What CUDA finds. */
export async function findCuda(program: string): Promise<CudaLook> {
  const { messages, failure } = await tryInProcess(program, 'gpus', false);
  const looked = messages.find((message) => message.type === 'gpus');
  if (looked === undefined) throw new Error(failure ?? 'nothing was said');
  return looked.look;
}

/** What was measured, as it is kept; undefined where nothing was. */
export function crossoverOf(states: readonly BackendState[], measured: Date): Crossover | undefined {
  const backends: BackendTimes[] = [];
  for (const { name, state } of states) {
    if (!('found' in state) || state.found.points.length === 0) continue;
    const { device, openSeconds, points } = state.found;
    backends.push({ backend: name, device, openSeconds, points });
  }
  return backends.length === 0 ? undefined : { measured: measured.toISOString(), backends };
}

/** Whether the backends that are there are those, on those devices, that were measured. */
export function isOf(crossover: Crossover, states: readonly BackendState[]): boolean {
  const measured = crossover.backends.map(({ backend, device }) => `${backend} ${device}`);
  const there = states.flatMap(({ name, state }) => ('found' in state ? [`${name} ${state.found.device}`] : []));
  return measured.sort().join('\n') === there.sort().join('\n');
}
