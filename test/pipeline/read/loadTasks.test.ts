import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadTasks } from '../../../src/pipeline/read/loadTasks.ts';
import { rawTask, TestFolder } from '../../arc/files.ts';

const folder = new TestFolder();
afterAll(() => folder.remove());

const load = (places: readonly string[], only: readonly string[] = [], skipBadTasks = false) =>
  loadTasks(places, { only }, { skipBadTasks });
const bad = (cell: unknown) => ({ ...rawTask(), test: [{ input: [[cell]] }] });

describe('damaged tasks', () => {
  const set = join(folder.path, 'set');
  for (let k = 0; k < 30; k++) {
    folder.write(`set/t${String(k).padStart(2, '0')}.json`, k % 10 === 3 ? bad(10 + k) : rawTask());
  }
  folder.write('set/t05.json', '{"train": [');

  test('are all named, each with its place', () => {
    expect(() => load([set])).toThrow(
      [
        '4 of 30 tasks cannot be read; --skip-bad-tasks runs the others:',
        `  ${set}/t03.json: task t03, test 0 input, row 0, column 0: found 13, expected an integer 0..9`,
        `  ${set}/t05.json: not JSON: line 1, column 12: the file ends in the middle (half-written?), expected a value or "]"`,
        `  ${set}/t13.json: task t13, test 0 input, row 0, column 0: found 23, expected an integer 0..9`,
        `  ${set}/t23.json: task t23, test 0 input, row 0, column 0: found 33, expected an integer 0..9`,
      ].join('\n'),
    );
  });

  test('are left out where that is asked for', () => {
    const { tasks, skipped } = load([set], [], true);
    expect(tasks.map(({ id }) => id)).not.toContain('t13');
    expect(tasks).toHaveLength(26);
    expect(skipped.map(({ task }) => task)).toEqual(['t03', 't05', 't13', 't23']);
    expect(skipped[0]!.problem).toContain('t03.json: task t03, test 0 input, row 0, column 0: found 13');
    expect(load([set], ['t01', 't03'], true).tasks.map(({ id }) => id)).toEqual(['t01']);
    expect(load([set], ['t01']).skipped).toEqual([]);
  });

  test('are an error where nothing else is left', () => {
    expect(() => load([set], ['t03', 't13'], true)).toThrow('2 of 2 tasks cannot be read; none is left to run:\n');
    expect(() => load([set], ['t03'], true)).toThrow(/^\S+t03\.json: task t03, test 0 input/);
    expect(() => load([set], ['t01', 'nothing'], true)).toThrow('task nothing: no such task');
  });

  test('more than 20 are not all listed', () => {
    for (let k = 0; k < 25; k++) folder.write(`worse/${k}.json`, bad(null));
    folder.write('worse/fine.json', rawTask());
    expect(() => load([join(folder.path, 'worse')])).toThrow(/^25 of 26 [\s\S]*\n {2}and 5 more$/);
  });
});

describe('one id in two sets', () => {
  const training = join(folder.path, 'data/training');
  const evaluation = join(folder.path, 'data/evaluation');
  for (const id of ['a', 'b', 'same']) folder.write(`data/training/${id}.json`, rawTask([0]));
  for (const id of ['a', 'b', 'c']) folder.write(`data/evaluation/${id}.json`, rawTask([5]));
  folder.write('data/evaluation/same.json', rawTask([0]));
  const colours = ({ tasks }: ReturnType<typeof load>) => tasks.map(({ id, demo }) => [id, demo[0]!.input.cells[0]]);

  test('the later is taken, which is said where they differ', () => {
    const loaded = load([training, evaluation]);
    expect(colours(loaded)).toEqual([
      ['a', 5],
      ['b', 5],
      ['same', 0],
      ['c', 5],
    ]);
    expect(loaded.overlaps).toEqual([
      `2 tasks (a, b) are in ${training} and, otherwise, in ${evaluation}; the latter is taken, -i SET/a says which`,
    ]);
    expect(load([training, evaluation], ['b']).overlaps).toEqual([
      `task b is in ${training} and, otherwise, in ${evaluation}; the latter is taken, -i SET/b says which`,
    ]);
    expect(load([training, evaluation], ['same', 'c']).overlaps).toEqual([]);
  });

  test.each(['training/b', 'train/b', 'data/training/b', 'data/train/b'])('%s says which', (name) => {
    const loaded = load([training, evaluation], [name, 'c']);
    expect(colours(loaded)).toEqual([
      ['b', 0],
      ['c', 5],
    ]);
    expect(loaded.overlaps).toEqual([]);
    expect(loaded.chosen).toEqual([name]);
  });

  test('the same samples in another order are told apart from other samples', () => {
    const [first, second] = [
      [1, 2],
      [2, 1],
    ].map((demo, k) => folder.write(`order/${k}/x.json`, rawTask(demo)));
    expect(load([first!, second!]).overlaps).toEqual([
      `task x is in ${first} and, with samples in another order, in ${second}; the latter is taken, -i SET/x says which`,
    ]);
    expect(colours(load([first!, second!], ['0/x']))).toEqual([['x', 1]]);
  });

  test('folders of one folder and sets of one file are named alike', () => {
    const parent = join(folder.path, 'data');
    expect(colours(load([parent], ['train/a']))).toEqual([['a', 0]]);
    expect(load([parent], ['a']).overlaps).toHaveLength(1);
    const file = folder.write('keyed.json', { train: { a: rawTask([1]) }, eval: { a: rawTask([2]) } });
    expect(colours(load([file], ['train/a']))).toEqual([['a', 1]]);
    expect(colours(load([file], ['keyed/eval/a']))).toEqual([['a', 2]]);
    const kaggle = folder.write('arc-agi_training_challenges.json', { a: rawTask([3]) });
    expect(colours(load([kaggle, file], ['train/a', 'a']))).toEqual([['a', 1]]);
    expect(colours(load([kaggle, evaluation], ['train/a']))).toEqual([['a', 3]]);
  });

  test('a set or a task of it that is not there, and two of one id', () => {
    expect(() => load([training, evaluation], ['test/a'])).toThrow('task test/a: no set "test" among the places');
    expect(() => load([training, evaluation], ['train/c'])).toThrow(`${training}: task c: no such task among 3`);
    expect(() => load([training, evaluation], ['train/a', 'eval/a'])).toThrow(
      `task a: is asked for from ${training} and from ${evaluation}; a run has one task of an id`,
    );
  });
});
