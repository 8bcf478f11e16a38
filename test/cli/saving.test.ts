// What `batt run` leaves in its output folder.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { taskJson } from '../../src/report/runJson.ts';
import { readResults } from '../../src/results/read.ts';
import { kept } from '../lang/shared.ts';
import { root, useBatt } from './command.ts';

const batt = useBatt();
const battery = join(kept, 'closure12.py');
const task = join(root, 'examples', 'tasks', 'self_tile.json');

interface Line {
  readonly candidates: readonly { readonly md5: string; readonly t_log: number }[];
  readonly differs: readonly { readonly iz: object; readonly zo: object }[];
  readonly timing: Readonly<Record<string, number>>;
}

describe('batt run', () => {
  test('saves solvers, differs and the lines that --json prints', () => {
    const { code, stdout, stderr } = batt.run([
      'run',
      '-b',
      battery,
      '--data',
      task,
      '--out',
      'saved',
      '--save',
      'all',
      '--json',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const out = join(batt.folder, 'saved');
    expect(readdirSync(out).sort()).toEqual(['differ_dir', 'differ_md5', 'runs', 'solver_dir', 'solver_md5']);
    const [run] = readdirSync(join(out, 'runs'));
    expect(run).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{6}$/);
    expect(readdirSync(join(out, 'runs', run!))).toEqual(['results.jsonl']);
    const results = readResults(join(out, 'runs', run!, 'results.jsonl'));
    const [saved, ...others] = [...results.tasks()];
    expect(others).toEqual([]);
    expect(JSON.stringify(taskJson(saved!, results.candidates))).toBe(stdout.split('\n')[0]);
    expect(results.summary).toMatchObject({ tasks: 1, of: 1, solved: 1 });
    const line = JSON.parse(stdout.split('\n')[0]!) as Line;
    for (const { md5, t_log } of line.candidates) {
      expect(existsSync(join(out, 'solver_md5', `${md5}.py`))).toBe(true);
      expect(Number.isInteger(t_log)).toBe(true);
    }
    for (const { iz, zo } of line.differs) expect([Object.keys(iz).length, Object.keys(zo).length]).toEqual([12, 12]);
    for (const key of [
      'check_batt',
      'phase4_demo_parallel',
      'phase4_demo_cpu',
      'phase4_test_parallel',
      'phase4_test_cpu',
    ])
      expect(line.timing[`run_batt.${key}`]).toBeGreaterThan(0);
    for (const key of ['phase1_filter', 'phase2_inline_batch', 'phase3a_validate_batch', 'phase3b_file_ops'])
      expect(line.timing[`run_batt.${key}`]).toBeGreaterThan(0);
    for (const key of ['phase4_differs', 'phase4_build', 'phase4_inline', 'phase4_process'])
      expect(line.timing[`run_batt.${key}`]).toBeGreaterThanOrEqual(0);
  });

  test('nothing is written without --out, but under the flags of the original alone', () => {
    expect(batt.run(['run']).code).toBe(0);
    expect(batt.run(['run', '-b', battery, '--data', task]).code).toBe(0);
    expect(batt.run(['--timing']).code).toBe(0);
    for (const name of ['runs', 'solver_dir', 'solver_md5']) expect(existsSync(join(batt.folder, name))).toBe(false);
    const { stdout } = batt.run(['-b', battery, '--data', task, '--save', 'all']);
    expect(stdout).toMatch(/^results +runs\//m);
    expect(existsSync(join(batt.folder, 'solver_md5'))).toBe(true);
    const { stdout: elsewhere } = batt.run(['-b', battery, '--data', task, '--out', 'elsewhere']);
    expect(elsewhere).toMatch(/^results +elsewhere\/runs\//m);
  });

  test('--save: those with a right sample, all, or none', () => {
    const programs = ['right', 'wrong'].map(
      (id, k) => `def solve_${id}(I):\n    return ${['identity', 'hmirror'][k]}(I)\n`,
    );
    batt.write('two.py', programs.join('\n'));
    const sample = { input: [[1], [2]], output: [[1], [2]] };
    batt.write('same.json', JSON.stringify({ train: [sample], test: [sample] }));
    const stored = (...save: string[]): unknown[] => {
      const [line] = batt.json([
        'run',
        '-b',
        'two.py',
        '--data',
        'same.json',
        '--out',
        `save${save.join('')}`,
        ...save,
      ]);
      return (line!.candidates as { solver_id: string; md5?: string }[]).map(({ solver_id, md5 }) => [
        solver_id,
        md5 !== undefined,
      ]);
    };
    expect(stored()).toEqual([
      ['right', true],
      ['wrong', false],
    ]);
    expect(stored('--save', 'right')).toEqual(stored());
    expect(stored('--save', 'all')).toEqual([
      ['right', true],
      ['wrong', true],
    ]);
    expect(stored('--save', 'none')).toEqual([
      ['right', false],
      ['wrong', false],
    ]);
    expect(stored('--compat', 'p4')).toEqual([
      ['right', true],
      ['wrong', true],
    ]);
    expect(existsSync(join(batt.folder, 'save--savenone', 'solver_md5'))).toBe(false);
  });

  test.each([[], ['--compat', 'p4']])(
    'files that lie around decide what is linked, never what is scored: %s',
    (...compat) => {
      const out = `full${compat.length}`;
      const folder = join(batt.folder, out);
      mkdirSync(join(folder, 'solver_md5'), { recursive: true });
      mkdirSync(join(folder, 'solver_dir/solve_self_tile/6/15'), { recursive: true });
      for (let k = 0; k < 33; k++) {
        const name = `${String(k).padStart(32, '0')}.py`;
        writeFileSync(join(folder, 'solver_md5', name), '');
        writeFileSync(join(folder, 'solver_dir/solve_self_tile/6/15', name), '');
      }
      const figures = ({ candidates, counts, scores }: Readonly<Record<string, unknown>>): object => {
        const bare = (candidates as Record<string, unknown>[]).map(({ link: _, md5: __, t_log: ___, ...rest }) => rest);
        return { candidates: bare.map(({ form: _, peer_md5: __, ...rest }) => rest), counts, scores };
      };
      const args = ['run', '-b', battery, '--data', task, '--save', 'all', ...compat];
      const [line, summary] = batt.json([...args, '--out', out]);
      const [alone] = batt.json([...args, '--out', `${out}alone`]);
      expect(figures(line!)).toEqual(figures(alone!));
      expect(line).toMatchObject({ counts: { read: 12, invalid: 0, duplicate: 0, skipped: 0, scored: 12 } });
      expect(summary).toMatchObject({ unlinked: 12 });
      const links = (line!.candidates as { link?: string }[]).map(({ link }) => link);
      for (const link of links) expect(link).toContain('32-file rule');
      expect((alone!.candidates as { link?: string }[]).filter(({ link }) => link !== undefined)).toEqual([]);
      const { stdout } = batt.run([...args, '--out', out]);
      expect(stdout).toMatch(/^links +12 candidates of 1 task without: of each task the best 32/m);
    },
  );

  test('a file of another content in the place of a text is replaced, whatever it holds', () => {
    const args = ['run', '-b', battery, '--data', task, '--out', 'foreign', '--save', 'all', '--json'];
    expect(batt.run(args).code).toBe(0);
    const folder = join(batt.folder, 'foreign', 'solver_md5');
    const names = readdirSync(folder).slice(0, 3);
    const read = (): string[] => names.map((name) => readFileSync(join(folder, name), 'utf8'));
    const whole = read();
    const contents = ['x = 1', '\0\xff', '"""'];
    for (const [k, name] of names.entries()) writeFileSync(join(folder, name), contents[k]!, 'latin1');
    expect(batt.run(args).code).toBe(0);
    expect(read()).toEqual(whole);
  });

  test('a file in the place of the folder of a task is named, and the other tasks are done', () => {
    batt.write('blocked/solver_dir/solve_self_tile', 'x');
    const args = [
      'run',
      '--data',
      'bundled',
      '-i',
      'self_tile',
      'sort_bars',
      '-b',
      join(root, 'examples', 'battery.py'),
    ];
    const { code, stdout, stderr } = batt.run([...args, '--out', 'blocked', '--json']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('solve_self_tile is a file, not a folder')]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  test('ids that are names of members of any object have scores like others', () => {
    const names = ['constructor', '__proto__', 'toString'];
    const calls = ['hmirror', 'vmirror', 'rot90'];
    batt.write('names.py', names.map((name, k) => `def ${name}(I):\n    return ${calls[k]}(I)\n`).join('\n'));
    const [line] = batt.json(['run', '-b', 'names.py', '--data', task, '--out', 'names']);
    expect(Object.entries(line!.scores as object)).toEqual(names.map((name) => [name, 0]));
    expect(batt.run(['compare', 'names', 'names']).code).toBe(0);
  });

  test('a place that files cannot go to is exit 1', () => {
    batt.write('file', '');
    const { code, stderr } = batt.run(['run', '-b', battery, '--data', task, '--out', 'file/under']);
    expect(code).toBe(1);
    expect(stderr).toContain('file is a file, not a folder');
  });
});
