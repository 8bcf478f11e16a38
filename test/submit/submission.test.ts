import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTasks } from '../../src/arc/read.ts';
import { answerOf } from '../../src/submit/answer.ts';
import { checkSubmission } from '../../src/submit/check.ts';
import { submit } from '../../src/submit/submit.ts';
import { type Found, inputsOf, linesOf, type MadeTask, useMade } from './made.ts';

const made = useMade();
const grid = { height: 1, width: 2, cells: Uint8Array.of(1, 2) };
const out = join(made.path, 'submission.json');

/** Writes the submission of a run that found these outputs. */
async function submitted(name: string, tasks: readonly MadeTask[], found: Found) {
  const challenges = made.data(name, tasks);
  const results = made.results(name, linesOf(readTasks(challenges), challenges, found));
  const what = await submit(results, out, []);
  return { ...what, text: readFileSync(out, 'utf8') };
}

describe('two attempts', () => {
  test('are the two best distinct outputs', () => {
    expect(answerOf(grid, ['3', '4', '5'])).toEqual({ attempts: ['3', '4'], found: 2 });
    expect(answerOf(grid, ['3', '3', '5'])).toEqual({ attempts: ['3', '5'], found: 2 });
  });

  test('else the test input, then a blank grid', () => {
    expect(answerOf(grid, ['3'])).toEqual({ attempts: ['3', '12'], found: 1 });
    expect(answerOf(grid, ['12'])).toEqual({ attempts: ['12', '00/00'], found: 1 });
    expect(answerOf(grid, [])).toEqual({ attempts: ['12', '00/00'], found: 0 });
    const blank = { height: 2, width: 2, cells: new Uint8Array(4) };
    expect(answerOf(blank, [])).toEqual({ attempts: ['00/00', '00/00'], found: 0 });
  });
});

test('every task of the data is there, in its order, and every test input', async () => {
  const tasks: MadeTask[] = [
    {
      id: 'b',
      test: [
        ['12', null],
        ['3', null],
      ],
    },
    { id: '22168020', test: [['4', null]] },
    { id: 'a', test: [['5/6', null]] },
  ];
  const { text, missing, cut, score, unscored } = await submitted('order', tasks, {
    b: [['7', '8/8'], ['9']],
    a: [[]],
  });
  expect(text).toBe(
    `{"b": [{"attempt_1":[[7]],"attempt_2":[[8],[8]]},{"attempt_1":[[9]],"attempt_2":[[3]]}],
"22168020": [{"attempt_1":[[4]],"attempt_2":[[0,0],[0,0]]}],
"a": [{"attempt_1":[[5],[6]],"attempt_2":[[0,0],[0,0]]}]}
`,
  );
  expect({ missing, cut, score, unscored }).toEqual({
    missing: ['22168020'],
    cut: [],
    score: undefined,
    unscored: ['b', '22168020', 'a'],
  });
  expect(readdirSync(made.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

describe('the score', () => {
  const tasks: MadeTask[] = [
    {
      id: 'both',
      test: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    {
      id: 'half',
      test: [
        ['1', '2'],
        ['3', '4'],
      ],
    },
    { id: 'one', test: [['1', '2']] },
    { id: 'hidden', test: [['1', null]] },
    { id: 'undone', test: [['1', '2']] },
  ];

  test('is over the data: outputs, whole tasks, and the mean of shares; what is not known is left out', async () => {
    const found = { both: [['2'], ['5', '4']], half: [['2'], ['5', '6', '4']], one: [['2/2']], hidden: [['2']] };
    const { score, unscored, missing } = await submitted('score', tasks, found);
    // the third attempt of `half` comes too late; `undone` counts as wrong
    expect(score).toEqual({ outputs: [3, 6], tasks: [1, 4], mean: (1 + 0.5 + 0 + 0) / 4 });
    expect([unscored, missing]).toEqual([['hidden'], ['undone']]);
  });

  test('solutions that came after the run are used', async () => {
    const hidden = tasks.map(({ id, test }) => ({ id, test: test.map(([input]) => [input, null] as const) }));
    const challenges = made.data('later', hidden);
    const results = made.results('later', linesOf(readTasks(challenges), challenges, { one: [['2']] }));
    expect((await submit(results, out, [])).score).toBeUndefined();
    made.data('later', tasks);
    expect((await submit(results, out, [])).score).toEqual({ outputs: [1, 6], tasks: [1, 4], mean: 0.25 });
  });
});

test('every submission is valid, has the attempts that were found, and does not depend on solutions', async () => {
  const text = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.nat(9))
    .map(([height, width, cell]) => Array(height).fill(String(cell).repeat(width)).join('/'));
  const id = fc.oneof(fc.stringMatching(/^[0-9a-f]{8}$/), fc.constantFrom('1', '0', '__proto__', 'constructor', 'ä "'));
  const task = fc.record({
    id,
    test: fc.array(fc.tuple(text, text, fc.array(text, { maxLength: 3 })), { minLength: 1, maxLength: 3 }),
    done: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(task, { minLength: 1, maxLength: 6, selector: (each) => each.id }),
      async (list) => {
        const found = Object.fromEntries(
          list.filter(({ done }) => done).map((each) => [each.id, each.test.map(([, , outputs]) => outputs)]),
        );
        const known = list.map(({ id, test }) => ({ id, test: test.map(([i, o]) => [i, o] as const) }));
        const hidden = list.map(({ id, test }) => ({ id, test: test.map(([i]) => [i, null] as const) }));
        const a = await submitted('known', known, found);
        const b = await submitted('hidden', hidden, found);
        expect(b.text).toBe(a.text);
        const tasks = readTasks(join(made.path, 'known_challenges.json'));
        checkSubmission(out, tasks);
        const back = JSON.parse(a.text) as Record<string, { attempt_1: number[][]; attempt_2: number[][] }[]>;
        expect(new Set(Object.keys(back))).toEqual(new Set(list.map((each) => each.id)));
        for (const task of tasks) {
          const inputs = inputsOf(task);
          for (const [k, answer] of back[task.id]!.entries()) {
            const best = [...new Set(found[task.id]?.[k] ?? [])];
            const said = [answer.attempt_1, answer.attempt_2].map((rows) => rows.map((row) => row.join('')).join('/'));
            expect(said.slice(0, Math.min(2, best.length))).toEqual(best.slice(0, 2));
            if (best.length === 0) expect(said[0]).toBe(inputs[k]);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
