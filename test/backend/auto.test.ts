// The choice of a backend by what was measured.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BackendName } from '../../kernels/backend.ts';
import { BACKENDS, PREFERENCE } from '../../kernels/open.ts';
import { autoBackend, chooseBackend } from '../../src/backend/auto.ts';
import { type BackendTimes, type Crossover, estimateSeconds } from '../../src/backend/crossover.ts';
import { crossoverPath, crossoverText } from '../../src/backend/crossoverFile.ts';
import { machineTraits } from '../../src/backend/machine.ts';
import { whyChosen } from '../../src/report/autoWords.ts';

/** A backend that opens in `openSeconds` and compares at one rate, after `latency` seconds. */
function times(backend: BackendName, openSeconds: number, latency: number, perSecond: number): BackendTimes {
  const points = [1e3, 1e4, 1e5, 1e6].map((n) => ({ comparisons: n, seconds: latency + n / perSecond }));
  return { backend, device: `a ${backend}`, openSeconds, points };
}

const crossover = (...backends: BackendTimes[]): Crossover => ({ measured: '2026-01-02T03:04:05.000Z', backends });
const WASM = times('wasm', 0.01, 0, 2e7);
const GPU = times('webgpu', 0.5, 0.001, 1e8);

const positive = fc.double({ min: 1e-7, max: 1e3, noNaN: true });
const anyTimes = (backend: BackendName): fc.Arbitrary<BackendTimes> =>
  fc
    .tuple(positive, fc.array(fc.tuple(fc.integer({ min: 1, max: 1e6 }), positive), { minLength: 1, maxLength: 5 }))
    .map(([openSeconds, steps]) => {
      let comparisons = 0;
      const points = steps.map(([more, seconds]) => {
        comparisons += more;
        return { comparisons, seconds };
      });
      return { backend, device: backend, openSeconds, points };
    });
const anyCrossover = fc
  .subarray([...BACKENDS], { minLength: 1 })
  .chain((names) => fc.tuple(...names.map(anyTimes)))
  .map((backends) => crossover(...backends));
const anyCount = fc.oneof(fc.nat(2e6), fc.nat(1e9));

describe('estimateSeconds', () => {
  test('is what was measured, linear between, at the last rate beyond', () => {
    const gpu = {
      ...GPU,
      openSeconds: 1,
      points: [
        { comparisons: 100, seconds: 2 },
        { comparisons: 300, seconds: 4 },
      ],
    };
    expect([0, 50, 100, 200, 300, 3000].map((n) => estimateSeconds(gpu, n))).toEqual([3, 3, 3, 4, 5, 41]);
  });

  test('is never less for more comparisons, however the measurements scatter', () => {
    fc.assert(
      fc.property(anyTimes('cpu'), anyCount, anyCount, (measured, a, b) => {
        const [less, more] = [estimateSeconds(measured, Math.min(a, b)), estimateSeconds(measured, Math.max(a, b))];
        expect(less).toBeLessThanOrEqual(more * (1 + 1e-12));
        expect(less).toBeGreaterThan(0);
      }),
    );
  });
});

describe('chooseBackend', () => {
  const chosenFor = (measured: Crossover | undefined, comparisons: number): [BackendName, string] => {
    const choice = chooseBackend(measured, comparisons);
    return [choice.backend, whyChosen(choice, comparisons)];
  };

  test('wasm until something is measured', () => {
    const why = 'nothing is measured on this machine; batt doctor does so';
    expect(chosenFor(undefined, 1e9)).toEqual(['wasm', why]);
    expect(chosenFor(crossover(), 1e9)).toEqual(['wasm', why]);
  });

  test('a device that opens slowly pays for large batches only', () => {
    const chosen = [1e3, 1e6, 1e7, 2e7, 1e9].map((n) => chosenFor(crossover(WASM, GPU), n));
    expect(chosen.map(([backend]) => backend)).toEqual(['wasm', 'wasm', 'wasm', 'webgpu', 'webgpu']);
    expect(chosen[0]![1]).toBe('fastest for 1,000 comparisons, 0.0100 s');
    expect(chosen[3]![1]).toBe('clearly faster: webgpu 0.720 s, wasm 1.01 s for 20,000,000 comparisons');
  });

  test('what is a little faster than wasm is not chosen', () => {
    const why = 'no other is clearly faster: cpu 0.0502 s, wasm 0.0600 s for 1,000,000 comparisons';
    expect(chosenFor(crossover(WASM, times('cpu', 0.0085, 0, 2.4e7)), 1e6)).toEqual(['wasm', why]);
  });

  test('without wasm the fastest there is', () => {
    const why = 'fastest for 100 comparisons, 0.0011 s; wasm is not there';
    expect(chosenFor(crossover(times('cpu', 0.001, 0, 1e7), GPU), 100)).toEqual(['cpu', why]);
  });

  test('of those that are about as fast the one that is preferred', () => {
    const cuda = times('cuda', 0.6, 0.001, 1e8);
    const tensorflow = times('tensorflow', 3, 0.001, 1e8);
    const [backend, why] = chosenFor(crossover(WASM, GPU, tensorflow, cuda), 1e8);
    expect([backend, why]).toEqual([
      'cuda',
      'preferred to webgpu 1.60 s, since about as fast: 1.70 s for 100,000,000 comparisons',
    ]);
    expect(chosenFor(crossover(WASM, times('cuda', 3, 0.001, 1e8), GPU), 1e8)[0]).toBe('webgpu');
    expect(chosenFor(crossover(GPU, cuda), 1e8)[0]).toBe('cuda');
    // not where it is not clearly faster than wasm itself: 1.2 s of it, 0.9 of webgpu, 1.1 of cuda
    const measured = crossover(
      times('wasm', 0, 0, 1e6 / 1.2),
      times('webgpu', 0, 0, 1e6 / 0.9),
      times('cuda', 0, 0, 1e6 / 1.1),
    );
    expect(chosenFor(measured, 1e6)[0]).toBe('webgpu');
  });

  test('never one that is not clearly faster than wasm, and always one about as fast as the fastest of those that are', () => {
    fc.assert(
      fc.property(anyCrossover, anyCount, (measured, comparisons) => {
        const { backend, estimates } = chooseBackend(measured, comparisons);
        const seconds = new Map(measured.backends.map((one) => [one.backend, estimateSeconds(one, comparisons)]));
        const wasm = seconds.get('wasm') ?? Number.POSITIVE_INFINITY;
        const least = Math.min(...seconds.values());
        if (least > 0.8 * wasm) expect(backend).toBe('wasm');
        else {
          expect(seconds.get(backend)).toBeLessThanOrEqual(0.8 * wasm);
          expect(0.8 * seconds.get(backend)!).toBeLessThanOrEqual(least);
          const before = PREFERENCE.slice(0, PREFERENCE.indexOf(backend)).map((name) => seconds.get(name) ?? Infinity);
          for (const other of before) expect(other <= 0.8 * wasm && 0.8 * other <= least).toBe(false);
        }
        expect(estimates.map((one) => one.seconds)).toEqual([...seconds.values()].sort((a, b) => a - b));
      }),
    );
  });
});

describe('autoBackend', () => {
  let cache: string;
  let path: string;
  const keep = (text: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'batt-auto-'));
    vi.stubEnv('XDG_CACHE_HOME', cache);
    path = crossoverPath(machineTraits());
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });

  test('nothing kept: wasm', () => {
    expect(autoBackend(1e9)).toBe('wasm');
  });

  test('what is kept of this machine decides', () => {
    keep(crossoverText(machineTraits(), crossover(WASM, GPU)));
    expect([1e3, 1e9].map((n) => autoBackend(n))).toEqual(['wasm', 'webgpu']);
  });

  test('a damaged file, another machine, a folder in its place: wasm, and no error', () => {
    const other = crossoverText([...machineTraits(), 'gpu another'], crossover(WASM, GPU));
    for (const text of ['', '{', 'null', '\u0000', other]) {
      keep(text);
      expect(autoBackend(1e9)).toBe('wasm');
    }
    rmSync(path);
    mkdirSync(path);
    expect(autoBackend(1e9)).toBe('wasm');
  });

  test('other devices by a variable are another machine', () => {
    keep(crossoverText(machineTraits(), crossover(WASM, GPU)));
    vi.stubEnv('CUDA_VISIBLE_DEVICES', '7');
    expect(autoBackend(1e9)).toBe('wasm');
  });
});
