// The backends by name: how each is opened, what it takes, and which one is preferred.
import type { Backend, BackendName, HostName, OpenOptions, SyncBackend } from './backend.ts';

/** What is known of a backend before it is opened. */
interface Entry<Name extends BackendName> {
  /**
   * Opens it; its code is loaded only then.
   * @throws BackendAbsentError where it is not there, with the reason
   */
  open(options: OpenOptions): Promise<Backend>;
  /** Options that it takes of those by which a user chooses devices. */
  readonly takes: readonly ('device' | 'gpus')[];
  /** Whether it computes in the calling thread. */
  readonly onHost: Name extends HostName ? true : false;
  /** Of several that are about as fast the one with the lowest number is chosen. */
  readonly preference: number;
}

/** All that there are, in the order in which they are listed. A new backend is a line here and its files. */
const TABLE: { readonly [Name in BackendName]: Entry<Name> } = {
  cpu: { open: async () => (await import('./cpu/openCpu.ts')).openCpu(), takes: [], onHost: true, preference: 5 },
  wasm: {
    open: async (options) => (await import('./wasm/openWasm.ts')).openWasm(options),
    takes: [],
    onHost: true,
    preference: 4,
  },
  webgpu: {
    open: async (options) => (await import('./webgpu/openWebGpu.ts')).openWebGpu(options),
    takes: ['device'],
    onHost: false,
    preference: 3,
  },
  tensorflow: {
    open: async (options) => (await import('./tensorflow/openTensorFlow.ts')).openTensorFlow(options),
    takes: ['gpus'],
    onHost: false,
    preference: 2,
  },
  cuda: {
    open: async (options) => (await import('./cuda/openCuda.ts')).openCuda(options),
    takes: ['device', 'gpus'],
    onHost: false,
    preference: 1,
  },
};

/** All names, in the order in which they are listed. */
export const BACKENDS: readonly BackendName[] = Object.keys(TABLE) as BackendName[];

/** All names; of several backends that are about as fast the first one is chosen. */
export const PREFERENCE: readonly BackendName[] = [...BACKENDS].sort(
  (a, b) => TABLE[a].preference - TABLE[b].preference,
);

/** Those with a device of their own, in the order of {@link PREFERENCE}. */
export const DEVICE_BACKENDS: readonly BackendName[] = PREFERENCE.filter((name) => !TABLE[name].onHost);

/** The backends that take an option. */
export function backendsTaking(option: 'device' | 'gpus'): BackendName[] {
  return BACKENDS.filter((name) => TABLE[name].takes.includes(option));
}

/** Whether a backend computes in the calling thread, with no device whose memory is filled and read. */
export function isOnHost(backend: Backend): backend is SyncBackend & { readonly name: HostName } {
  return TABLE[backend.name].onHost;
}

/**
 * Opens a backend.
 * @throws BackendAbsentError where it is not there, with the reason
 */
export async function openBackend(name: BackendName, options: OpenOptions = {}): Promise<Backend> {
  return TABLE[name].open(options);
}
