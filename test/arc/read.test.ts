import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ArcError } from '../../src/arc/error.ts';
import { readTasks } from '../../src/arc/read.ts';
import { rawChallenge, rawTask, TestFolder } from './files.ts';
import { sharedSet } from './sharedData.ts';

const folder = new TestFolder();
afterAll(() => folder.remove());

const ids = (path: string | string[], only?: string[]) => readTasks(path, { only }).map((task) => task.id);

function errorOf(read: () => unknown): ArcError {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ArcError);
    return error as ArcError;
  }
  throw new Error('nothing was thrown');
}

test('a pipe in a folder of tasks is a damaged task, and not waited for', () => {
  const place = folder.folder('pipes');
  execFileSync('mkfifo', [join(place, 'a.json')]);
  expect(() => readTasks(place)).toThrow(/a\.json: found a pipe or a device, expected a file/);
});

describe('layouts', () => {
  test('one task file', () => {
    const file = folder.write('one/shift.json', {
      train: [{ input: [[1, 2, 3]], output: [[4], [5]] }],
      test: [{ input: [[0]] }, { input: [[9]], output: null }, { input: [[8]], output: [[7]] }],
      name: 'other keys are ignored',
    });
    expect(readTasks(file)).toEqual([
      {
        id: 'shift',
        source: file,
        demo: [
          {
            input: { height: 1, width: 3, cells: Uint8Array.of(1, 2, 3) },
            output: { height: 2, width: 1, cells: Uint8Array.of(4, 5) },
          },
        ],
        test: [
          { input: { height: 1, width: 1, cells: Uint8Array.of(0) }, output: null },
          { input: { height: 1, width: 1, cells: Uint8Array.of(9) }, output: null },
          {
            input: { height: 1, width: 1, cells: Uint8Array.of(8) },
            output: { height: 1, width: 1, cells: Uint8Array.of(7) },
          },
        ],
      },
    ]);
  });

  test('a byte order mark is skipped', () => {
    expect(ids(folder.write('bom.json', `\ufeff${JSON.stringify(rawTask())}`))).toEqual(['bom']);
  });

  test('a folder of task files, in the order of their names', () => {
    for (const name of ['b.json', 'a.json', '22168020.json', '.hidden.json', 'notes.txt', 'inner.json/c.json']) {
      folder.write(`many/${name}`, name.startsWith('.') ? 'no task' : rawTask());
    }
    expect(ids(join(folder.path, 'many'))).toEqual(['22168020', 'a', 'b']);
  });

  test('of a folder only the wanted files are read', () => {
    folder.write('broken/good.json', rawTask());
    folder.write('broken/bad.json', '{');
    folder.write('broken/also.json', rawTask());
    expect(ids(join(folder.path, 'broken'), ['good', 'also', 'good'])).toEqual(['also', 'good']);
    expect(ids(join(folder.path, 'broken'), [])).toEqual([]);
  });

  test('a challenges file with its solutions, in key order also where ids look like numbers', () => {
    const b = JSON.stringify(rawChallenge([1], [2, 3]));
    const other = JSON.stringify(rawChallenge([4], [5]));
    const file = folder.write('kaggle/arc_challenges.json', `{"b": ${b},\n "22168020": ${other}, "a\\"{": ${other}}`);
    folder.write('kaggle/arc_solutions.json', { '22168020': [[[6]]], b: [[[7]], [[8]]] });
    const tasks = readTasks(file);
    expect(tasks.map((task) => task.id)).toEqual(['b', '22168020', 'a"{']);
    expect(tasks.map((task) => task.test.map((sample) => sample.output?.cells[0] ?? null))).toEqual([
      [7, 8],
      [6],
      [null],
    ]);
    expect(ids(file, ['22168020'])).toEqual(['22168020']);
    expect(tasks[0]!.source).toBe(file);
  });

  test('a challenges file without solutions keeps what outputs it has', () => {
    const file = folder.write('alone/arc_challenges.json', { a: rawChallenge(), b: rawTask([0], [4]) });
    expect(readTasks(file).map((task) => task.test[0]!.output?.cells[0])).toEqual([undefined, 5]);
  });

  test('a combined file may have another name', () => {
    expect(ids(folder.write('all.json', { train: rawTask(), test: rawTask() }))).toEqual(['train', 'test']);
  });

  test('a folder of challenges files', () => {
    folder.write('set/x_evaluation_challenges.json', { e: rawChallenge() });
    folder.write('set/x_evaluation_solutions.json', { e: [[[1]]] });
    folder.write('set/x_training_challenges.json', { t: rawChallenge(), s: rawChallenge() });
    folder.write('set/sample_submission.json', {});
    expect(ids(join(folder.path, 'set'))).toEqual(['e', 't', 's']);
  });

  test('of two places the later overrides a repeated id, in the position of the first', () => {
    const first = folder.write('p_challenges.json', { a: rawChallenge([0]), b: rawChallenge([0]) });
    const second = folder.write('q_challenges.json', { c: rawChallenge([5]), a: rawChallenge([5]) });
    const tasks = readTasks([first, second]);
    expect(tasks.map(({ id, demo }) => [id, demo[0]!.input.cells[0]])).toEqual([
      ['a', 5],
      ['b', 0],
      ['c', 5],
    ]);
    expect(ids([first, second], ['c', 'b'])).toEqual(['b', 'c']);
  });
});

describe('further forms', () => {
  const sample = (colour: number) => ({ input: [[colour]], output: [[colour + 1]] });
  const list = [sample(0), sample(1), sample(2)];
  const sizes = (path: string, demos?: number) =>
    readTasks(path, { demos }).map((task) => [task.demo.length, task.test.length]);

  test('a list of samples is a task with demos only, --demos divides it', () => {
    const file = folder.write('forms/list.json', list);
    expect(ids(file)).toEqual(['list']);
    expect(sizes(file)).toEqual([[3, 0]]);
    expect(sizes(file, 2)).toEqual([[2, 1]]);
    expect(sizes(file, 5)).toEqual([[3, 0]]);
    const [task] = readTasks(file, { demos: 2 });
    expect(task!.test[0]).toEqual(readTasks(file)[0]!.demo[2]);
    expect(sizes(folder.write('forms/task.json', { train: list, test: list }), 2)).toEqual([[3, 3]]);
  });

  test('a damaged sample of a list is named as a demo or a test', () => {
    const file = folder.write('forms/bad.json', [sample(0), { input: [[0]], output: [[11]] }]);
    expect(errorOf(() => readTasks(file)).message).toContain('task bad, demo 1 output, row 0, column 0: found 11');
    expect(errorOf(() => readTasks(file, { demos: 1 })).message).toContain('task bad, test 0 output, row 0');
  });

  test.each(['examples', 'samples', 'pairs'])('samples under %s', (key) => {
    const file = folder.write(`forms/${key}.json`, { name: 'x', [key]: list });
    expect(sizes(file)).toEqual([[3, 0]]);
    expect(sizes(file, 1)).toEqual([[1, 2]]);
    expect(sizes(folder.write(`forms/${key}2.json`, { [key]: list, test: list }), 1)).toEqual([[3, 3]]);
  });

  test('samples that are pairs of grids', () => {
    const file = folder.write('forms/two.json', { examples: [[[[0]], [[1]]]] });
    expect(readTasks(file)[0]!.demo).toEqual(readTasks(folder.write('forms/one.json', [sample(0)]))[0]!.demo);
  });

  test('tasks without test', () => {
    expect(sizes(folder.write('forms/empty.json', { train: list, test: [] }))).toEqual([[3, 0]]);
    expect(sizes(folder.write('forms/none.json', { train: list }))).toEqual([[3, 0]]);
  });

  test('lists of samples in a folder, and by id in one file', () => {
    folder.write('lists/b.json', list);
    folder.write('lists/a.json', rawTask());
    expect(ids(join(folder.path, 'lists'))).toEqual(['a', 'b']);
    expect(ids(folder.write('by_id.json', { x: list, y: rawTask() }))).toEqual(['x', 'y']);
  });

  test('sets of tasks by their names, all of them or one', () => {
    const file = folder.write('sets.json', { train: { b: rawTask(), '12': list }, eval: { c: rawTask() } });
    expect(ids(file)).toEqual(['12', 'b', 'c']);
    expect(ids(`${file}#eval`)).toEqual(['c']);
    expect(readTasks(`${file}#eval`)[0]!.source).toBe(file);
    expect(errorOf(() => readTasks(`${file}#more`)).message).toBe(`${file}: has no set "more"; it has train, eval`);
    const plain = folder.write('plain.json', rawTask());
    expect(errorOf(() => readTasks(`${plain}#train`)).message).toContain('found no sets of tasks by their names');
    expect(ids(folder.write('marked.json#x.json', rawTask()))).toEqual(['marked.json#x']);
  });

  test('folders of folders, where the upper ones hold no task files', () => {
    for (const name of ['b/two.json', 'a/one.json', 'a/inner/not.json', 'c/deep/three.json', '.git/no.json']) {
      folder.write(`tree/${name}`, rawTask());
    }
    symlinkSync('..', join(folder.path, 'tree/c/up'));
    expect(ids(join(folder.path, 'tree'))).toEqual(['one', 'two', 'three']);
  });

  test('a folder does not take many tasks of one file for a task', () => {
    folder.write('heaped/all.json', { a: rawTask() });
    expect(errorOf(() => readTasks(join(folder.path, 'heaped'))).message).toContain(
      'all.json: found several tasks by their ids, expected one; give the file itself',
    );
  });
});

describe('damaged grids', () => {
  const grid = (rows: unknown) => ({ ...rawTask(), train: [{ input: rows, output: [[0]] }] });
  const cases: [string, unknown, string][] = [
    ['eleven', [[0], [11]], 'demo 0 input, row 1, column 0: found 11, expected an integer 0..9'],
    ['negative', [[0, -1]], 'demo 0 input, row 0, column 1: found -1, expected an integer 0..9'],
    ['bool', [[true]], 'demo 0 input, row 0, column 0: found true, expected an integer 0..9'],
    ['float', [[0.5]], 'demo 0 input, row 0, column 0: found 0.5, expected an integer 0..9'],
    ['string', [['3']], 'demo 0 input, row 0, column 0: found "3", expected an integer 0..9'],
    ['null', [[null]], 'demo 0 input, row 0, column 0: found null, expected an integer 0..9'],
    ['nested', [[[3]]], 'demo 0 input, row 0, column 0: found a list of 1, expected an integer 0..9'],
    ['huge', [[1e300]], 'demo 0 input, row 0, column 0: found 1e+300, expected an integer 0..9'],
    ['wraps', [[2 ** 32]], 'demo 0 input, row 0, column 0: found 4294967296, expected an integer 0..9'],
    ['ragged', [[0, 0], [0]], 'demo 0 input, row 1: found 1 cells, expected 2 as in row 0 (the grid is ragged)'],
    ['empty', [], 'demo 0 input: the grid is empty, expected 1 to 256 rows'],
    ['emptyRow', [[], []], 'demo 0 input, row 0: the row is empty, expected 1 to 256 cells'],
    ['tall', Array(257).fill([0]), 'demo 0 input: found 257 rows, expected 1 to 256'],
    ['wide', [Array(257).fill(0)], 'demo 0 input, row 0: found 257 cells, expected 1 to 256'],
    ['noRows', 7, 'demo 0 input: found 7, expected a list of rows'],
    ['noCells', [{}], 'demo 0 input, row 0: found an object, expected a list of cells'],
    [
      'noCellsLater',
      [[0], 'x'.repeat(50)],
      `demo 0 input, row 1: found "${'x'.repeat(36)}..., expected a list of cells`,
    ],
  ];
  test.each(cases)('%s', (id, rows, message) => {
    const file = folder.write(`grids/${id}.json`, grid(rows));
    expect(errorOf(() => readTasks(file)).message).toBe(`${file}: task ${id}, ${message}`);
  });

  test('a number that is too large', () => {
    const file = folder.write('beyond.json', JSON.stringify(grid([[7]])).replace('7', '1e999'));
    expect(errorOf(() => readTasks(file)).message).toContain('found Infinity, expected an integer 0..9');
  });

  test('the error has its place as fields', () => {
    const file = folder.write('fields.json', { ...rawTask(), test: [{ input: [[0]], output: [[0], [10]] }] });
    const error = errorOf(() => readTasks(file));
    expect(error).toMatchObject({ file, task: 'fields', sample: 'test 0 output', row: 1, column: 0, name: 'ArcError' });
  });
});

test.each(['', '.', '..', 'a/b', '../../evil', 'a\\b', 'a\nb', '\x1b[31m', 'a\0', '\ud800', 'ü'.repeat(121)])(
  'a task id that can name no file: %j',
  (id) => {
    const file = folder.write('ids_challenges.json', { fine: rawTask(), [id]: rawTask() });
    expect(errorOf(() => readTasks(file)).message).toContain(
      `${file}: found the task id ${JSON.stringify(id)}, expected a name for files`,
    );
    expect(ids([file], ['fine'])).toEqual(['fine']);
  },
);

describe('damaged tasks', () => {
  const sample = { input: [[0]], output: [[0]] };
  const cases: [string, unknown, string][] = [
    ['noTrain', { test: [sample] }, 'has no "train"'],
    ['emptyTrain', { train: [], test: [sample] }, '"train" is empty, expected at least one sample'],
    ['emptyExamples', { examples: [] }, '"examples" is empty, expected at least one sample'],
    ['emptyList', [], 'the list is empty, expected at least one sample'],
    ['trainNumber', { train: 3, test: [sample] }, '"train" is 3, expected a list of samples'],
    ['noInput', { train: [{ output: [[0]] }], test: [sample] }, 'demo 0: has no "input"'],
    ['noOutput', { train: [sample, { input: [[0]] }], test: [sample] }, 'demo 1: has no "output"'],
    [
      'nullOutput',
      { train: [{ input: [[0]], output: null }], test: [sample] },
      'demo 0 output: found null, expected a list of rows',
    ],
    [
      'noSample',
      { train: [sample], test: [[]] },
      'test 0: found a list of 0, expected an object with "input" and "output"',
    ],
  ];
  test.each(cases)('%s', (id, raw, message) => {
    const file = folder.write(`tasks/${id}.json`, raw);
    const separator = /^(demo|test) \d/.test(message) ? ', ' : ': ';
    expect(errorOf(() => readTasks(file)).message).toBe(`${file}: task ${id}${separator}${message}`);
  });

  test('a file of a folder that is no task', () => {
    folder.write('mixed/a.json', rawTask());
    const file = folder.write('mixed/b.json', [1, 2]);
    const error = errorOf(() => readTasks(join(folder.path, 'mixed')));
    expect(error.message).toBe(`${file}: task b, demo 0: found 1, expected an object with "input" and "output"`);
  });
});

describe('damaged files', () => {
  const task = JSON.stringify(rawTask(), null, 1);
  const cases: [string, string | Uint8Array, string][] = [
    ['empty', '', 'the file is empty'],
    ['blank', ' \n ', 'not JSON: line 2, column 2: the file ends in the middle (half-written?), expected a value'],
    [
      'half',
      task.slice(0, 31),
      'not JSON: line 4, column 14: the file ends in the middle (half-written?), expected a value or "]"',
    ],
    [
      'halfString',
      '{"tra',
      'not JSON: line 1, column 6: the file ends in the middle (half-written?), expected the rest of the string',
    ],
    ['comma', '{"train": [],\n}', 'not JSON: line 2, column 1: found "}", expected a key in double quotes'],
    ['first', '{train: 1}', 'not JSON: line 1, column 2: found "t", expected a key in double quotes or "}"'],
    ['colon', '{"train" []}', 'not JSON: line 1, column 10: found "[", expected ":"'],
    ['nan', '[[0, NaN]]', 'not JSON: line 1, column 6: found "N", expected a value'],
    ['between', '[0 1]', 'not JSON: line 1, column 4: found "1", expected "," or "]"'],
    ['unclosed', '{"a": [0}', 'not JSON: line 1, column 9: found "}", expected "," or "]"'],
    ['after', '{} {}', 'not JSON: line 1, column 4: found "{", expected nothing more'],
    ['nul', '{"a": \0}', 'not JSON: line 1, column 7: found "\\u0000", expected a value'],
    ['control', '["a\nb"]', 'not JSON: line 1, column 4: found "\\n", expected the rest of the string'],
    ['escape', '{"a\\x": 1}', 'not JSON: line 1, column 4: found "\\\\", expected the rest of the string'],
    ['emoji', '["é😀", 😀]', 'not JSON: line 1, column 9: found "😀", expected a value'],
    ['utf16', Buffer.from('\ufeff{}', 'utf16le'), 'found UTF-16 text, expected UTF-8'],
    ['latin1', Buffer.from('{"ä": 1}', 'latin1'), 'found bytes that are not UTF-8, expected JSON text in UTF-8'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0), 'found gzip data, expected JSON text'],
  ];
  test.each(cases)('%s', (id, content, message) => {
    const file = folder.write(`files/${id}.json`, content);
    const error = errorOf(() => readTasks(file));
    expect(error.message).toBe(`${file}: ${message}`);
    expect(error.file).toBe(file);
  });

  test('deep nesting and a long open string are errors, not crashes', () => {
    const deep = folder.write('deep.json', '['.repeat(1_000_000));
    expect(errorOf(() => readTasks(deep)).message).toContain('line 1, column 1000001: the file ends in the middle');
    const long = folder.write('long.json', `"${'a\\n'.repeat(1_000_000)}`);
    expect(errorOf(() => readTasks(long)).message).toContain('expected the rest of the string');
  });
});

describe('text that JSON.parse takes, or chokes on', () => {
  const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);
  test.each([
    ['alone', deep(100_000), 'demo 0: found a list of 1, expected an object'],
    ['train', `{"train": ${deep(100_000)}}`, 'demo 0: found a list of 1, expected an object'],
    ['cell', `{"train": [{"input": [[${deep(100_000)}]]}]}`, 'row 0, column 0: found a list of 1, expected an integer'],
    ['other', `{"name": ${deep(100_000)}}`, 'expected'],
  ])('100,000 nested brackets: %s', (name, text, message) => {
    const file = folder.write(`nested/${name}.json`, text);
    expect(errorOf(() => readTasks(file)).message).toContain(message);
    expect(errorOf(() => readTasks(file)).file).toBe(file);
  });

  test('a key that is there twice in an object', () => {
    const sample = '{"input": [[0]], "output": [[1]]}';
    const twice = folder.write('keys/twice.json', `{"train": [${sample}],\n "test": [], "train": [${sample}]}`);
    expect(errorOf(() => readTasks(twice)).message).toBe(
      `${twice}: line 2, column 14: the key "train" is in this object twice`,
    );
    const inner = `{"a": {"train": [{"input": [[0]], "\\u0069nput": [[0]]}], "test": []}}`;
    const file = folder.write('keys/inner.json', inner);
    expect(errorOf(() => readTasks(file)).message).toContain(
      'column 35: the key "\\u0069nput" is in this object twice',
    );
    const fine = folder.write('keys/fine.json', `{"a{": "}\\"", "b": {"a{": ": \\" {"}, "train": [${sample}]}`);
    expect(ids(fine)).toEqual(['fine']);
  });
});

describe('damaged combined files', () => {
  const combined = (name: string, challenges: unknown, solutions?: unknown) => {
    if (solutions !== undefined) folder.write(`combined/${name}_solutions.json`, solutions);
    return folder.write(`combined/${name}_challenges.json`, challenges);
  };
  const solutionsOf = (file: string) => file.replace('challenges', 'solutions');

  test('no object', () => {
    const file = combined('list', [rawTask()]);
    expect(errorOf(() => readTasks(file)).message).toBe(
      `${file}: found no object, expected one that maps task ids to tasks`,
    );
  });

  test('no tasks', () => {
    const file = combined('none', {});
    expect(errorOf(() => readTasks(file)).message).toBe(`${file}: the file holds no tasks`);
  });

  test('a task twice', () => {
    const task = JSON.stringify(rawTask());
    const file = combined('twice', `{"a": ${task}, "b": ${task}, "a": ${task}}`);
    expect(errorOf(() => readTasks(file)).message).toBe(`${file}: task a: is in the file twice`);
  });

  test('a task in two files of a folder', () => {
    const a = folder.write('double/a_challenges.json', { t: rawTask() });
    const b = folder.write('double/b_challenges.json', { s: rawTask(), t: rawTask() });
    const error = errorOf(() => readTasks(join(folder.path, 'double')));
    expect(error.message).toBe(`${b}: task t: is in ${a} too; give one of the files`);
  });

  test('a task in it is damaged', () => {
    const file = combined('damaged', { a: rawTask(), b: { train: [] } });
    expect(errorOf(() => readTasks(file)).message).toBe(
      `${file}: task b: "train" is empty, expected at least one sample`,
    );
  });

  test('solutions of another set', () => {
    const file = combined('other', { a: rawChallenge() }, { a: [[[1]]], z: [[[1]]] });
    expect(errorOf(() => readTasks(file)).message).toBe(
      `${solutionsOf(file)}: task z: is not in ${file}: the solutions are of another set`,
    );
  });

  test('the wrong number of outputs', () => {
    const file = combined('number', { a: rawChallenge([0], [1, 2]) }, { a: [[[1]]] });
    expect(errorOf(() => readTasks(file)).message).toBe(
      `${solutionsOf(file)}: task a: found 1 outputs, expected 2, one a test sample`,
    );
  });

  test('damaged outputs', () => {
    const cell = combined('cell', { a: rawChallenge() }, { a: [[[10]]] });
    expect(errorOf(() => readTasks(cell)).message).toBe(
      `${solutionsOf(cell)}: task a, test 0 output, row 0, column 0: found 10, expected an integer 0..9`,
    );
    const list = combined('outputs', { a: rawChallenge() }, { a: null });
    expect(errorOf(() => readTasks(list)).message).toBe(
      `${solutionsOf(list)}: task a: found null, expected a list of outputs`,
    );
    const half = combined('halfWritten', { a: rawChallenge() }, '{"a": [[[1');
    expect(errorOf(() => readTasks(half)).message).toContain(`${solutionsOf(half)}: not JSON: line 1, column 11`);
  });

  test('a solutions file in place of the challenges', () => {
    const file = folder.write('lone_solutions.json', { a: [[[1]]] });
    expect(errorOf(() => readTasks(file)).message).toBe(
      `${file}: found lists, as in a solutions file, expected tasks; give the challenges file`,
    );
  });
});

describe('missing things', () => {
  test('a path that is not there', () => {
    const file = join(folder.path, 'nowhere');
    expect(errorOf(() => readTasks(file)).message).toBe(`${file}: no such file or folder`);
    const below = join(folder.write('plain.json', rawTask()), 'below');
    expect(errorOf(() => readTasks(below)).message).toBe(`${below}: a part of the path is a file, not a folder`);
  });

  test('paths that cannot be read', () => {
    const loop = join(folder.path, 'loop');
    symlinkSync(loop, loop);
    expect(errorOf(() => readTasks(loop)).message).toBe(`${loop}: cannot be read: its symbolic links go in a circle`);
    symlinkSync(join(folder.path, 'gone'), join(folder.folder('dangling'), 'a.json'));
    expect(errorOf(() => readTasks(join(folder.path, 'dangling'))).message).toContain('a.json: no such file or folder');
    expect(errorOf(() => readTasks('/dev/null')).message).toBe('/dev/null: is neither a file nor a folder');
    const locked = folder.write('locked.json', rawTask());
    chmodSync(locked, 0);
    if (process.getuid?.() === 0) console.warn('left out: a file without read permission (root reads it all the same)');
    else expect(errorOf(() => readTasks(locked)).message).toBe(`${locked}: cannot be read: permission denied`);
  });

  test('a folder without tasks', () => {
    const empty = folder.folder('empty');
    expect(errorOf(() => readTasks(empty)).message).toBe(`${empty}: the folder holds no task files (*.json)`);
    folder.folder('parent/training');
    const parent = join(folder.path, 'parent');
    expect(errorOf(() => readTasks(parent)).message).toBe(`${parent}: the folder holds no task files (*.json)`);
  });

  test('an unknown task id, with names near it', () => {
    for (const id of ['007bbfb7', '00d62c1b', 'self_tile']) folder.write(`near/${id}.json`, rawTask());
    const path = join(folder.path, 'near');
    const message = (id: string) => errorOf(() => readTasks(path, { only: ['self_tile', id] })).message;
    expect(message('007bbfb8')).toBe(`${path}: task 007bbfb8: no such task among 3; near names: 007bbfb7`);
    expect(message('SELF-TILE')).toBe(`${path}: task SELF-TILE: no such task among 3; near names: self_tile`);
    expect(message('self')).toBe(`${path}: task self: no such task among 3; near names: self_tile`);
    expect(message('zzz')).toBe(`${path}: task zzz: no such task among 3`);
  });
});

describe('the ARC data', () => {
  test.each([
    ['agi1/training', 400, 1302, 416],
    ['agi1/evaluation', 400, 1363, 419],
    ['agi2/training', 1000, 3232, 1076],
    ['agi2/evaluation', 120, 359, 167],
  ])('%s', (set, count, demo, tests) => {
    const path = sharedSet(set, `reading ${set}`);
    if (path === undefined) return;
    const tasks = readTasks(path);
    expect(tasks.length).toBe(count);
    expect(tasks.reduce((sum, task) => sum + task.demo.length, 0)).toBe(demo);
    expect(tasks.reduce((sum, task) => sum + task.test.length, 0)).toBe(tests);
    expect(tasks.every((task) => task.test.every((sample) => sample.output !== null))).toBe(true);
  });
});
