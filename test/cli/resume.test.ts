// Runs that are killed, interrupted, cut by a deadline or divided: what is done stays, and the rest gives the same.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RunResults, readResults } from '../../src/results/read.ts';
import { linesIn, resultsText } from '../results/sealedLines.ts';
import { batteryFile, useBatt } from './command.ts';
import { resultsIn, timeless, untilResults } from './runResults.ts';

const batt = useBatt();
const bundled = ['run', '-b', batteryFile, '--data', 'bundled'];

function fileOf(out: string): string {
  return resultsIn(join(batt.folder, out));
}

function results(out: string): RunResults {
  return readResults(fileOf(out));
}

/** Starts a run and resolves with its exit code, or the signal that ended it. */
function start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<unknown> } {
  const child = spawn(process.execPath, [batt.file, ...args], { cwd: batt.folder, env: batt.env(), stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
  return { child, ended };
}

/** Waits until the results of a run have so many bytes, or it has ended. */
function grown(out: string, bytes: number, { child }: ReturnType<typeof start>): Promise<void> {
  return untilResults(join(batt.folder, out), child, (content) => content.length >= bytes);
}

describe('batt run --resume', () => {
  test('a run that is killed again and again ends as one that never was', async () => {
    expect(batt.run([...bundled, '--out', 'whole']).code).toBe(0);
    const whole = results('whole');
    const size = readFileSync(whole.file).length;
    for (let kill = 1, bytes = 0; bytes < size; kill++) {
      // somewhere in a line, at its end, before the first one
      bytes = Math.floor((size * kill) / 6) - kill;
      const run = start([...bundled, '--out', 'killed', '--resume', '--quiet']);
      await grown('killed', bytes, run);
      run.child.kill('SIGKILL');
      await run.ended;
    }
    const before = new Set(readdirSync(join(batt.folder, 'killed', 'runs')));
    const { code, stdout } = batt.run([...bundled, '--out', 'killed', '--resume', '--quiet']);
    expect(code).toBe(0);
    expect(stdout).toContain('12 of 14 tasks');
    expect(new Set(readdirSync(join(batt.folder, 'killed', 'runs')))).toEqual(before);
    const killed = results('killed');
    expect(timeless(killed.tasks())).toEqual(timeless(whole.tasks()));
    expect(killed.candidates).toEqual(whole.candidates);
    expect(killed.summary).toMatchObject({ tasks: 14, of: 14, solved: 12, verdicts: whole.summary!.verdicts });
    const files = (out: string) => readdirSync(join(batt.folder, out, 'solver_md5')).sort();
    expect(files('killed')).toEqual(files('whole'));
  });

  test('a line that was cut off, even within a character, is done again; finished tasks are not', () => {
    const { file, run, size } = results('whole');
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n');
    // two lines whole, the third one cut
    const head = `${lines.slice(0, 4).join('\n')}\n`;
    writeFileSync(file, head + lines[4]!.slice(0, 100));
    appendFileSync(file, Buffer.from([0xe2, 0x82]));
    const { code, stderr } = batt.run([...bundled, '--out', 'whole', '--resume']);
    expect([code, stderr]).toEqual([0, expect.stringContaining(`going on with whole/runs/${run.id}`)]);
    const now = readFileSync(file, 'utf8');
    expect(now.startsWith(head)).toBe(true);
    expect(timeless(results('whole').tasks()).length).toBe(14);
    expect(Math.abs(readFileSync(file).length - size)).toBeLessThan(500);
    // and once more: there is nothing left to do, not a byte changes
    const again = batt.run([...bundled, '--out', 'whole', '--resume', '--json']);
    expect(again.code).toBe(0);
    expect(again.stdout.split('\n').length).toBe(16);
    expect(readFileSync(file, 'utf8')).toBe(now);
  });

  test('prints of a finished task what it printed before', () => {
    const first = batt.json([...bundled, '--out', 'printed']);
    const second = batt.json([...bundled, '--out', 'printed', '--resume']);
    expect(second.slice(0, 14)).toEqual(first.slice(0, 14));
  });

  test('a changed battery, flag, part or task is named', () => {
    const battery = batt.write('mine.py', 'def solve_a(I):\n    return vmirror(I)\n');
    const grid = (cell: number) =>
      JSON.stringify({ train: [{ input: [[1]], output: [[cell]] }], test: [{ input: [[2]] }] });
    batt.write('tasks/one.json', grid(1));
    batt.write('tasks/two.json', grid(2));
    const args = ['run', '-b', battery, '--data', 'tasks', '--out', 'mine'];
    expect(batt.run(args).code).toBe(0);
    const refused = (more: readonly string[] = []): string => {
      const { code, stderr } = batt.run([...args, '--resume', ...more]);
      expect(code).toBe(2);
      expect(stderr).toContain('is a run of something else:');
      return stderr;
    };
    expect(refused(['--first-mismatch'])).toContain('--first-mismatch: it was false, now it is true');
    expect(refused(['-t', '3'])).toContain('--timeout: it was 10, now it is 3');
    expect(refused(['--shard', '1/2'])).toContain('--shard: it was 1/1, now it is 1/2');
    expect(refused(['-i', 'two'])).toContain('the tasks: gone are one');
    batt.write('tasks/two.json', grid(3));
    expect(refused()).toContain('the tasks: their content has changed (digest ');
    batt.write('tasks/two.json', grid(2));
    batt.write('tasks/three.json', grid(2));
    expect(refused()).toContain('the tasks: new are three');
    rmSync(join(batt.folder, 'tasks/three.json'));
    batt.write('mine.py', 'def solve_a(I):\n    return hmirror(I)\n');
    expect(refused()).toContain('the battery mine.py has changed');
    batt.write('mine.py', 'def solve_a(I):\n    return vmirror(I)\n');
    expect(batt.run([...args, '--resume']).code).toBe(0);
    const other = batt.write('other.py', 'def solve_a(I):\n    return vmirror(I)\n');
    expect(refused(['-b', other])).toContain(`the batteries: they were ${battery}, now they are ${battery}, ${other}`);
  });

  test('a battery from a pipe, which can be read once, is known by its content', () => {
    const run = (name: string, more = '') => {
      const command = `"$0" "$1" run -b <(cat ${name}) --data bundled -i self_tile --out piped --quiet ${more}`;
      const { status, stderr } = spawnSync('bash', ['-c', command, process.execPath, batt.file], {
        cwd: batt.folder,
        env: batt.env(),
        encoding: 'utf8',
      });
      return { status, stderr };
    };
    batt.write('a.py', 'def solve_a(I):\n    return vmirror(I)\n');
    batt.write('b.py', 'def solve_a(I):\n    return hmirror(I)\n');
    expect(run('a.py')).toEqual({ status: 0, stderr: '' });
    expect(run('b.py', '--resume')).toMatchObject({ status: 2, stderr: expect.stringContaining(' has changed') });
    expect(run('a.py', '--resume')).toEqual({ status: 0, stderr: '' });
  });

  test('the seconds of a run are those of all its processes', () => {
    batt.run([...bundled, '--out', 'legs']);
    const file = fileOf('legs');
    const slow = linesIn(readFileSync(file, 'utf8'))
      .slice(0, -1)
      .map(({ timing, ...fields }) => {
        return timing === undefined ? fields : { ...fields, timing: { ...(timing as object), 'main.run_batt': 100 } };
      });
    // killed before the last task was done
    writeFileSync(file, resultsText(slow.slice(0, -1)));
    batt.run([...bundled, '--out', 'legs', '--resume']);
    const { summary } = results('legs');
    expect(summary!.seconds).toBeGreaterThan(1300);
    expect(summary!.seconds).toBeLessThan(1400);
  });

  test('a task whose files are there and whose line is not keeps all its candidates', () => {
    // more than 32 candidates solve mirror_beside, the last task: beside their files the rule would refuse the others
    const right = Array.from({ length: 50 }, (_, k) => {
      const [a, b] = [NAMES[k % 10]!, NAMES[Math.floor(k / 10)]!];
      const calls = `    x1 = vmirror(I)\n    x2 = replace(x1, ${a}, ${a})\n    x3 = replace(x2, ${b}, ${b})\n`;
      return `def solve_r${k}(I):\n${calls}    x4 = hconcat(I, x3)\n    return x4\n`;
    });
    const batteries = ['-b', batt.write('right.py', right.join('\n')), '-b', longBattery(9)];
    const args = ['run', ...batteries, '--data', 'bundled', '-c', '7', '--out', 'twice', '--save', 'all', '--quiet'];
    expect(batt.run(args).code).toBe(0);
    const { file, done } = results('twice');
    const whole = timeless(results('twice').tasks());
    expect(whole.at(-1)).toMatchObject({ task: 'mirror_beside', stored: { length: 59 } });
    const lines = readFileSync(file, 'utf8').split('\n');
    const last = lines.findLastIndex((line) => line.startsWith('{"schema":4,"type":"task"'));
    writeFileSync(file, `${lines.slice(0, last).join('\n')}\n`);
    expect(results('twice').done.size).toBe(done.size - 1);
    expect(batt.run([...args, '--resume']).code).toBe(0);
    expect(timeless(results('twice').tasks())).toEqual(whole);
  });

  test('a task whose files could not be written is done again', () => {
    const args = [...bundled, '-i', 'self_tile', '--out', 'unsaved', '--save', 'all'];
    mkdirSync(join(batt.folder, 'unsaved'));
    writeFileSync(join(batt.folder, 'unsaved', 'solver_md5'), 'in the way');
    const { code, stderr } = batt.run(args);
    expect([code, stderr]).toEqual([1, expect.stringContaining('solver_md5 is a file, not a folder')]);
    expect(results('unsaved').done.size).toBe(0);
    rmSync(join(batt.folder, 'unsaved', 'solver_md5'));
    expect(batt.run([...args, '--resume']).code).toBe(0);
    expect(results('unsaved').done.size).toBe(1);
    expect(readdirSync(join(batt.folder, 'unsaved', 'solver_md5')).length).toBeGreaterThan(30);
  });

  test('damaged lines are named and left out, and their tasks done again', () => {
    const { file, done } = results('printed');
    const whole = timeless(results('printed').tasks());
    const lines = readFileSync(file, 'utf8').split('\n');
    const tasks = lines.flatMap((line, k) => (line.includes('"type":"task"') ? k : []));
    const [cut, changed, lost] = [tasks[1]!, tasks[4]!, tasks[7]!];
    lines[cut] = lines[cut]!.slice(0, -10);
    lines[changed] = lines[changed]!.replace(/"demos":\d/, '"demos":7');
    lines.splice(lost, 1);
    writeFileSync(file, lines.join('\n'));
    const submitted = batt.run(['submit', 'printed', '-o', 'none.json']);
    expect([submitted.code, submitted.stderr]).toEqual([2, expect.stringContaining(`results.jsonl:${cut + 1}: `)]);
    const skipped = batt.run(['submit', 'printed', '--skip-damaged', '-o', 'some.json']);
    expect(skipped.stderr).toMatch(
      /results\.jsonl:\d+: found the checksum [0-9a-f]{8}, expected [0-9a-f]{8}: .*; passed over$/m,
    );
    const { code, stderr } = batt.run([...bundled, '--out', 'printed', '--resume']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/results\.jsonl:\d+: found the checksum .*; what is lost is done again$/m);
    expect(stderr).toMatch(
      /results\.jsonl:\d+: found line \d+ of the run, expected line \d+; what is lost is done again$/m,
    );
    expect(results('printed').done).toEqual(done);
    expect(timeless(results('printed').tasks())).toEqual(whole);
  });

  test('a run is gone on with by its id, too', () => {
    batt.run([...bundled, '--out', 'two']);
    const { file, run } = results('two');
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n').slice(0, 5).join('\n')}\n`);
    batt.run([...bundled, '--out', 'two']);
    const { code, stderr } = batt.run([...bundled, '--out', 'two', '--resume', run.id]);
    expect([code, stderr]).toEqual([0, `batt: going on with two/runs/${run.id}\n`]);
    expect(readResults(file).done.size).toBe(14);
    const none = batt.run([...bundled, '--out', 'two', '--resume', 'none']);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--resume none: found ')]);
  });

  test.each(['runs', 'solver_md5'])('%s that is a link out of the folder is refused', (part) => {
    const out = join(batt.folder, `linked-${part}`);
    const elsewhere = join(batt.folder, `elsewhere-${part}`);
    mkdirSync(out);
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(out, part));
    const { code, stderr } = batt.run([...bundled, '--out', out]);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(`it is a link to ${realpathSync(elsewhere)}, outside of`),
    ]);
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('a run that is still going on is left alone', () => {
    const { file } = results('mine');
    const started = readFileSync(`/proc/${process.pid}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ')[20];
    const lock = join(file, '..', 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, `${process.pid}-${started}`), '');
    const { code, stderr } = batt.run(['run', '-b', 'mine.py', '--data', 'tasks', '--out', 'mine', '--resume']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`is still going on, in process ${process.pid}`)]);
    const other = batt.run(['run', '-b', 'mine.py', '--data', 'tasks', '--out', 'mine', '--top', '0']);
    expect(other.stderr).toContain(`is going on in this folder, too, in process ${process.pid}\n`);
    rmSync(
      join(
        batt.folder,
        'mine',
        'runs',
        readdirSync(join(batt.folder, 'mine', 'runs'))
          .sort()
          .at(-1)!,
      ),
      { recursive: true },
    );
    // left by an earlier process of this number
    renameSync(join(lock, `${process.pid}-${started}`), join(lock, `${process.pid}-1`));
    expect(batt.run(['run', '-b', 'mine.py', '--data', 'tasks', '--out', 'mine', '--resume']).code).toBe(0);
    expect(existsSync(lock)).toBe(false);
  });

  test('without a run to go on with, a new one begins and says so', () => {
    const { code, stderr } = batt.run([...bundled, '--out', 'none', '--resume']);
    expect([code, stderr]).toEqual([0, 'batt: --resume: none has no run to go on with; a new one begins\n']);
  });
});

const NAMES = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'];

/** A battery that takes some seconds on the bundled tasks: distinct programs, none of them costly. */
function longBattery(programs: number): string {
  const bodies = Array.from({ length: programs }, (_, k) => {
    const calls = Array.from({ length: 6 }, (_, c) => {
      const before = c === 0 ? 'I' : `x${c}`;
      return `    x${c + 1} = replace(${before}, ${NAMES[(k >> (2 * c)) % 4]}, ${NAMES[(k + c) % 10]})\n`;
    });
    const end = `    x7 = objects(x6, T, F, T)\n    x8 = size(x7)\n    x9 = astuple(x8, THREE)\n    x10 = canvas(${NAMES[k % 10]}, x9)\n`;
    return `def solve_p${k}(I):\n${calls.join('')}${end}    return x10\n`;
  });
  return batt.write(`long${programs}.py`, bodies.join('\n'));
}

describe('a run that ends early', () => {
  test('SIGINT: finished tasks are saved, exit code 130, --resume does the rest', async () => {
    const args = ['run', '-b', longBattery(1500), '--data', 'bundled', '--out', 'stopped', '--save', 'all', '--quiet'];
    const run = start(args);
    await grown('stopped', 150_000, run);
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(130);
    const stopped = results('stopped');
    expect(stopped.summary).toBeUndefined();
    expect(stopped.done.size).toBeGreaterThan(0);
    expect(stopped.done.size).toBeLessThan(14);
    expect(readdirSync(join(stopped.file, '..'))).toEqual(['results.jsonl']);
    expect(batt.run([...args, '--resume']).code).toBe(0);
    expect(results('stopped').summary).toMatchObject({ tasks: 14, of: 14 });
  });

  test('--deadline: it ends in time, what is under way is cut, and --resume does it again', () => {
    const args = ['run', '-b', longBattery(3000), '--data', 'bundled', '--out', 'late', '--save', 'all'];
    const { code, stderr, stdout } = batt.run([...args, '--deadline', '1.2', '--json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/the deadline came after \d+ of 14 tasks; --resume \d{8}T\d{9}Z-[0-9a-f]{6} goes on/);
    const late = results('late');
    expect(late.done.size).toBeLessThan(14);
    expect(late.summary).toMatchObject({ tasks: late.done.size, of: 14 });
    for (const line of late.tasks()) {
      const pairs = Object.values(line.verdicts).reduce((sum, n) => sum + n, 0);
      expect(pairs).toBe(line.counts.scored * (line.demos + line.tests));
      expect(line.cut === undefined).toBe(late.done.has(line.task));
      if (line.cut !== undefined) expect(line.stored).toBeUndefined();
    }
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines.at(-1)!.type).toBe('summary');
    expect(batt.run([...args, '--resume', '--quiet']).code).toBe(0);
    expect(
      batt.run(['run', '-b', longBattery(3000), '--data', 'bundled', '--out', 'calm', '--save', 'all', '--quiet']).code,
    ).toBe(0);
    expect(timeless(results('late').tasks())).toEqual(timeless(results('calm').tasks()));
    const quiet = batt.run(['run', '-b', longBattery(3000), '--data', 'bundled', '--deadline', '0.5', '--quiet']);
    expect(quiet.stdout).toMatch(/^ended +the deadline came after \d+ of 14 tasks$/m);
    expect(quiet.stderr).toBe('');
  });
});

describe('batt run --shard', () => {
  test('the parts are disjoint, together they are the whole, whatever their number', () => {
    const whole = new Map(batt.json([...bundled, '--out', 'all']).map((line) => [line.task, line]));
    for (const of of [1, 3, 14]) {
      const seen: unknown[] = [];
      for (let index = 1; index <= of; index++) {
        const lines = batt.json([...bundled, '--out', `part${of}`, '--shard', `${index}/${of}`]);
        for (const { task, candidates } of lines.slice(0, -1)) {
          seen.push(task);
          const times = (list: unknown) => JSON.stringify(list).replaceAll(/"t_log":\d+/g, '');
          expect(times(candidates)).toBe(times(whole.get(task)!.candidates));
        }
      }
      expect(seen.sort()).toEqual([...whole.keys()].filter((task) => task !== undefined).sort());
    }
  });
});
