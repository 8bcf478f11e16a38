// The conformance command for backends: what it prints, and how it exits.
import { describe, expect, test } from 'vitest';
import { BackendAbsentError } from '../../kernels/backend.ts';
import { openCpu } from '../../kernels/cpu/openCpu.ts';
import { openBackend } from '../../kernels/open.ts';
import { backendConformance } from '../../scripts/backend-conformance/command.ts';

async function run(args: readonly string[], open = openBackend) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await backendConformance(args, open, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

describe('backend-conformance', () => {
  test('says of each case and backend that it passed', async () => {
    const { code, out, err } = await run(['--backend', 'cpu', '--backend', 'wasm']);
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const passed = out.filter((line) => line.startsWith('passed: '));
    expect(passed).toContain('passed: cpu: gridMatch: 4097 rows');
    expect(passed).toContain('passed: wasm: gridMatch: 64 rows');
    expect(passed.length).toBeGreaterThanOrEqual(2 * 35);
    expect(out.at(-1)).toBe(`${passed.length} passed, 0 failed`);
  });

  test('tries all backends where none is named, and says which are not there', async () => {
    const { code, out, err } = await run([], async (name) => {
      if (name === 'cpu') return openCpu();
      throw new BackendAbsentError(name, 'it is elsewhere');
    });
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toContain('left out: backend webgpu is absent: it is elsewhere');
  });

  test('fails the case that a backend gets wrong, and goes on', async () => {
    const wrong = async () => {
      const cpu = openCpu();
      const scoreTable: typeof cpu.scoreTable = (rows) => {
        const result = cpu.scoreTable(rows);
        if (rows.weights[0] === 32000) result.ranking.reverse();
        return result;
      };
      return { ...cpu, held: () => cpu.held(), close: () => cpu.close(), scoreTable };
    };
    const { code, out } = await run(['--backend', 'cpu'], wrong);
    expect(code).toBe(1);
    expect(out.filter((line) => line.startsWith('FAILED'))).toEqual([
      expect.stringMatching(/^FAILED: cpu: scoreTable: the largest sums: word 0 is \d+ in place of \d+$/),
    ]);
    expect(out.at(-1)).toMatch(/^\d+ passed, 1 failed$/);
  });

  test('fails a backend that is there and does not open', async () => {
    const { code, out } = await run(['--backend', 'cuda', '--json'], async () => {
      throw new Error('out of memory');
    });
    expect(code).toBe(1);
    expect(out.map((line) => JSON.parse(line) as object)).toMatchObject([
      { backend: 'cuda', name: 'opens', reason: 'out of memory' },
      { passed: 0, failed: 1 },
    ]);
  });

  test('says how a random case failed in one line, with the seed that makes it again', async () => {
    const { out } = await run(['--backend', 'cpu'], async () => ({
      ...openCpu(),
      gridMatch: (_a, _b, index) => new Int32Array(4 * index.length),
    }));
    const [line] = out.filter((line) => line.startsWith('FAILED: cpu: gridMatch: random grids'));
    expect(line).toMatch(/seed: -?\d+.*word 0 is 0 in place of 1$/);
  });

  test('writes JSON Lines', async () => {
    const { out } = await run(['--backend', 'cpu', '--json']);
    const lines = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ schema: 1, type: 'case', backend: 'cpu', name: 'holds nothing at first' });
    const cases = lines.length - 1;
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      passed: cases,
      failed: 0,
      backends: [{ name: 'cpu', passed: cases, failed: 0 }],
    });
  });

  test('refuses a backend that is not there or not known, and flags that it has not', async () => {
    const absent = await run(['--backend', 'cuda'], async (name) => {
      throw new BackendAbsentError(name, 'no driver');
    });
    expect(absent).toMatchObject({ code: 2, err: ['backend cuda is absent: no driver'] });
    expect((await run(['--backend', 'vulkan'])).err[0]).toContain('--backend: no backend is called "vulkan"');
    expect((await run(['--gpus', 'all'])).err[0]).toContain('--gpus: "all" is no number of GPUs');
    expect(await run(['cuda'])).toMatchObject({ code: 2, out: [] });
  });
});
