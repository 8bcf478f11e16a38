// What an export must hold, said plainly from the lines; and readers of the files, each giving rows as objects.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isSolved } from '../../src/results/rows.ts';
import type { MadeRun } from './runFile.ts';
import { summaryOf } from './runFile.ts';

type Cell = string | number | boolean | null;
export type RowObject = Readonly<Record<string, Cell>>;
export type Tables = Readonly<Record<string, readonly RowObject[]>>;

/** DuckDB, or undefined where it is not installed, which is said. */
export const duckdb: typeof import('@duckdb/node-api') | undefined = await import('@duckdb/node-api').catch(() => {
  console.log('left out: Parquet and DuckDB, as the package @duckdb/node-api is not installed');
  return undefined;
});

/** The tables of a finished or unfinished run. */
export function expectedTables(made: MadeRun, finished: boolean): Tables {
  const { run, candidates, tasks } = made;
  const summary = finished ? summaryOf(made, run.data.tasks.length) : undefined;
  const { counts } = run;
  const byTask = new Map(tasks.map((line) => [line.task, line]));
  const ordered = run.data.tasks.flatMap((id) => byTask.get(id) ?? []);
  return {
    runs: [
      {
        run: run.id,
        started: run.started,
        seconds: summary?.seconds ?? null,
        node: run.node,
        engine: run.engine,
        flags: JSON.stringify(run.flags),
        data: run.data.name,
        data_digest: run.data.digest,
        tasks: run.data.tasks.length,
        shard: run.shard.index,
        shards: run.shard.of,
        finished,
        ...counts,
      },
    ],
    batteries: run.batteries.map((battery) => ({ ...battery })),
    invalid: run.invalid.map(({ column, ...rest }) => ({ ...rest, col: column })),
    strays: run.strays.map(({ column, ...rest }) => ({ ...rest, col: column })),
    candidates: candidates.map(({ also: _, ...row }, candidate) => ({ candidate, ...row })),
    duplicates: candidates.flatMap(({ also }, candidate) => also.map((solver_id) => ({ candidate, solver_id }))),
    tasks: run.data.tasks.map((task, place) => {
      const line = byTask.get(task);
      const known = line !== undefined && line.known[0] === line.demos && line.known[1] === line.tests;
      return {
        task,
        place,
        state: line === undefined ? 'missing' : line.cut === undefined ? 'done' : 'cut',
        demos: line?.demos ?? null,
        tests: line?.tests ?? null,
        known_demos: line?.known[0] ?? null,
        known_tests: line?.known[1] ?? null,
        solved: known ? isSolved(line) : null,
        best: line?.best[0] ?? null,
        read: line?.counts.read ?? null,
        invalid: line?.counts.invalid ?? null,
        duplicate: line?.counts.duplicate ?? null,
        skipped: line?.counts.skipped ?? null,
        scored: line?.counts.scored ?? null,
        pairs: line?.counts.pairs ?? null,
        backend: line?.backend ?? null,
        device: line?.device ?? null,
        fell_back: null,
      };
    }),
    scores: ordered.flatMap((line) =>
      line.scores.demo.map((demo, k) => {
        const candidate = k;
        const test = line.scores.test?.[k] ?? null;
        const file = line.stored?.find((stored) => stored.candidate === candidate);
        const rank = line.best.indexOf(candidate);
        return {
          task: line.task,
          candidate,
          rank: rank < 0 ? null : rank + 1,
          o_score: demo + (test ?? 0),
          demo,
          demos: line.known[0],
          test,
          tests: test === null ? null : line.known[1],
          cells: line.scores.cells[k]!,
          stored: line.stored === undefined ? null : file !== undefined,
          md5: file?.md5 ?? null,
          peer_md5: file?.peer_md5 ?? null,
          form: file?.form ?? null,
          t_log: file?.t_log ?? null,
        };
      }),
    ),
    verdicts: ordered.flatMap(({ task, scores }) =>
      scores.verdicts.flatMap((kind, k) =>
        Object.keys(scores.kinds[kind]!)
          .sort()
          .map((verdict) => {
            return { task, candidate: k, verdict, samples: scores.kinds[kind]![verdict]! };
          }),
      ),
    ),
    unlinked: ordered.flatMap(({ task, unlinked = [] }) =>
      unlinked.flatMap(({ reason, candidates }) => candidates.map((candidate) => ({ task, candidate, reason }))),
    ),
    differs: ordered.flatMap(({ task, differs = [] }) =>
      differs.flatMap(({ name, md5, iz, zo }): RowObject[] => {
        const rows = [
          ...Object.entries(iz).map(([solver_id, score]) => ({ task, name, md5, kind: 'iz', solver_id, score })),
          ...Object.entries(zo).map(([solver_id, score]) => ({ task, name, md5, kind: 'zo', solver_id, score })),
        ];
        return rows.length > 0 ? rows : [{ task, name, md5, kind: null, solver_id: null, score: null }];
      }),
    ),
    attempts: ordered.flatMap(({ task, attempts = [] }) =>
      attempts.flatMap((list, test) => list.map((row, k) => ({ task, test, attempt: k + 1, ...row }))),
    ),
    outputs: ordered.flatMap(({ task, demos, shown = [] }) =>
      shown.flatMap(({ candidate, outputs }) =>
        outputs.map((grid, k) => {
          const isDemo = k < demos;
          return { task, candidate, kind: isDemo ? 'demo' : 'test', sample: isDemo ? k : k - demos, grid };
        }),
      ),
    ),
    messages: ordered.flatMap(({ task, failures = [], notes = [] }) => [
      ...failures.map((message) => ({ task, kind: 'failure', message })),
      ...notes.map((message) => ({ task, kind: 'note', message })),
    ]),
    timings: [
      ...Object.entries(summary?.timing ?? {}).map(([key, seconds]) => ({ task: null, key, seconds })),
      ...ordered.flatMap(({ task, timing }) =>
        Object.entries(timing).map(([key, seconds]) => ({ task, key, seconds })),
      ),
    ],
  };
}

/** Reads the files of an export in JSON Lines. */
export function readJsonl(folder: string, tables: Iterable<string>): Tables {
  return Object.fromEntries(
    Array.from(tables, (table) => {
      const lines = readFileSync(join(folder, `${table}.jsonl`), 'utf8').split('\n');
      return [table, lines.slice(0, -1).map((line) => JSON.parse(line) as RowObject)];
    }),
  );
}

/** Reads the files of an export in CSV: fields as they stand, null where one is empty and not quoted. */
export function readCsv(folder: string, tables: Iterable<string>): Tables {
  return Object.fromEntries(
    Array.from(tables, (table) => {
      const [head, ...rows] = csvRecords(readFileSync(join(folder, `${table}.csv`), 'utf8'));
      return [table, rows.map((row) => Object.fromEntries(row.map((field, k) => [head![k]!, field])))];
    }),
  );
}

/** All values as the texts that CSV has for them. */
export function asTexts(tables: Tables): Tables {
  const text = (cell: Cell): string | null => {
    if (cell === null) return null;
    // a spreadsheet shall not take a text for a formula
    return typeof cell === 'string' && ["'", '=', '+', '-', '@', '\t', '\r'].includes(cell.charAt(0))
      ? `'${cell}`
      : String(cell);
  };
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, text(cell)]))),
    ]),
  );
}

/** The records of RFC 4180, character for character. */
function csvRecords(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  for (let at = 0; at < text.length; ) {
    const record: (string | null)[] = [];
    for (;;) {
      let field: string | null = null;
      if (text[at] === '"') {
        field = '';
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (text[at] === '"') at++;
          if (at >= text.length) throw new Error('a quote is open');
          field += text[at];
        }
        at++;
      } else {
        const [bare] = /[^,\n]*/y.exec(text.slice(at))!;
        if (bare.includes('"') || bare.includes('\r')) throw new Error(`not quoted: ${bare}`);
        at += bare.length;
        if (bare !== '') field = bare;
      }
      record.push(field);
      if (text[at] !== ',' && text[at] !== '\n') throw new Error(`found ${text[at]} behind a field`);
      if (text[at++] === '\n') break;
    }
    records.push(record);
  }
  return records;
}

/** Reads tables through DuckDB. */
export async function readSql(
  { DuckDBInstance }: NonNullable<typeof duckdb>,
  database: string,
  tables: Iterable<string>,
  from: (table: string) => string,
): Promise<Tables> {
  const instance = await DuckDBInstance.create(database, {
    access_mode: database === ':memory:' ? 'automatic' : 'read_only',
  });
  const connection = await instance.connect();
  try {
    const entries: [string, RowObject[]][] = [];
    for (const table of tables) entries.push([table, await query(connection, `SELECT * FROM ${from(table)}`)]);
    return Object.fromEntries(entries);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The rows of a query: 64-bit sums as numbers, times as ISO 8601. */
export async function query(connection: DuckDBConnection, sql: string): Promise<RowObject[]> {
  const rows = await (await connection.runAndReadAll(sql)).getRowObjectsJS();
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [
        name,
        cell instanceof Date ? cell.toISOString() : typeof cell === 'bigint' ? Number(cell) : (cell as Cell),
      ]),
    ),
  );
}
