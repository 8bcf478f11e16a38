// The report of a run: what it says, and that nothing in the results can break out of its place.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { embedded, escaped } from '../../src/report/html/escape.ts';
import { reportPage } from '../../src/report/html/page.ts';
import { readRunTasks } from '../../src/report/html/runTasks.ts';
import type { TaskData } from '../../src/report/html/taskData.ts';
import { gridText } from '../../src/results/gridText.ts';
import { type RunResults, readResults } from '../../src/results/read.ts';
import { linesIn, resultsText } from '../results/sealedLines.ts';
import { type MadeRun, madeTasks, writeRun, writeTasks } from './htmlRun.ts';

const scratch = mkdtempSync(join(tmpdir(), 'batt-html-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const tasks = madeTasks(10);
const data = join(scratch, 'tasks');
writeTasks(data, tasks);
let runs = 0;

function made(change: MadeRun = {}): RunResults {
  return readResults(join(writeRun(join(scratch, `out${runs++}`), data, tasks, change), 'results.jsonl'));
}

function pageOf(change: MadeRun = {}, before?: RunResults): string {
  const results = made(change);
  return reportPage(results, readRunTasks(results.run), before);
}

/** The text of the elements, without markup and entities. */
function textOf(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&lt;', '<');
}

function dataOf(page: string): TaskData[] {
  return Array.from(page.matchAll(/<script type="application\/json">(.*?)<\/script>/g), (found) =>
    JSON.parse(found[1]!),
  );
}

describe('texts in a page', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</script><script>alert(1)</script>',
      '<!--<script>',
      '\u2028\u2029',
      '&lt;',
      '"onload="x',
      "' x='",
    ),
  );

  test('JSON in a script element is the value again, and holds nothing that ends the element', () => {
    fc.assert(
      fc.property(fc.array(hostile), (value) => {
        const text = embedded(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });

  test('a text holds no markup', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escaped(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
    expect(escaped(`<a href="x">&'`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;');
  });

  test('hostile names appear as texts only', () => {
    const name = `</script><img src=x onerror="alert(1)"><!--'\u2028`;
    const page = pageOf({
      candidates: { 0: { solver_id: name, source: name, also: [name] } },
      run: { flags: { [name]: name }, engine: name, batteries: [{ file: name, digest: name }] },
      lines: {
        t0000: { notes: [name], backend: name, device: name, fellBack: { from: name, to: name, reason: name } },
      },
    });
    expect(page).not.toMatch(/<img|<!--/);
    expect(page.match(/<\/script>/g)).toHaveLength(1 + tasks.length);
    expect(dataOf(page)[0]!.candidates[0]!.id).toBe(name);
    expect(dataOf(page)[0]!.notes).toEqual([name]);
  });
});

describe('the page', () => {
  test('is one document that loads nothing and lets only its own script run', () => {
    const page = pageOf();
    expect(page).not.toMatch(/\b(src|srcset|action)=|url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
    expect(page.match(/<link\b[^>]*>/g)).toEqual(['<link rel="icon" href="data:,">']);
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)![1]!;
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`script-src 'sha256-${hash}'`);
    expect(page).toContain("default-src 'none'");
    expect(() => new Script(script)).not.toThrow();
  });

  test('says what was run and that all candidates are accounted for', () => {
    const results = made();
    const text = textOf(reportPage(results, readRunTasks(results.run)));
    expect(text).toContain('2 of 10 tasks solved');
    for (const words of ['2 solved', '2 all demos right', '2 some demo right', '4 no demo right']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('15 read = 1 invalid + 2 duplicate + 0 skipped + 12 scored; 310 (program, output) pairs');
    expect(text).toContain(results.run.data.digest);
    expect(text).toContain('batteries/first.py (aaaaaaaaaaaa)');
    expect(text).toContain('batteries/first.py:80:5: solver_x: found <, expected a name');
    expect(text).toContain('2.50 s, started 2026-01-31 12:00:00 UTC');
    expect(text).toContain('batt 0.1.0, Node v20.20.2');
    expect(text).toContain('timeout 10 budget – first-mismatch false');
    expect(text).toMatch(/backend wasm engine/);
    expect(text).not.toContain('not finished');
  });

  test('a run that is not finished, cut, a part or on another backend says so', () => {
    const lost = { from: 'webgpu', to: 'wasm', reason: 'the device was lost' };
    const text = textOf(
      pageOf({
        finished: false,
        run: { shard: { index: 1, of: 2 } },
        lines: {
          t0000: { cut: 'deadline', fellBack: lost, device: 'one' },
          t0002: null,
          ...Object.fromEntries(['t0001', 't0003', 't0005', 't0007', 't0009'].map((id) => [id, null])),
        },
      }),
    );
    expect(text).toContain('This run is not finished: it was stopped, or still runs. 1 task without a result.');
    expect(text).toContain('The deadline came: 1 task cut');
    expect(text).toContain('This is shard 1 of 2: 5 of 10 tasks.');
    expect(text).toContain('The backend was lost, the run went on: webgpu → wasm: the device was lost');
    expect(text).toContain('of 5 tasks solved');
    expect(text).toContain('1 no result');
    expect(text).toContain('wasm, one; wasm');
    expect(text).not.toContain('2.50 s');
  });

  test('without known test outputs it counts tasks with all demos right', () => {
    const open = tasks.map((task) => ({ ...task, test: task.test.map(({ input }) => ({ input, output: null })) }));
    const place = join(scratch, 'open');
    writeTasks(place, open);
    const results = readResults(join(writeRun(join(scratch, 'openRun'), place, open), 'results.jsonl'));
    const page = reportPage(results, readRunTasks(results.run));
    expect(textOf(page)).toContain('4 of 10 tasks with all demos right; no test output is known');
    expect(dataOf(page)[0]!.samples.map(([, expected]) => expected === null)).toEqual([false, false, false, true]);
  });

  test('wall time and busy time stand in tables of their own, every key once', () => {
    const tables = pageOf()
      .match(/<table[\s\S]*?<\/table>/g)!
      .map(textOf);
    const of = (key: string): number[] => tables.flatMap((table, k) => (table.includes(key) ? [k] : []));
    expect([of('main.parse_batteries'), of('main.run_batt'), of('phase4_demo_cpu')]).toEqual([[0], [1], [2]]);
    expect([of('run_batt.check_batt'), of('phase4_demo_parallel'), of('phase4_test_cpu')]).toEqual([[0], [1], [2]]);
    expect(tables[3]).toMatch(/shape 220 \d+\.\d % .*ok/);
    expect(tables).toHaveLength(4);
  });

  test('functions that were timed have a table of their own, the slowest first', () => {
    const { file } = made({ id: 'timed' });
    const lines = linesIn(readFileSync(file, 'utf8'));
    Object.assign(lines.at(-1)!.timing as object, { 'dsl.fill': 0.25, 'dsl.objects': 1.5 });
    writeFileSync(file, resultsText(lines));
    const results = readResults(file);
    const tables = reportPage(results, readRunTasks(results.run))
      .match(/<table[\s\S]*?<\/table>/g)!
      .map(textOf);
    expect(tables).toHaveLength(5);
    expect(tables[3]).toMatch(/^ Slowest functions.* dsl\.objects 1\.50 s dsl\.fill 0\.250 s/);
  });

  test('the times of an earlier run stand beside, with what was different', () => {
    const before = made({ id: 'earlier', run: { engine: '0.0.9', batteries: [] } });
    const lines = linesIn(readFileSync(before.file, 'utf8'));
    const timing = lines.at(-1)!.timing as Record<string, number>;
    timing['run_batt.check_batt'] = 13.1;
    delete timing['run_batt.phase4_differs'];
    writeFileSync(before.file, resultsText(lines));
    const text = textOf(pageOf({}, readResults(before.file)));
    expect(text).toContain('score run_batt.check_batt 13.1 s 1.31 s 10 ×');
    expect(text).toContain('differs run_batt.phase4_differs – 0.200 s –');
    expect(text).toContain('run earlier, 2.50 s, 2 of 10 tasks solved, it had other batteries and batt 0.0.9');
  });

  test('a task has its distinct grids once, and the outputs of its best candidates', () => {
    const [first] = dataOf(pageOf());
    const { grids, samples, demos, candidates } = first!;
    expect(new Set(grids).size).toBe(grids.length);
    expect(demos).toBe(3);
    const texts = [...tasks[0]!.demo, ...tasks[0]!.test].map(({ input, output }) => [
      gridText(input),
      gridText(output!),
    ]);
    expect(samples.map(([input, expected]) => [grids[input], grids[expected!]])).toEqual(texts);
    expect(candidates).toHaveLength(10);
    expect(candidates[0]!.outputs).toEqual(samples.map(([, expected]) => expected));
    expect(candidates[0]!.figures).toEqual(['demo 3/3', 'test 1/1', '100 % cells']);
    expect(candidates[0]!.from).toContain('md5 5d41402abc4b2a76b9719d911017c592');
    expect(candidates[1]!.from).toContain('also twin_a, twin_b');
    expect(candidates.map(({ outputs }) => outputs === null)).toEqual(candidates.map((_, k) => k >= 3));
  });

  test('candidates whose outputs are shown are named, also beyond the ten best', () => {
    const [first] = dataOf(
      pageOf({ lines: { t0000: { shown: [{ candidate: 11, outputs: ['1', null, '2', '3'] }] } } }),
    );
    const last = first!.candidates.at(-1)!;
    expect(last.id).toBe('solver_11');
    expect(last.outputs!.map((at) => (at === null ? null : first!.grids[at]))).toEqual(['1', null, '2', '3']);
  });
});

describe('the tasks of a run', () => {
  test('are read from where they are now, and must be those of the run', () => {
    const { run } = made();
    const moved = join(scratch, 'moved');
    renameSync(data, moved);
    try {
      expect(() => readRunTasks(run)).toThrow(new RegExp(`^${data}: no such file or folder .*--data says where`));
      expect([...readRunTasks(run, [moved]).keys()]).toEqual(run.data.tasks);
      const other = join(scratch, 'other');
      writeTasks(other, madeTasks(10, 5));
      expect(() => readRunTasks(run, [other])).toThrow(
        new RegExp(
          `^${other}: the tasks are not those of the run: found digest [0-9a-f]{64}, expected ${run.data.digest}`,
        ),
      );
      const fewer = join(scratch, 'fewer');
      writeTasks(fewer, tasks.slice(1));
      expect(() => readRunTasks(run, [fewer])).toThrow(/fewer: task t0000: no such task among 9/);
    } finally {
      renameSync(moved, data);
    }
  });
});
