// The backend `cpu`: the ops in TypeScript, ready at once.
import type { SyncBackend } from '../backend.ts';
import { gridMatchCpu } from '../gridMatch/cpu.ts';
import { RECORD_WORDS } from '../record.ts';
import { scoreTableCpu } from '../scoreTable/cpu.ts';
import { cpuDevice } from './cpuDevice.ts';

/** Opens the backend. */
export function openCpu(): SyncBackend {
  return {
    name: 'cpu',
    get device() {
      return cpuDevice();
    },
    batchRows: 4096,
    gridMatch: gridMatchCpu,
    scoreTable: scoreTableCpu,
    records: (count) => new Int32Array(count * RECORD_WORDS),
    held: () => ({ tensors: 0, buffers: 0 }),
    steps: () => undefined,
    close: async () => {},
  };
}
