// Arguments that break the contract of an op are refused, with what was found and what was expected.
import { ok, rejects } from 'node:assert/strict';
import type { Backend } from '../backend.ts';
import type { Case } from './case.ts';
import { packAll } from './grids.ts';
import { randomRows } from './randomRows.ts';

export function refusalCase(): Case {
  return { name: 'refuses arguments that break the contract', run: refuses };
}

async function refuses(backend: Backend): Promise<void> {
  const two = packAll([null, null]);
  await refused(() => backend.gridMatch(two, two, Int32Array.of(0)), 'words of outputs, expected 1 × 128');
  await refused(() => backend.gridMatch(two, two, Int32Array.of(0, 2)), 'index[1] is 2, expected 0..1');
  const rows = randomRows({ seed: 1, candidates: 3, samples: 2 });
  await refused(() => backend.scoreTable({ ...rows, candidates: 2 }), 'expected 0..1');
  await refused(() => backend.scoreTable({ ...rows, weights: Int32Array.of(-1, 0, 0, 1) }), 'found weight -1');
  await refused(() => backend.scoreTable({ ...rows, top: 0.5 }), 'top is 0.5');
}

async function refused(call: () => unknown, message: string): Promise<void> {
  await rejects(
    async () => await call(),
    (error: Error) => {
      ok(error.message.includes(message), `refused with "${error.message}", expected "${message}"`);
      return true;
    },
  );
}
