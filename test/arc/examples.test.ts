import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeExamples } from '../../scripts/make-examples.ts';
import { packageFolder } from '../../src/arc/bundled.ts';
import { readTasks } from '../../src/arc/read.ts';
import { readBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { scoreTask } from '../../src/pipeline/score/scoreTask.ts';

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

describe('the bundled battery', () => {
  const text = readFileSync(join(examples, 'battery.py'), 'utf8');
  const names = [...text.matchAll(/^def (solve_\w+)\(I\):$/gm)].map((match) => match[1]!);
  const said = [
    ...text.matchAll(
      /^# (nearly right for|right for|wrong|duplicate of|failing)(?: (\w+))?.*?(?:\((\w+)\))?\ndef solve_(\w+)/gm,
    ),
  ].map(([, kind, of, error, name]) => ({ kind: kind!, of, error, name: name! }));
  const set = buildGraph([readBattery(join(examples, 'battery.py'))]);
  const results = tasks.map((task) => ({ ...scoreTask(set, task), samples: task.demo.length + task.test.length }));
  const scored = (name: string, id: string): number => results.find(({ task }) => task === id)!.scores.get(name)!;
  const solvesNone = (name: string): boolean => results.every((result) => result.scores.get(name)! < result.samples);

  test('has 30 to 40 programs, and says above each what it is', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(said.map(({ name }) => `solve_${name}`)).toEqual(names);
    expect(names.length).toBeGreaterThanOrEqual(30);
    expect(names.length).toBeLessThanOrEqual(40);
    expect(set.counts).toMatchObject({ read: names.length, invalid: 0, skipped: 0 });
  });

  test.each(said)('$name: $kind $of $error', ({ kind, of, error, name }) => {
    const samples = results.find(({ task }) => task === of)?.samples;
    if (kind === 'right for') expect(scored(name, of!)).toBe(samples);
    if (kind === 'nearly right for') {
      expect(scored(name, of!)).toBeGreaterThan(0);
      expect(scored(name, of!)).toBeLessThan(samples!);
    }
    if (kind === 'wrong') expect(solvesNone(name)).toBe(true);
    const candidates = set.graph.candidates;
    if (kind === 'duplicate of') {
      expect(candidates.find(({ solverId }) => solverId === of!.replace('solve_', ''))!.also).toContain(name);
    }
    if (kind === 'failing') {
      const place = candidates.findIndex(({ solverId }) => solverId === name);
      for (const { candidates: list, samples: all } of results) {
        expect(list[place]!.score.verdicts).toEqual({ [`error:${error}`]: all });
      }
    }
  });

  test('solves all tasks but two', () => {
    const open = results.filter(({ scores, samples }) => [...scores.values()].every((score) => score < samples));
    expect(open.map(({ task }) => task)).toEqual(['dashed_frame', 'sort_bars']);
  });
});
