import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeExamples } from '../../scripts/make-examples.ts';
import { packageFolder } from '../../src/arc/bundled.ts';
import { readTasks } from '../../src/arc/read.ts';

const examples = join(packageFolder(), 'examples');
const tasks = readTasks(join(examples, 'tasks'));

describe('bundled tasks', () => {
  test('are what the script makes, byte for byte', () => {
    const made = makeExamples();
    expect(readdirSync(join(examples, 'tasks')).sort()).toEqual([...made.keys()].sort());
    for (const [name, text] of made) expect(readFileSync(join(examples, 'tasks', name), 'utf8')).toBe(text);
    expect(makeExamples()).toEqual(made);
  });

  test('have ids in words, 3 or 4 demo samples and 1 or 2 test samples', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(12);
    for (const { id, demo, test } of tasks) {
      expect(id).toMatch(/^[a-z]+(_[a-z]+)+$/);
      expect([3, 4]).toContain(demo.length);
      expect([1, 2]).toContain(test.length);
      for (const { input, output } of [...demo, ...test]) expect(output).not.toEqual(input);
    }
  });

  test('have sides from 1 to 30 and all ten colours', () => {
    const grids = tasks.flatMap(({ demo, test }) =>
      [...demo, ...test].flatMap(({ input, output }) => [input, output!]),
    );
    const sides = new Set(grids.flatMap(({ height, width }) => [height, width]));
    expect([Math.min(...sides), Math.max(...sides)]).toEqual([1, 30]);
    expect(new Set(grids.flatMap(({ cells }) => [...cells])).size).toBe(10);
  });

  test('self_tile puts a copy of a 3 × 3 grid wherever it has a coloured cell', () => {
    for (const { input, output } of tasks.find(({ id }) => id === 'self_tile')!.demo) {
      const at = (r: number, c: number) => input.cells[3 * r + c]!;
      const cells = Uint8Array.from({ length: 81 }, (_, i) => {
        const [r, c] = [Math.floor(i / 9), i % 9];
        return at(Math.floor(r / 3), Math.floor(c / 3)) === 0 ? 0 : at(r % 3, c % 3);
      });
      expect(output).toEqual({ height: 9, width: 9, cells });
    }
  });
});

test('the bundled battery says above each of its programs what it is', () => {
  const text = readFileSync(join(examples, 'battery.py'), 'utf8');
  const names = [...text.matchAll(/^def (solve_\w+)\(I\):$/gm)].map((match) => match[1]!);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(30);
  const known = new Set(tasks.map(({ id }) => id));
  const said = [
    ...text.matchAll(/^# (?:(nearly right|right) for (\w+)|(wrong)|(duplicate of) (\w+)|(failing)).*\ndef /gm),
  ];
  expect(said.length).toBe(names.length);
  for (const match of said) {
    if (match[2] !== undefined) expect(known).toContain(match[2]);
    if (match[5] !== undefined) expect(names).toContain(match[5]);
  }
});
