// `batt report` as its users call it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { madeTasks, writeRun, writeTasks } from '../report/htmlRun.ts';
import { useBatt } from './command.ts';

const batt = useBatt();
let run = '';

beforeAll(() => {
  expect(batt.run(['run', '--out', 'out', '--quiet']).code).toBe(0);
  run = join('out', 'runs', readdirSync(join(batt.folder, 'out', 'runs'))[0]!);
});

describe('batt report', () => {
  test('writes the page into the folder of the run, and says where', () => {
    const { code, stdout, stderr } = batt.run(['report', 'out']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^${join(run, 'report.html')}: 14 tasks, 0\\.1 MB\n$`));
    const page = readFileSync(join(batt.folder, run, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('<strong>12</strong> of 14 tasks');
    expect(page).toContain('35 read = 0 invalid + 3 duplicate + 0 skipped + 32 scored');
    expect(page.match(/<li data-state="solved"/g)).toHaveLength(12);
    const { candidates, samples } = JSON.parse(/<script type="application\/json">(.*?)<\/script>/.exec(page)![1]!);
    expect(candidates[0].outputs).toEqual(samples.map(([, expected]: [number, number]) => expected));
  });

  test('writes it where -o says, with the times of another run', () => {
    expect(batt.run(['run', '--out', 'out2', '--quiet']).code).toBe(0);
    const { code, stdout } = batt.run(['report', join(run, 'results.jsonl'), '-o', 'page.html', '--before', 'out2']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^page\.html: /);
    expect(readFileSync(join(batt.folder, 'page.html'), 'utf8')).toContain('<th scope="col">speed-up</th>');
  });

  test('what is no run, or is damaged, is exit 2', () => {
    expect(batt.run(['report', 'nowhere'])).toMatchObject({ code: 2, stdout: '' });
    expect(batt.run(['report', 'nowhere']).stderr).toContain('nowhere: found no run');
    batt.write('broken/results.jsonl', '{"type":"task"}\n');
    expect(batt.run(['report', 'broken'])).toMatchObject({ code: 2 });
    expect(batt.run(['report', 'broken']).stderr).toContain('results.jsonl:1: found type "task", expected "run" first');
    expect(batt.run(['report', run, '--before', 'nowhere']).stderr).toContain('nowhere: found no run');
    expect(batt.run(['report', run, '-o', '--before']).stderr).toContain('found the flag --before');
    expect(batt.run(['report']).code).toBe(2);
  });

  test('tasks that are gone are exit 2 with their place; --data says where they are', () => {
    const tasks = madeTasks(3);
    const here = join(batt.folder, 'here');
    writeTasks(here, tasks);
    const made = writeRun(join(batt.folder, 'made'), join(batt.folder, 'gone'), tasks);
    const { code, stderr } = batt.run(['report', made]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${join(batt.folder, 'gone')}: no such file or folder`);
    expect(stderr).toContain('--data says where they are now');
    expect(existsSync(join(made, 'report.html'))).toBe(false);
    expect(batt.run(['report', made, '--data', 'here']).code).toBe(0);
    const other = batt.run(['report', made, '--data', 'bundled']);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('no such task');
  });

  test('a place that cannot be written is exit 1 and leaves nothing behind', () => {
    mkdirSync(join(batt.folder, 'folder', 'inside'), { recursive: true });
    const { code, stdout, stderr } = batt.run(['report', run, '-o', 'folder']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('folder: cannot write the file: a folder stands there');
    expect(batt.run(['report', run, '-o', 'none/x.html'])).toMatchObject({ code: 1 });
    expect(readdirSync(batt.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    rmSync(join(batt.folder, 'folder'), { recursive: true });
  });

  test('a run that was stopped has a report, too', () => {
    const stopped = join(batt.folder, 'stopped');
    const lines = readFileSync(join(batt.folder, run, 'results.jsonl'), 'utf8').split('\n');
    mkdirSync(stopped);
    const torn = lines.flatMap((line, k) => (line.includes('"type":"task"') ? k : []))[5]!;
    const whole = lines.slice(0, torn).map((line) => `${line}\n`);
    writeFileSync(join(stopped, 'results.jsonl'), whole.join('') + lines[torn]!.slice(0, 99));
    expect(batt.run(['report', 'stopped']).code).toBe(0);
    const page = readFileSync(join(stopped, 'report.html'), 'utf8');
    expect(page).toContain('This run is not finished');
    expect(page.match(/<li data-state="missing"/g)).toHaveLength(14 - 5);
  });
});
