// The backend `wasm`: the ops in WASM SIMD.
import { BackendAbsentError, type SyncBackend } from '../backend.ts';
import type { OpenOptions } from '../open.ts';

export function openWasm(_options: Pick<OpenOptions, 'threads'> = {}): SyncBackend {
  throw new BackendAbsentError('wasm', 'it is not built yet');
}
