import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArcGrid } from '../../../src/arc/grid.ts';
import type { Sample, Task } from '../../../src/arc/task.ts';
import { Showcase, type ShowcaseOptions, type Shown } from '../../../src/pipeline/answer/showcase.ts';
import { parseBattery } from '../../../src/pipeline/read/battery.ts';
import { buildGraph, type CandidateSet } from '../../../src/pipeline/read/candidates.ts';
import { RunOver, RunStop } from '../../../src/pipeline/runStop.ts';
import { type ScoringOptions, scoreTask } from '../../../src/pipeline/score/scoreTask.ts';
import { gridRows } from '../../../src/results/gridText.ts';

function grid(text: string): ArcGrid {
  const rows = gridRows(text);
  return { height: rows.length, width: rows[0]!.length, cells: Uint8Array.from(rows.flat()) };
}

const sample = (input: string, output: string | null): Sample => ({
  input: grid(input),
  output: output === null ? null : grid(output),
});
const task = (demo: readonly [string, string][], test: readonly [string, string | null][]): Task => ({
  id: 'made',
  demo: demo.map(([input, output]) => sample(input, output)),
  test: test.map(([input, output]) => sample(input, output)),
  source: 'here',
});

/** A candidate a text: the expression that it returns, after statements before it. */
function setOf(...programs: readonly string[]): CandidateSet {
  const texts = programs.map((program, k) => {
    const lines = program.split('; ').map((line, l, all) => (l === all.length - 1 ? `return ${line}` : line));
    return `def solve_p${k}(I):\n${lines.map((line) => `    ${line}\n`).join('')}`;
  });
  return buildGraph([parseBattery(texts.join('\n'), { file: 'made.py' })]);
}

function show(
  set: CandidateSet,
  on: Task,
  options: ScoringOptions = {},
  again: ShowcaseOptions = options,
): Promise<Shown> {
  return new Showcase(set, again).of(on, scoreTask(set, on, options));
}

const grids = ({ attempts }: Shown): string[][] => attempts.map((list) => list.map((attempt) => attempt.grid));

const flip = task(
  [
    ['12', '21'],
    ['33', '33'],
  ],
  [
    ['456', '654'],
    ['78', '87'],
  ],
);

describe('attempts', () => {
  test('are the outputs for each test input, with what speaks for them', async () => {
    const set = setOf('x1 = hmirror(I); vmirror(x1)', 'vmirror(I)', 'I', 'dmirror(I)');
    expect((await show(set, flip)).attempts).toEqual([
      [
        { grid: '654', demo: 2, votes: 2, size: 1, candidate: 1 },
        { grid: '456', demo: 1, votes: 1, size: 0, candidate: 2 },
        { grid: '4/5/6', demo: 0, votes: 1, size: 1, candidate: 3 },
      ],
      [
        { grid: '87', demo: 2, votes: 2, size: 1, candidate: 1 },
        { grid: '78', demo: 1, votes: 1, size: 0, candidate: 2 },
        { grid: '7/8', demo: 0, votes: 1, size: 1, candidate: 3 },
      ],
    ]);
  });

  test('a right test output does not outweigh a demo', async () => {
    const wrong = task([['112', '211']], [['45', '45']]);
    expect(grids(await show(setOf('I', 'vmirror(I)'), wrong))).toEqual([['54', '45']]);
  });

  test('what raises, is no grid, or is none of ARC has none', async () => {
    const set = setOf('first(ZERO)', 'ZERO', 'upscale(I, TEN)', 'replace(I, FOUR, invert(ONE))', 'I');
    expect(grids(await show(set, task([['4', '4']], [['4444', null]])))).toEqual([['4444']]);
    // 15 fits a record, and is no colour
    const fifteen = setOf('replace(I, FOUR, add(TEN, FIVE))', 'I');
    expect(grids(await show(fifteen, task([['41', '41']], [['4', null]])))).toEqual([['4']]);
  });

  test('one that failed a test sample is run on the next for the first time', async () => {
    const set = setOf('vmirror(I)', 'hmirror(I)');
    const on = task(
      [['11', '11']],
      [
        ['45', '55'],
        ['67', null],
        ['89', '99'],
      ],
    );
    const options = { firstMismatch: true };
    expect(scoreTask(set, on, options).verdicts).toEqual({ ok: 2, mismatch: 2, not_run: 4 });
    expect(grids(await show(set, on, options))).toEqual(grids(await show(set, on)));
    expect(grids(await show(set, on))).toEqual([
      ['54', '45'],
      ['76', '67'],
      ['98', '89'],
    ]);
  });
});

describe('pairs that were stopped', () => {
  // some 40 units a cell
  const wide = 'x1 = upscale(I, TEN); x2 = downscale(x1, TEN); x3 = upscale(x2, TEN); downscale(x3, TEN)';
  const large = Array.from({ length: 20 }, () => '1'.repeat(20)).join('/');
  const on = task(
    [['1', '1']],
    [
      [large, large],
      ['11', '11'],
    ],
  );

  test('have no output, even where they would have one now', async () => {
    const set = setOf(wide);
    const tight = { budget: 20_000 };
    expect(scoreTask(set, on, tight).verdicts).toEqual({ ok: 2, budget: 1 });
    expect(grids(await show(set, on, tight, {}))).toEqual([[], ['11']]);
    expect(grids(await show(set, on))).toEqual([[large], ['11']]);
  });

  test('keep a candidate from being run on further samples', async () => {
    const set = setOf(wide);
    const tight = { budget: 20_000, firstMismatch: true };
    expect(scoreTask(set, on, tight).verdicts).toEqual({ ok: 1, budget: 1, not_run: 1 });
    expect(grids(await show(set, on, tight, {}))).toEqual([[], []]);
    // the same where it is stopped only now
    const mismatch = task(
      [['1', '1']],
      [
        ['1', '2'],
        [large, large],
        ['11', '11'],
      ],
    );
    expect(scoreTask(set, mismatch, tight).verdicts).toEqual({ ok: 1, mismatch: 1, not_run: 2 });
    expect(grids(await show(set, mismatch, tight))).toEqual([['1'], [], []]);
  });

  test('without a budget the default one holds', async () => {
    // 6,000 × 6,000 cells for the large grid: more than a value may have under any budget
    const set = setOf(
      'x1 = asindices(I); x2 = size(x1); x3 = add(TEN, FIVE); x4 = multiply(x2, x3); x5 = astuple(x4, x4)'.concat(
        '; x6 = canvas(ONE, x5); crop(x6, ORIGIN, UNITY)',
      ),
    );
    const at = task(
      [['1', '1']],
      [
        ['2', '2'],
        [large, large],
      ],
    );
    const result = scoreTask(set, at, { firstMismatch: true });
    expect(result.verdicts).toEqual({ ok: 1, mismatch: 1, not_run: 1 });
    expect(grids(await new Showcase(set, { budget: 0 }).of(at, result))).toEqual([['1'], []]);
  });
});

describe('shown', () => {
  test('the three best with what they made of every sample', async () => {
    const set = setOf('dmirror(I)', 'vmirror(I)', 'I', 'upscale(I, TEN)', 'hmirror(I)');
    expect((await show(set, flip)).shown).toEqual([
      { candidate: 1, outputs: ['21', '33', '654', '87'] },
      { candidate: 2, outputs: ['12', '33', '456', '78'] },
      { candidate: 4, outputs: ['12', '33', '456', '78'] },
    ]);
  });

  test('null for what is no grid, raised or is too large; colours over 9 are hexadecimal', async () => {
    const set = setOf('first(ZERO)', 'repeat(first(I), 31)'.replace('31', 'add(THREE, TEN)'), 'replace(I, TWO, TEN)');
    const on = task([['1', '1']], [['2', null]]);
    const shown = new Map((await show(set, on)).shown.map(({ candidate, outputs }) => [candidate, outputs]));
    expect(shown.get(0)).toEqual([null, null]);
    expect(shown.get(2)).toEqual(['1', 'a']);
    expect((await show(setOf('upscale(I, TEN)'), task([['1111', '1']], [['1', null]]))).shown).toEqual([
      { candidate: 0, outputs: [null, Array(10).fill('1'.repeat(10)).join('/')] },
    ]);
  });

  test('a candidate that matched nothing is shown where it was run', async () => {
    const set = setOf('vmirror(I)');
    const on = task(
      [
        ['12', '12'],
        ['34', '34'],
      ],
      [['56', '56']],
    );
    expect((await show(set, on)).shown).toEqual([{ candidate: 0, outputs: ['21', '43', '65'] }]);
    expect((await show(set, on, { firstMismatch: true })).shown).toEqual([
      { candidate: 0, outputs: ['21', null, null] },
    ]);
  });
});

test('an interruption ends it', async () => {
  const stop = new RunStop(0); // a deadline that has come does not: `stopAt` is later
  expect(await show(setOf('I'), flip, {}, { stop })).not.toHaveProperty('cut');
  stop.interrupt();
  await expect(show(setOf('I'), flip, {}, { stop })).rejects.toThrow(RunOver);
});

test('when time is over nothing is run, known test outputs have no advantage, and the task counts as cut', async () => {
  const set = setOf('vmirror(I)', 'I');
  expect(await show(set, flip)).not.toHaveProperty('cut');
  const late = await show(set, flip, {}, { stopAt: 0 });
  expect(late).toMatchObject({ cut: 'deadline', attempts: [[], []] });
});

describe('test results', () => {
  const steps = [
    'vmirror(I)',
    'hmirror(I)',
    'dmirror(I)',
    'I',
    'tophalf(I)',
    'lefthalf(I)',
    'upscale(I, TWO)',
    'first(ZERO)',
  ];
  const program = fc
    .array(fc.constantFrom(...steps), { minLength: 1, maxLength: 3 })
    .map((calls) => calls.map((call, k) => (k === 0 ? call : call.replace('I', `x${k}`))))
    .map((calls) => [...calls.slice(0, -1).map((call, k) => `x${k + 1} = ${call}`), calls.at(-1)!].join('; '));
  const cells = fc.array(fc.array(fc.nat(2), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 2 });
  const text = cells.map((rows) => rows.map((row) => row.join('')).join('/'));
  const pair = fc.tuple(text, text);

  test('have no part in the attempts: other solutions, or none, with and without --first-mismatch', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(program, { minLength: 1, maxLength: 12 }),
        fc.array(pair, { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(text, text, fc.option(text)), { minLength: 1, maxLength: 3 }),
        fc.constantFrom(100, 300_000_000),
        async (programs, demo, tests, budget) => {
          const set = setOf(...programs);
          for (const firstMismatch of [true, false]) {
            const options = { firstMismatch, budget };
            const attempts = async (test: readonly [string, string | null][]) =>
              (await show(set, task(demo, test), options)).attempts;
            const first = await attempts(tests.map(([input, output]) => [input, output]));
            expect(await attempts(tests.map(([input, , other]) => [input, other]))).toEqual(first);
            expect(await attempts(tests.map(([input]) => [input, null]))).toEqual(first);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
