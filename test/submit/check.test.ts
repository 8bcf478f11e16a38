import { expect, test } from 'vitest';
import { readTasks } from '../../src/arc/read.ts';
import { checkSubmission } from '../../src/submit/check.ts';
import { useMade } from './made.ts';

const made = useMade();
const tasks = readTasks(
  made.data('two', [
    {
      id: 'a',
      test: [
        ['1', null],
        ['2', null],
      ],
    },
    { id: 'b', test: [['3', null]] },
  ]),
);

const attempts = { attempt_1: [[1]], attempt_2: [[2, 3]] };
const right = { a: [attempts, attempts], b: [attempts] };

function problem(content: unknown): string {
  const file = made.write('s.json', typeof content === 'string' ? content : JSON.stringify(content));
  try {
    checkSubmission(file, tasks);
  } catch (error) {
    return (error as Error).message.replace(`${file}: `, '');
  }
  return '';
}

test('a right one passes', () => {
  expect(problem(right)).toBe('');
});

const big = Array.from({ length: 31 }, () => [0]);
const ofB = (attempt_2: unknown): object => ({ ...right, b: [{ attempt_1: [[1]], attempt_2 }] });

test.each<[string, unknown, string]>([
  ['no JSON', '{"a": [', 'not JSON: line 1, column 8: the file ends in the middle'],
  ['a list', [], 'found no object'],
  ['a task twice', '{"a": [], "a": []}', 'task a: is in the file twice'],
  ['a task that lacks', { a: right.a }, 'task b: is not in the file'],
  ['a task too many', { ...right, c: [attempts] }, 'task c: is no task of the data'],
  ['too few outputs', { ...right, a: [attempts] }, 'task a: found a list of 1, expected a list of 2'],
  ['no list', { ...right, a: attempts }, 'task a: found an object, expected a list of 2'],
  ['one attempt', { ...right, b: [{ attempt_1: [[1]] }] }, 'task b, test 0: found an object, expected attempt_1 and'],
  ['three', { ...right, b: [{ ...attempts, attempt_3: [[1]] }] }, 'task b, test 0: found an object'],
  ['a ragged grid', ofB([[1], [1, 2]]), 'task b, test 0 attempt_2, row 1: found 2 cells, expected 1'],
  ['a colour over 9', ofB([[10]]), 'task b, test 0 attempt_2, row 0, column 0: found 10, expected an integer 0..9'],
  ['half a colour', ofB([[0.5]]), 'found 0.5'],
  ['a text', ofB([['1']]), 'found "1"'],
  ['an empty grid', ofB([]), 'the grid is empty'],
  ['an empty row', ofB([[]]), 'the row is empty'],
  ['31 rows', ofB(big), 'found 31 rows, expected 1 to 30'],
  ['no grid', ofB(null), 'found null, expected a list of rows'],
])('%s is found', (_, content, expected) => {
  expect(problem(content)).toContain(expected);
});
