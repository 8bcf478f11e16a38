// Whatever a file holds: tasks are read, or an ArcError names the file.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { ArcError } from '../../src/arc/error.ts';
import { readTasks } from '../../src/arc/read.ts';
import { rawTask, TestFolder } from './files.ts';

const folder = new TestFolder();
afterAll(() => folder.remove());

/** Reads a file with such content, alone and as one of a folder. */
function read(content: string | Uint8Array): void {
  const file = folder.write('set/x.json', content);
  for (const place of [file, `${folder.path}/set`]) {
    try {
      for (const { demo } of readTasks(place, { demos: 1 })) expect(demo.length).toBeGreaterThan(0);
    } catch (error) {
      expect(error).toBeInstanceOf(ArcError);
      expect((error as ArcError).message.startsWith(file)).toBe(true);
      expect((error as ArcError).message.length).toBeLessThan(file.length + 1000);
    }
  }
}

const grid = fc.array(fc.array(fc.oneof(fc.integer({ min: -1, max: 10 }), fc.jsonValue()), { maxLength: 3 }), {
  maxLength: 3,
});
const sample = fc.oneof(
  fc.record({ input: grid, output: fc.option(grid) }, { requiredKeys: [] }),
  fc.tuple(grid, grid),
  fc.jsonValue(),
);
const samples = fc.oneof(fc.array(sample, { maxLength: 3 }), fc.jsonValue());
const key = fc.constantFrom('train', 'test', 'examples', 'samples', 'pairs', 'a', '1', '__proto__', 'constructor', '');
const task = fc.oneof(samples, fc.dictionary(key, samples));
const combined = fc.dictionary(key, fc.oneof(task, fc.dictionary(key, task)));

test('values that are nearly tasks', () => {
  fc.assert(
    fc.property(fc.oneof(task, combined, fc.jsonValue()), (value) => read(JSON.stringify(value))),
    { numRuns: 600 },
  );
});

test('text of a task with something put in, or cut', () => {
  const text = JSON.stringify({ a: rawTask([1, 2], [3]), b: [{ input: [[1, 2]], output: [[3]] }] });
  const odd = fc.constantFrom(
    'NaN',
    '1e999',
    '-',
    '"',
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '\\',
    '\0',
    '\ufeff',
    '1'.repeat(400),
  );
  const place = fc.nat({ max: text.length });
  fc.assert(
    fc.property(place, place, fc.oneof(odd, fc.constant('')), (from, length, put) =>
      read(text.slice(0, from) + put + text.slice(from + (length % 5))),
    ),
    { numRuns: 600 },
  );
  fc.assert(
    fc.property(place, (end) => read(text.slice(0, end))),
    { numRuns: 100 },
  );
});

test('bytes of any kind', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), read), { numRuns: 300 });
});
