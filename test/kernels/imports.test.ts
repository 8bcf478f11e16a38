// The files of the kernels import each other in one direction: no circle, also none of types, and nothing of `src`.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** The files of a folder, each with the files that it imports. */
function importsIn(folder: string): Map<string, readonly string[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
  return new Map(
    files.map((file) => {
      const found = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|^import|\bimport\()\s*'(\.[^']+)'/gm);
      return [file, Array.from(found, ([, path]) => normalize(join(dirname(file), path!)))];
    }),
  );
}

/** A circle of imports, its first file again at its end; undefined where there is none. */
function circleOf(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

const imports = importsIn('kernels');

test('a circle would be found', () => {
  const circle = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['b']],
  ]);
  expect(circleOf(circle)).toEqual(['b', 'c', 'b']);
});

test('no circle', () => {
  expect(imports.size).toBeGreaterThan(50);
  expect(circleOf(imports)).toBe(undefined);
});

test('nothing of src, but in the conformance suite', () => {
  const upward = [...imports].flatMap(([file, all]) =>
    all.filter((path) => !path.startsWith('kernels')).map((path) => `${file}: ${path}`),
  );
  expect(upward.filter((line) => !line.startsWith('kernels/suite/'))).toEqual([]);
});
