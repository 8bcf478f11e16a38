import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { datasetDigest } from '../../src/arc/digest.ts';
import { readTasks } from '../../src/arc/read.ts';
import { rawChallenge, rawTask, TestFolder } from './files.ts';

const folder = new TestFolder();
afterAll(() => folder.remove());

test('is fixed', () => {
  expect(datasetDigest([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const file = folder.write('a.json', { train: [{ input: [[1, 2]], output: [[3]] }], test: [{ input: [[4]] }] });
  // printf 'a\0\1\0\0\0\1\0\0\0\1\2\1\2\1\1\3\1\1\4\0' | sha256sum
  expect(datasetDigest(readTasks(file))).toBe('6b4e7fd10983287f9eb0941a624077fe41229a039af8b83a2857fcc1db20f175');
});

test('does not depend on files or order', () => {
  folder.write('tasks/x.json', rawTask([1, 2], [3]));
  folder.write('tasks/22168020.json', rawTask([4], [5, 6]));
  const file = folder.write('c_challenges.json', { x: rawChallenge([1, 2], [3]), 22168020: rawChallenge([4], [5, 6]) });
  folder.write('c_solutions.json', { x: [[[4]]], 22168020: [[[6]], [[7]]] });
  const fromFolder = readTasks(join(folder.path, 'tasks'));
  const fromFile = readTasks(file);
  expect(datasetDigest(fromFile)).toBe(datasetDigest(fromFolder));
  expect(datasetDigest(fromFile.toReversed())).toBe(datasetDigest(fromFolder));
});

test('depends on all that a task says', () => {
  const raws: unknown[] = [
    rawTask([1], [2]),
    rawTask([1], [3]),
    rawTask([2], [2]),
    rawTask([1, 1], [2]),
    rawTask([1], [2, 2]),
    rawTask([1, 2], [2]),
    rawTask([2, 1], [2]),
    rawChallenge([1], [2]),
    { train: [{ input: [[1, 1]], output: [[2]] }], test: [{ input: [[2]], output: [[3]] }] },
    { train: [{ input: [[1], [1]], output: [[2]] }], test: [{ input: [[2]], output: [[3]] }] },
  ];
  const digests = raws.map((raw) => datasetDigest(readTasks(folder.write('t.json', raw))));
  digests.push(datasetDigest(readTasks(folder.write('other.json', raws[0]))));
  expect(new Set(digests).size).toBe(raws.length + 1);
});
