// What `batt run` leaves in its output folder.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
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
  readonly skipped: readonly unknown[];
  readonly differs: readonly { readonly iz: object; readonly zo: object }[];
  readonly timing: Readonly<Record<string, number>>;
}

describe('batt run', () => {
  test('saves solvers, differs and the lines that --json prints', () => {
    const { code, stdout, stderr } = batt.run(['run', '-b', battery, '--data', task, '--out', 'saved', '--json']);
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
    expect(line.skipped).toEqual([]);
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

  test('saves into the working folder, but nothing of the bundled run', () => {
    expect(batt.run(['run']).code).toBe(0);
    expect(existsSync(join(batt.folder, 'runs'))).toBe(false);
    const { stdout } = batt.run(['run', '-b', battery, '--data', task]);
    expect(stdout).toMatch(/^results +runs\//m);
    expect(existsSync(join(batt.folder, 'solver_md5'))).toBe(true);
  });

  test('the 32-file rule skips what has no room, by name, and every account adds up', () => {
    const folder = join(batt.folder, 'full');
    mkdirSync(join(folder, 'solver_md5'), { recursive: true });
    mkdirSync(join(folder, 'solver_dir/solve_self_tile/6/15'), { recursive: true });
    for (let k = 0; k < 32; k++) {
      const name = `${String(k).padStart(32, '0')}.py`;
      writeFileSync(join(folder, 'solver_md5', name), '');
      writeFileSync(join(folder, 'solver_dir/solve_self_tile/6/15', name), '');
    }
    const [line] = batt.json(['run', '-b', battery, '--data', task, '--out', 'full']);
    expect(line).toMatchObject({
      counts: { read: 12, invalid: 0, duplicate: 0, skipped: 12, scored: 0 },
      candidates: [],
    });
    expect(line!.skipped).toHaveLength(12);
    expect((line!.skipped as { reason: string }[])[0]!.reason).toContain('32-file rule');
  });

  test('a place that files cannot go to is exit 1', () => {
    batt.write('file', '');
    const { code, stderr } = batt.run(['run', '-b', battery, '--data', task, '--out', 'file/under']);
    expect(code).toBe(1);
    expect(stderr).toContain('file is a file, not a folder');
  });
});
