// The file that keeps what was measured: written whole, read with suspicion.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Crossover } from '../../src/backend/crossover.ts';
import { crossoverPath, crossoverText, readCrossover } from '../../src/backend/crossoverFile.ts';
import { runCommand } from '../../src/doctor/runCommand.ts';
import { saveCrossover } from '../../src/doctor/saveCrossover.ts';

const folder = mkdtempSync(join(tmpdir(), 'batt-crossover-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TRAITS = ['cpu A', 'cores 4'];
const CROSSOVER: Crossover = {
  measured: '2026-01-02T03:04:05.678Z',
  backends: [
    { backend: 'cpu', device: 'A', openSeconds: 0.0004, points: [{ comparisons: 1000, seconds: 6.5e-5 }] },
    {
      backend: 'webgpu',
      device: 'a GPU',
      openSeconds: 0.4,
      points: [
        { comparisons: 1000, seconds: 0.001 },
        { comparisons: 10_000, seconds: 0.0011 },
      ],
    },
  ],
};

function written(text: string): string {
  const path = join(folder, 'written.json');
  writeFileSync(path, text);
  return path;
}

describe('crossoverPath', () => {
  test('lies in the cache folder', () => {
    const name = /^crossover-[0-9a-f]{16}\.json$/;
    const inHome = crossoverPath(TRAITS, { XDG_CACHE_HOME: '/cache' });
    expect([dirname(inHome), inHome.split('/').at(-1)]).toEqual(['/cache/batt', expect.stringMatching(name)]);
    for (const xdg of ['', 'not/absolute']) {
      expect(crossoverPath(TRAITS, { XDG_CACHE_HOME: xdg })).toMatch(/^\/.*\/\.cache\/batt\/crossover-/);
    }
  });

  test('is another for another machine', () => {
    const env = { XDG_CACHE_HOME: '/cache' };
    const paths = [TRAITS, [...TRAITS, 'gpu'], ['cpu A cores 4'], ['cpu A', 'cores 40']].map((traits) =>
      crossoverPath(traits, env),
    );
    expect(new Set(paths).size).toBe(paths.length);
    expect(crossoverPath([...TRAITS], env)).toBe(paths[0]);
  });
});

describe('saveCrossover and readCrossover', () => {
  test('give back what was kept, in folders made for it, and leave nothing else', async () => {
    const path = join(folder, 'a/b/batt/crossover.json');
    expect(readCrossover(path, TRAITS)).toEqual({});
    await saveCrossover(path, TRAITS, { ...CROSSOVER, backends: [] });
    await saveCrossover(path, TRAITS, CROSSOVER);
    expect(readCrossover(path, TRAITS)).toEqual({ crossover: CROSSOVER });
    expect(readdirSync(dirname(path))).toEqual(['crossover.json']);
  });

  test('a place that cannot be written is an error that names it; what was there stays', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'mine');
    await expect(saveCrossover(join(file, 'batt/x.json'), TRAITS, CROSSOVER)).rejects.toThrow(`${file} is a file`);
    await expect(saveCrossover('/proc/batt/x.json', TRAITS, CROSSOVER)).rejects.toThrow('cannot write the file');
    const inTheWay = join(folder, 'way/x.json');
    mkdirSync(join(inTheWay, 'full'), { recursive: true });
    await expect(saveCrossover(inTheWay, TRAITS, CROSSOVER)).rejects.toThrow(inTheWay);
    expect([readFileSync(file, 'utf8'), existsSync(join(inTheWay, 'full')), readdirSync(dirname(inTheWay))]).toEqual([
      'mine',
      true,
      ['x.json'],
    ]);
  });
});

describe('a file that is not as it should be', () => {
  const document = JSON.parse(crossoverText(TRAITS, CROSSOVER)) as Record<string, unknown>;
  const note = (change: Record<string, unknown>) =>
    readCrossover(written(JSON.stringify({ ...document, ...change })), TRAITS);

  test('is not used, and the note says what was found', () => {
    const point = { comparisons: 1000, seconds: 1 };
    const backend = (change: object) => [{ backend: 'cpu', device: 'A', openSeconds: 1, points: [point], ...change }];
    for (const [change, message] of [
      [{ schema: 2 }, 'schema: found 2, expected 1'],
      [{ type: 'summary' }, 'type: found "summary", expected "crossover"'],
      [{ machine: ['cpu B'] }, 'it was measured on another machine'],
      [{ measured: 'yesterday' }, 'measured: found "yesterday", expected a date'],
      [{ backends: {} }, 'backends: found an object, expected a list'],
      [{ backends: [null] }, 'backends[0]: found null, expected an object'],
      [{ backends: backend({ backend: 'abacus' }) }, 'backends[0].backend: found "abacus", expected "cpu" or "wasm"'],
      [{ backends: backend({ device: 5 }) }, 'backends[0].device: found 5, expected a text'],
      [{ backends: backend({ openSeconds: -1 }) }, 'openSeconds: found -1, expected a number above 0'],
      [{ backends: backend({ points: [] }) }, 'backends[0].points: found a list of 0, expected one point at least'],
      [
        { backends: backend({ points: [{ ...point, seconds: 0 }] }) },
        'points[0].seconds: found 0, expected a number above 0',
      ],
      [
        { backends: backend({ points: [point, point] }) },
        'points[1].comparisons: found 1000, expected a number above 1000',
      ],
    ] as const) {
      expect(note(change)).toEqual({ note: expect.stringContaining(message) });
    }
  });

  test('cut off anywhere, or with a byte changed: a note, what was measured, or other numbers; never an error', () => {
    const text = crossoverText(TRAITS, CROSSOVER).trimEnd();
    for (let end = 0; end < text.length; end++) {
      expect(readCrossover(written(text.slice(0, end)), TRAITS)).toEqual({ note: expect.any(String) });
    }
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Buffer.from(text);
        bytes[at] = byte;
        const path = join(folder, 'changed.json');
        writeFileSync(path, bytes);
        const { crossover, note: said } = readCrossover(path, TRAITS);
        expect(crossover === undefined).toBe(said !== undefined);
        for (const { points } of crossover?.backends ?? []) expect(points.length).toBeGreaterThan(0);
      }),
    );
  });

  test('something else than a file, or one too large', async () => {
    const pipe = join(folder, 'pipe');
    await runCommand('mkfifo', [pipe], process.env);
    for (const path of [folder, pipe, '/dev/zero']) {
      expect(readCrossover(path, TRAITS)).toEqual({ note: `${path}: found something else than a file` });
    }
    const { note: large } = readCrossover(written(' '.repeat((1 << 20) + 1)), TRAITS);
    expect(large).toContain('found 1048577 bytes, expected 1048576 at most');
    expect(readCrossover(join(written('x'), 'below'), TRAITS)).toEqual({});
  });
});
