// The queries of docs/queries.md on the database of a real run, held against the lines of the run.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { RUN_PARTS } from '../../src/results/export/runTables.ts';
import { TASK_PARTS } from '../../src/results/export/taskTables.ts';
import { findRun } from '../../src/results/find.ts';
import type { TaskLine } from '../../src/results/lines.ts';
import { type RunResults, readResults } from '../../src/results/read.ts';
import { isSolved, scoreRow, scoreRows } from '../../src/results/rows.ts';
import { batteryFile, root, useBatt } from '../cli/command.ts';
import { duckdb, query, type RowObject } from './exportTables.ts';

const text = readFileSync(join(root, 'docs', 'queries.md'), 'utf8');
const queries = new Map(
  Array.from(text.matchAll(/^## ([^\n]+)$[^#]*?^```sql\n(.+?)^```$/gms), ([, title, sql]) => [title!, sql!]),
);

/** What each query gives, worked out from the lines; `tasks` in the order of the data set. */
const answers: Readonly<Record<string, (results: RunResults, tasks: readonly TaskLine[]) => RowObject[]>> = {
  'Solved tasks': ({ candidates }, tasks) =>
    tasks.filter(isSolved).map(({ task, best }) => {
      const { solver_id, source } = candidates[best[0]!]!;
      return { task, solver_id, source };
    }),
  'How far the run is': ({ run, done }, tasks) => [
    { tasks: run.data.tasks.length, done: done.size, solved: tasks.filter(isSolved).length },
  ],
  'Best candidates of each task': ({ candidates }, tasks) =>
    tasks.flatMap((line) =>
      line.best.slice(0, 3).map((number, k) => {
        const { demo, test, cells } = scoreRow(line, number);
        const { solver_id } = candidates[number]!;
        const head = { task: line.task, rank: k + 1, solver_id };
        return { ...head, demo: demo[0], demos: demo[1], test: test![0], tests: test![1], cells };
      }),
    ),
  Verdicts: (_, tasks) => {
    const samples = new Map<string, number>();
    const candidates = new Map<string, Set<number>>();
    for (const line of tasks) {
      for (const { candidate, verdicts } of scoreRows(line)) {
        for (const [verdict, n] of Object.entries(verdicts)) {
          samples.set(verdict, (samples.get(verdict) ?? 0) + n);
          candidates.set(verdict, (candidates.get(verdict) ?? new Set()).add(candidate));
        }
      }
    }
    return Array.from(samples, ([verdict, n]) => ({
      verdict,
      samples: n,
      candidates: candidates.get(verdict)!.size,
    })).sort((a, b) => b.samples - a.samples || order(a.verdict, b.verdict));
  },
  'Near misses': ({ candidates }, tasks) =>
    tasks
      .filter((line) => !isSolved(line))
      .flatMap((line) => scoreRows(line).map((row) => ({ ...row, task: line.task })))
      .filter(({ cells }) => cells > 0)
      .sort((a, b) => b.oScore - a.oScore || b.cells - a.cells)
      .slice(0, 20)
      .map(({ task, candidate, demo, test, cells }) => {
        const { solver_id } = candidates[candidate]!;
        return { task, solver_id, demo: demo[0], demos: demo[1], test: test![0], tests: test![1], cells };
      }),
  'Candidates that solve several tasks': ({ candidates }, tasks) =>
    candidates
      .map(({ solver_id }, number) => ({ solver_id, tasks: solvedBy(number, tasks).map(({ task }) => task) }))
      .filter((row) => row.tasks.length > 1)
      .sort((a, b) => b.tasks.length - a.tasks.length)
      .map((row) => ({ solver_id: row.solver_id, solved: row.tasks.length, tasks: row.tasks.join() })),
  'Candidates that solve nothing that another one does not solve in fewer statements': ({ candidates }, tasks) =>
    candidates.flatMap(({ solver_id, size }, number) => {
      const solved = solvedBy(number, tasks);
      const beaten = solved.filter((line) =>
        candidates.some((other, k) => other.size < size && solvedBy(k, [line]).length === 1),
      );
      return solved.length > 0 && beaten.length === solved.length ? [{ solver_id }] : [];
    }),
  Exceptions: ({ candidates }, tasks) =>
    candidates
      .flatMap(({ solver_id }, number) => {
        const kinds = tasks.map((line) => scoreRow(line, number).verdicts);
        const names = [...new Set(kinds.flatMap((kind) => Object.keys(kind)))].sort();
        return names
          .filter((verdict) => verdict.startsWith('error:'))
          .map((verdict) => {
            const found = kinds.flatMap((kind) => kind[verdict] ?? []);
            return { solver_id, verdict, samples: found.reduce((sum, n) => sum + n), tasks: found.length };
          });
      })
      .sort((a, b) => b.samples - a.samples)
      .slice(0, 20),
  'Slowest tasks': (_, tasks) =>
    tasks
      .map(({ task, timing, counts }) => ({ task, seconds: timing['main.run_batt']!, scored: counts.scored }))
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, 10),
  'Slowest phases': (_, tasks) => slowest('run_batt.phase', tasks),
  'Slowest functions': (_, tasks) => slowest('dsl.', tasks).slice(0, 10),
  'What to submit': (_, tasks) =>
    tasks.flatMap(({ task, attempts }) =>
      attempts!.flatMap((list, test) =>
        list.slice(0, 2).map(({ grid, demo, votes }, k) => ({ task, test, attempt: k + 1, grid, demo, votes })),
      ),
    ),
};

/** Keys that begin so, with their sums over the tasks. */
function slowest(prefix: string, tasks: readonly TaskLine[]): { key: string; seconds: number }[] {
  const keys = [...new Set(tasks.flatMap(({ timing }) => Object.keys(timing)))].sort();
  return keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const sum = tasks.reduce((total, { timing }) => total + (timing[key] ?? 0), 0);
      return { key, seconds: Math.round(sum * 1e6) / 1e6 };
    })
    .sort((a, b) => b.seconds - a.seconds);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function solvedBy(candidate: number, tasks: readonly TaskLine[]): TaskLine[] {
  return tasks.filter((line) => {
    const row = scoreRow(line, candidate);
    return row.demo[0] === line.demos && row.test?.[0] === line.tests;
  });
}

test('the document names all tables with their columns', () => {
  const named = Array.from(text.matchAll(/^\| `(\w+)` +\|[^|]+\| ([^|]+?) +\|$/gm), ([, table, columns]) => [
    table,
    columns,
  ]);
  const tables = new Map([...RUN_PARTS, ...TASK_PARTS].map(({ table }) => [table.name, table.columns]));
  expect(new Map(named as [string, string][])).toEqual(
    new Map(Array.from(tables, ([name, columns]) => [name, columns.map((column) => column.name).join(', ')])),
  );
});

test('each query has an answer here', () => {
  expect([...queries.keys()]).toEqual(Object.keys(answers));
  expect(text.match(/```sql/g)).toHaveLength(queries.size);
});

describe.skipIf(duckdb === undefined)('on a real run', () => {
  const batt = useBatt();
  let results: RunResults;

  beforeAll(() => {
    // the bundled tasks, one of them under a second name, so that some candidates solve two
    const tasks = join(root, 'examples', 'tasks');
    for (const name of readdirSync(tasks)) batt.write(`tasks/${name}`, readFileSync(join(tasks, name)));
    batt.write('tasks/turned_again.json', readFileSync(join(tasks, 'quarter_turn.json')));
    expect(batt.run(['run', '-b', batteryFile, '--data', 'tasks', '--out', 'out', '--timing', '--quiet']).code).toBe(0);
    expect(batt.run(['export', 'out', '--format', 'duckdb']).code).toBe(0);
    results = readResults(findRun(join(batt.folder, 'out')).results);
  });

  test.each([...queries])('%s', async (title, sql) => {
    const { DuckDBInstance } = duckdb!;
    const instance = await DuckDBInstance.create(join(dirname(results.file), 'export', 'results.duckdb'), {
      access_mode: 'read_only',
    });
    const connection = await instance.connect();
    try {
      const expected = answers[title]!(results, [...results.tasks()]);
      expect(expected.length).toBeGreaterThan(0);
      const found = await query(connection, sql);
      expect(found.map((row) => (Array.isArray(row.tasks) ? { ...row, tasks: row.tasks.join() } : row))).toEqual(
        expected,
      );
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  });
});
