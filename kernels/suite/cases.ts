// The one suite that every backend passes: equality to the bit with the plain references, and nothing left behind.
import { deepStrictEqual } from 'node:assert/strict';
import type { Task } from '../../src/arc/task.ts';
import type { Backend } from '../backend.ts';
import type { Case, RealSample } from './case.ts';
import { gridMatchCases, realGridsCase } from './gridMatchCases.ts';
import { refusalCase } from './refusalCase.ts';
import { scoreTableCases } from './scoreTableCases.ts';

/** The samples of tasks whose output is known. */
export function realSamples(tasks: readonly Task[]): RealSample[] {
  return tasks
    .flatMap(({ demo, test }) => [...demo, ...test])
    .flatMap(({ input, output }) => (output === null ? [] : [{ input, output }]));
}

/** The cases in the order in which they are to run, on a backend that was just opened. */
export function conformanceCases(real: readonly RealSample[] | undefined): Case[] {
  return [
    { name: 'holds nothing at first', run: holdsNothing },
    ...gridMatchCases(),
    ...(real === undefined ? [] : [realGridsCase(real)]),
    refusalCase(),
    ...scoreTableCases(),
    { name: 'every call has given back what it held', run: holdsNothing },
  ];
}

async function holdsNothing(backend: Backend): Promise<void> {
  deepStrictEqual(backend.held(), { tensors: 0, buffers: 0 });
}
