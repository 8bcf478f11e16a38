import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTasks } from '../../src/arc/read.ts';
import { SubmitError, tasksOf } from '../../src/submit/data.ts';
import { type MadeTask, runLine, solutionsText, useMade } from './made.ts';

const made = useMade();
const tasks: MadeTask[] = [
  { id: 'a', test: [['1', '2']] },
  { id: 'b', test: [['3', '4']] },
];
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

/** What is said about the data of a run on tasks that were in a file and have become others. */
function problem(name: string, change: () => void, data: readonly string[] = []): string {
  const challenges = made.data(name, tasks);
  const run = runLine(readTasks(challenges), challenges);
  change();
  try {
    tasksOf(run, data);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return `${error.name}: ${error.message}`;
  }
  return '';
}

test('all tasks of the data, those too that the run was not asked for', () => {
  const challenges = made.data('all', tasks);
  const some = readTasks(challenges, { only: ['b'] });
  expect(ids(tasksOf(runLine(some, challenges), []))).toEqual(['a', 'b']);
});

test('from another place when they lie there now', () => {
  const run = runLine(readTasks(made.data('here', tasks)), '/nowhere/here_challenges.json');
  expect(() => tasksOf(run, [])).toThrow(
    new SubmitError(
      '/nowhere/here_challenges.json: no such file or folder; the run was made with --data /nowhere/here_challenges.json; say where that is now',
    ),
  );
  const there = made.data('there', tasks);
  expect(ids(tasksOf(run, [there]))).toEqual(['a', 'b']);
});

describe('refused is', () => {
  test('a file that has changed', () => {
    const change = (): unknown => made.data('cells', [tasks[0]!, { id: 'b', test: [['5', '4']] }]);
    expect(problem('cells', change)).toMatch(
      /^SubmitError: .*cells_challenges\.json: the tasks have changed since run made: found digest [0-9a-f]{12}, expected [0-9a-f]{12}$/,
    );
  });

  test('another solution than the run had', () => {
    const change = (): unknown => made.data('solution', [tasks[0]!, { id: 'b', test: [['3', '5']] }]);
    expect(problem('solution', change)).toContain('the tasks have changed since run made');
  });

  test('data without a task of the run', () => {
    const other = made.data('other', [tasks[1]!]);
    expect(problem('gone', () => {}, [other])).toBe(
      `SubmitError: ${other}: not the tasks of run made: a of its 2 are not there`,
    );
  });

  test('a solutions file of another set', () => {
    const change = (): unknown =>
      made.write('strange_solutions.json', solutionsText([{ id: 'z', test: [['1', '2']] }]));
    expect(problem('strange', change)).toMatch(
      /^ArcError: .*strange_solutions\.json: task z: is not in .*another set$/,
    );
  });

  test('a file that is half-written, or gone', () => {
    expect(problem('half', () => made.write('half_challenges.json', '{"a": {'))).toContain('not JSON');
    expect(problem('lost', () => rmSync(`${made.path}/lost_challenges.json`))).toContain('no such file');
  });
});
