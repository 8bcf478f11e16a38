// `batt run` as a user calls it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { batteryFile, type JsonLine, root, useBatt } from './command.ts';

const batt = useBatt();

interface TaskLine extends JsonLine {
  readonly task: string;
  readonly counts: Readonly<Record<'read' | 'invalid' | 'duplicate' | 'skipped' | 'scored' | 'pairs', number>>;
  readonly candidates: readonly {
    readonly solver_id: string;
    readonly also: readonly string[];
    readonly source: string;
    readonly line: number;
    readonly o_score: number;
    readonly demo: readonly [number, number];
    readonly test: readonly [number, number] | null;
    readonly cells: number;
    readonly verdicts: Readonly<Record<string, number>>;
  }[];
  readonly scores: Readonly<Record<string, number>>;
  readonly timing: Readonly<Record<string, number>>;
}

function tasksOf(lines: readonly JsonLine[]): TaskLine[] {
  return lines.filter(({ type }) => type === 'task') as TaskLine[];
}

const sum = (numbers: Iterable<number>): number => Array.from(numbers).reduce((total, n) => total + n, 0);

describe('the bundled battery on the bundled tasks', () => {
  test('is what is run when nothing is named, and every account adds up', () => {
    const lines = batt.json(['run']);
    expect(lines.every(({ schema }) => schema === 1)).toBe(true);
    expect(lines.map(({ type }) => type)).toEqual([...Array(14).fill('task'), 'summary']);
    const tasks = tasksOf(lines);
    const [summary] = lines.slice(-1) as [JsonLine & { counts: TaskLine['counts']; verdicts: Record<string, number> }];
    const totals: Record<string, number> = {};
    for (const { counts, candidates, scores } of tasks) {
      expect(counts.read).toBe(counts.invalid + counts.duplicate + counts.skipped + counts.scored);
      expect(candidates.length).toBe(counts.scored);
      expect(sum(candidates.map(({ also }) => also.length))).toBe(counts.duplicate);
      const samples = new Set(candidates.map(({ verdicts }) => sum(Object.values(verdicts))));
      expect(samples.size).toBe(1);
      for (const { o_score, demo, test: tests, verdicts } of candidates) {
        expect(o_score).toBe(demo[0] + (tests?.[0] ?? 0));
        expect(verdicts.ok ?? 0).toBe(o_score);
        for (const [verdict, n] of Object.entries(verdicts)) totals[verdict] = (totals[verdict] ?? 0) + n;
      }
      const matched = sum(candidates.map(({ o_score, also }) => o_score * (1 + also.length)));
      expect(sum(Object.values(scores))).toBe(matched);
    }
    expect(summary.verdicts).toEqual(totals);
    expect(summary.counts.pairs).toBe(sum(tasks.map(({ counts }) => counts.pairs)));
    expect(summary).toMatchObject({ tasks: 14, solved: 12, data: { name: 'bundled', tasks: 14 }, invalid: [] });
    expect((summary.data as { digest: string }).digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('gives each task its solvers, and the first of duplicates stands for all', () => {
    const [line] = tasksOf(batt.json(['run', '-i', 'self_tile', '--data', 'bundled']));
    expect(line!.task).toBe('self_tile');
    const right = line!.candidates.filter(({ o_score }) => o_score === 5);
    expect(right.map(({ solver_id, also }) => [solver_id, also])).toEqual([
      ['self_tile', ['self_tile_again']],
      ['self_tile_by_agreement', []],
      ['self_tile_by_copies', []],
    ]);
    expect(right[0]).toMatchObject({ demo: [4, 4], test: [1, 1], cells: 1, verdicts: { ok: 5 }, source: batteryFile });
    expect(line!.scores.self_tile_again).toBe(5);
    expect(Object.keys(line!.timing).sort()).toEqual([
      'main.run_batt',
      'run_batt.check_batt',
      'run_batt.phase1_filter',
      'run_batt.phase4_demo_cpu',
      'run_batt.phase4_demo_parallel',
      'run_batt.phase4_test_cpu',
      'run_batt.phase4_test_parallel',
    ]);
    expect(line).toMatchObject({ backend: 'wasm', device: expect.any(String) });
  });

  test('prints a line a task, a summary, and the timing summary in its fixed layout', () => {
    const { code, stdout, stderr } = batt.run(['run', '--timing']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('\x1b');
    expect(stdout).toMatch(/^self_tile +3 +4\/4 +1\/1 +1\.0000 +self_tile$/m);
    expect(stdout).toMatch(/^solved +12 of 14 tasks/m);
    expect(stdout).toMatch(
      /^candidates +35 read = 0 invalid \+ 3 duplicate \+ 0 skipped \+ 32 scored; [\d,]+ \(program, output\) pairs$/m,
    );
    const [, timing] = stdout.split('\n\nTiming summary (seconds):\n');
    const [wall, busy, ours, functions] = timing!.trimEnd().split('\n\n');
    expect(functions).toMatch(
      /^Slowest functions \(busy seconds, with what they call\):\n( {2}dsl\.\w+ +\d+\.\d{3}\n?){10}$/,
    );
    expect(busy).toMatch(/^Busy time .*\n.*phase4_demo_cpu/);
    expect(ours).toMatch(/^Only in batt .*\n.*main\./);
    const rows = wall!.split('\n');
    for (const row of rows) expect(row).toMatch(/^ {2}[\w.]+ +\d+\.\d{3}$/);
    for (const row of rows) expect(row.length).toBe(43);
    const seconds = rows.map((row) => Number(row.slice(35)));
    expect(seconds).toEqual(seconds.slice().sort((a, b) => b - a));
  });

  test('prints a block for each of a few tasks', () => {
    const { stdout } = batt.run(['run', '-i', 'self_tile', 'sort_bars', '--data', 'bundled']);
    expect(stdout).toMatch(/^self_tile {2}4 demos · 1 test · 32 scored, 142 \(program, output\) pairs · /m);
    expect(stdout).toMatch(/^ {3}4\/4 {3}1\/1 {2}1\.0000 {2}self_tile \+1 +ok 5$/m);
    expect(stdout).toMatch(/^solved +1 of 2 tasks/m);
  });
});

describe('options', () => {
  const ids = (...args: string[]): string[] =>
    tasksOf(batt.json(['run', '--data', 'bundled', ...args])).map((line) => line.task);
  test('-i without an id is all tasks, and no option swallows a flag', () => {
    const { code, stdout } = batt.run(['run', '-i', '--timing']);
    expect(code).toBe(0);
    expect(stdout).toContain('of 14 tasks');
    expect(stdout).toContain('Timing summary');
    for (const flag of ['-b', '-s', '-c', '-t', '--seed', '--data', '--budget', '--backend', '--dialect']) {
      const { code: failed, stderr } = batt.run(['run', flag, '--json']);
      expect([flag, failed]).toEqual([flag, 2]);
      expect(stderr).toContain(`'${flag}`);
      expect(stderr).toContain('--json');
    }
  });

  test('-s and -c take a part of the list; a negative -c a sample that the seed fixes', () => {
    const all = ids();
    expect(ids('-s', '2', '-c', '3')).toEqual(all.slice(2, 5));
    expect(ids('-s', '12')).toEqual(all.slice(12));
    const sampled = ids('-c', '-4');
    expect(sampled.length).toBe(4);
    expect(sampled).toEqual(all.filter((id) => sampled.includes(id)));
    expect(ids('-c', '-4', '--seed', '0')).toEqual(sampled);
    const others = [1, 2, 3].map((seed) => ids('-c', '-4', '--seed', String(seed)).join());
    expect(new Set([...others, sampled.join()]).size).toBeGreaterThan(1);
    expect(ids('-i', 'self_tile', 'fall_down', '-c', '1')).toEqual(['fall_down']);
  });

  test('-b takes a path, a name without .py, a folder and a pattern, each file once', () => {
    batt.write('lib/one.py', 'def solve_one(I):\n    return vmirror(I)\n');
    batt.write('lib/two.py', 'def solve_two(I):\n    return hmirror(I)\n');
    batt.write('lib/two_call.py', 't_call = {}\n');
    const solvers = (...args: string[]): string[] =>
      tasksOf(batt.json(['run', '-i', 'self_tile', '--data', 'bundled', ...args]))[0]!.candidates.map(
        (c) => c.solver_id,
      );
    expect(solvers('-b', 'lib/one.py')).toEqual(['one']);
    expect(solvers('-b', 'lib/two', '-b', 'lib/one')).toEqual(['two', 'one']);
    expect(solvers('-b', 'lib/two', 'lib/one')).toEqual(['two', 'one']);
    expect(solvers('-b', 'lib')).toEqual(['one', 'two']);
    expect(solvers('-b', 'l*/t?o.py', '-b', 'lib')).toEqual(['two', 'one']);
  });

  test('--budget stops a candidate with the verdict budget, 0 lifts every limit', () => {
    batt.write('dear.py', 'def solve_dear(I):\n    return upscale(I, NINE)\n');
    const verdicts = (...args: string[]): object =>
      tasksOf(batt.json(['run', '-b', 'dear', '--data', 'bundled', '-i', 'self_tile', ...args]))[0]!.candidates[0]!
        .verdicts;
    expect(verdicts('--budget', '10')).toEqual({ budget: 5 });
    expect(verdicts('--budget', '0')).toEqual({ shape: 5 });
    expect(verdicts()).toEqual({ shape: 5 });
  });

  test('a test sample without a solution is run and not scored', () => {
    const task = { train: [{ input: [[1, 2]], output: [[2, 1]] }], test: [{ input: [[3, 4]] }] };
    batt.write('open.json', JSON.stringify(task));
    batt.write('flip.py', 'def solve_flip(I):\n    return vmirror(I)\n');
    const [line, summary] = batt.json(['run', '-b', 'flip', '--data', 'open.json']) as [TaskLine, JsonLine];
    expect(line.candidates[0]).toMatchObject({ o_score: 1, demo: [1, 1], test: null, cells: 1, verdicts: { ok: 2 } });
    expect(summary).toMatchObject({ solved: null, demos_right: 1, tasks: 1 });
  });

  test('text that is no program is passed over, and said to be', () => {
    const program = (name: string, def = 'def') => `${def} solve_${name}(I):\n    return vmirror(I)\n`;
    batt.write('stray.py', `${program('a')}${program('b', 'Def')}<<<<<<< HEAD\n${program('c')}`);
    const args = ['run', '-b', 'stray', '-i', 'self_tile', '--data', 'bundled', '--out', 'strays'];
    const { code, stderr } = batt.run(args);
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      "batt: stray.py:3:1: passed over: found 'Def', expected 'def', an import or a comment",
      "batt: stray.py:5:1: passed over: found '<', expected 'def', an import or a comment",
      '',
    ]);
    const [, summary] = batt.json([...args, '--quiet']);
    expect(summary!.strays).toMatchObject([{ file: 'stray.py', line: 3, column: 1 }, { line: 5 }]);
    expect(summary!.counts).toMatchObject({ read: 2, invalid: 0, duplicate: 1, scored: 1 });
  });

  test('`pairs` counts distinct outputs of each program, duplicates too', () => {
    const task = {
      train: [
        { input: [[1]], output: [[1]] },
        { input: [[2]], output: [[1]] },
      ],
      test: [{ input: [[3, 3]], output: [[1]] }],
    };
    batt.write('pairs.json', JSON.stringify(task));
    const programs = ['identity(I)', 'shape(I)', 'shape(I)', 'ONE', 'first(ZERO)', 'canvas(ONE, UNITY)'];
    batt.write('pairs.py', programs.map((text, k) => `def solve_p${k}(I):\n    return ${text}\n`).join(''));
    const [line] = tasksOf(batt.json(['run', '-b', 'pairs', '--data', 'pairs.json']));
    expect(line!.counts).toEqual({
      read: 6,
      invalid: 0,
      duplicate: 1,
      skipped: 0,
      scored: 5,
      pairs: 3 + 2 + 2 + 1 + 0 + 1,
    });
  });

  test('invalid candidates are counted, named with their place, and not fatal', () => {
    const bad = Array.from({ length: 12 }, (_, k) => `def solve_bad${k}(I):\n    return nosuch${k}(I)\n`).join('');
    batt.write('mixed.py', `def solve_good(I):\n    return vmirror(I)\n${bad}`);
    const args = ['run', '-b', 'mixed', '--data', 'bundled', '-i', 'self_tile'];
    const { code, stderr } = batt.run(args);
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.length).toBe(11);
    expect(lines[0]).toMatch(/^batt: mixed\.py:4:12: solve_bad0 is invalid: found .*nosuch0.*, expected /);
    expect(lines[10]).toBe('batt: and 2 invalid candidates more (--json lists all)');
    const [line, summary] = batt.json(args) as [TaskLine, JsonLine & { invalid: { line: number }[] }];
    expect(line.counts).toMatchObject({ read: 13, invalid: 12, duplicate: 0, skipped: 0, scored: 1 });
    expect(summary.invalid.map((one) => one.line)).toEqual(Array.from({ length: 12 }, (_, k) => 4 + 2 * k));
    expect(batt.run([...args, '--quiet']).stderr).toBe('');
  });

  test('programs of the S/I/C dialect are scored beside plain ones', () => {
    batt.write('sic.py', 'def solve(S, I, C):\n    return identity(I)\n');
    batt.write('flip.py', 'def solve_flip(I):\n    return vmirror(I)\n');
    const args = ['run', '-b', 'sic', '-b', 'flip', '--data', 'bundled', '-i', 'self_tile'];
    expect(batt.run(args).stderr).toBe('');
    const [line] = batt.json(args) as [TaskLine];
    expect(line.counts).toMatchObject({ read: 2, invalid: 0, skipped: 0, scored: 2 });
    expect(Object.keys(line.scores)).toEqual(['sic', 'flip']);
  });

  test('--dialect says whose functions programs call, whatever their form', () => {
    // only the S/I/C dialect has `p_g`, only the plain one has `palette`
    batt.write('theirs.py', 'def solve_a(I):\n    return p_g(I)\n\ndef solve_b(I):\n    return palette(I)\n');
    const args = ['run', '-b', 'theirs', '--data', 'bundled', '-i', 'self_tile', '--quiet'];
    const ids = (...more: string[]): string[] => Object.keys((batt.json([...args, ...more]) as [TaskLine])[0].scores);
    expect(ids()).toEqual(['b']);
    expect(ids('--dialect', 'plain')).toEqual(['b']);
    expect(ids('--dialect', 'sic')).toEqual(['a']);
  });
});

describe('data', () => {
  test('are found through $ARC_DATA, and in a neighbouring arc-prize-2025', () => {
    const tasks = join(root, 'examples', 'tasks');
    mkdirSync(join(batt.folder, 'arc', 'training'), { recursive: true });
    mkdirSync(join(batt.folder, 'arc', 'evaluation'), { recursive: true });
    cpSync(join(tasks, 'self_tile.json'), join(batt.folder, 'arc', 'training', 'self_tile.json'));
    cpSync(join(tasks, 'fall_down.json'), join(batt.folder, 'arc', 'evaluation', 'fall_down.json'));
    const env = { ARC_DATA: 'arc' };
    const ids = (...args: string[]): string[] =>
      tasksOf(batt.json(['run', '-b', batteryFile, ...args], env)).map((line) => line.task);
    expect(ids()).toEqual(['self_tile']);
    expect(ids('--data', 'eval')).toEqual(['fall_down']);
    expect(ids('--data', 'both')).toEqual(['self_tile', 'fall_down']);
    expect(ids('--data', 'eval', '--data', 'train')).toEqual(['fall_down', 'self_tile']);
  });

  const shared = join(root, '..', 'shared', 'arc');
  test.skipIf(!existsSync(shared))('the bundled solver of self_tile solves 007bbfb7', () => {
    const lines = batt.json(['run', '-i', '007bbfb7'], { ARC_DATA: shared });
    expect(tasksOf(lines)[0]!.scores).toMatchObject({ self_tile: 6, self_tile_again: 6, tiling: 0 });
  });
});

describe('streams', () => {
  test('a reader that goes away ends the run quietly', async () => {
    const child = spawn(process.execPath, [batt.file, 'run', '--json'], { cwd: batt.folder, env: batt.env() });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code, signal] = await once(child, 'exit');
    expect([code, signal, stderr]).toEqual([0, null, '']);
  });

  test('SIGINT ends the run with 130 and says how far it came', async () => {
    const many = Array.from({ length: 300 }, (_, k) => {
      const steps = Array.from({ length: 8 }, (_, j) => ((k >> j) & 1 ? 'cmirror' : 'dmirror'));
      const lines = steps.map((step, j) => `    x${j + 1} = ${step}(${j === 0 ? 'I' : `x${j}`})\n`).join('');
      return `def solve_p${k}(I):\n${lines}    y = upscale(x8, TEN)\n    z = ofcolor(y, ZERO)\n    O = fill(y, ONE, z)\n    return O\n`;
    });
    batt.write('many.py', many.join(''));
    const child = spawn(process.execPath, [batt.file, 'run', '-b', 'many', '--data', 'bundled', '--json'], {
      cwd: batt.folder,
      env: batt.env(),
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.stdout.once('data', () => child.kill('SIGINT'));
    const [code] = await once(child, 'exit');
    expect(code).toBe(130);
    expect(stderr).toMatch(/^batt: interrupted after \d+ of 14 tasks/);
  });
});
