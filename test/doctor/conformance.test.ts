// A backend held against the plain references: what is found of one that is right, and of one that is not.
import { expect, test } from 'vitest';
import type { Backend } from '../../kernels/backend.ts';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { conformanceCases } from '../../kernels/suite/cases.ts';
import { openWasm } from '../../kernels/wasm/openWasm.ts';
import { checkConformance } from '../../src/doctor/check/checkConformance.ts';
import type { Conformance } from '../../src/doctor/check/machineCheck.ts';

const cases = conformanceCases(undefined);

async function found(backend: Backend): Promise<Conformance[]> {
  const all: Conformance[] = [];
  await checkConformance(backend, cases, (result) => all.push({ ...result, failures: [...result.failures] }));
  return all;
}

test.each([
  ['cpu', openCpu],
  ['wasm', openWasm],
] as const)('of %s every case passes, and is told of', async (_, open) => {
  const all = await found(open());
  expect(all.length).toBe(cases.length + 1);
  expect(all.map(({ passed }) => passed)).toEqual(all.map((_, k) => k + 1));
  expect(all.at(-1)).toMatchObject({ failed: 0, failures: [] });
});

test('fails the case that a backend gets wrong, and goes on', async () => {
  const cpu = openCpu();
  const scoreTable: typeof cpu.scoreTable = (rows) => {
    const result = cpu.scoreTable(rows);
    if (rows.weights[0] === 32000) result.ranking.reverse();
    return result;
  };
  const last = (await found({ ...cpu, scoreTable })).at(-1)!;
  expect(last).toMatchObject({ passed: cases.length, failed: 1 });
  expect(last.failures).toEqual([
    expect.stringMatching(/^scoreTable: the largest sums: word 0 is \d+ in place of \d+$/),
  ]);
});

test('says how a random case failed in one line, with the seed that makes it again', async () => {
  const wrong: Backend = { ...openCpu(), gridMatch: (_a, _b, index) => new Int32Array(4 * index.length) };
  const { failures } = (await found(wrong)).at(-1)!;
  const [line] = failures.filter((failure) => failure.startsWith('gridMatch: random grids'));
  expect(line).toMatch(/seed: -?\d+.*word 0 is 0 in place of 1$/);
});
