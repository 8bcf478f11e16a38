// Tables as a DuckDB database, or by way of one as Parquet files, with a package that is loaded only then.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBAppender, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { ColumnType, Row, Table } from './table.ts';
import type { TableWriter } from './writer.ts';

type DuckDb = typeof import('@duckdb/node-api');

/** DuckDB is not installed, or cannot be loaded. The message says what to do. */
export class DuckDbAbsentError extends Error {
  override readonly name = 'DuckDbAbsentError';
}

/** The file of a database. */
export const DATABASE = 'results.duckdb';

/** One thread, so that rows keep their order and the same tables give the same Parquet files; memory stays flat. */
const OPTIONS = { threads: '1', memory_limit: '512MB' };

/**
 * Makes a database in a folder, whose tables end as files `<table>.parquet` where that is asked for.
 * @throws DuckDbAbsentError
 */
export async function openDatabase(
  folder: string,
  tables: readonly Table[],
  format: 'duckdb' | 'parquet',
): Promise<TableWriter> {
  const duckdb = await loadDuckDb(format);
  const file = join(folder, DATABASE);
  const instance = await duckdb.DuckDBInstance.create(file, OPTIONS);
  const connection = await instance.connect();
  const appenders = new Map<string, TableAppender>();
  for (const table of tables) {
    const columns = table.columns.map(({ name, type }) => `${quoted(name)} ${type}`);
    await connection.run(`CREATE TABLE ${quoted(table.name)} (${columns.join(', ')})`);
    appenders.set(table.name, new TableAppender(duckdb, await connection.createAppender(table.name), table));
  }
  return {
    async add({ name }, rows) {
      appenders.get(name)!.add(rows);
    },
    async end() {
      for (const appender of appenders.values()) appender.end();
      if (format === 'duckdb') await connection.run('CHECKPOINT');
      else for (const { name } of tables) await connection.run(copyStatement(name, join(folder, `${name}.parquet`)));
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      if (format === 'parquet') await rm(file, { force: true });
    },
  };
}

async function loadDuckDb(format: string): Promise<DuckDb> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new DuckDbAbsentError(
      `--format ${format}: DuckDB is needed, and the package @duckdb/node-api cannot be loaded; ` +
        `npm install @duckdb/node-api (${reason}); csv and jsonl need no package`,
      { cause: error },
    );
  }
}

function quoted(name: string): string {
  return `"${name}"`;
}

function copyStatement(table: string, path: string): string {
  return `COPY ${quoted(table)} TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`;
}

/** Rows that DuckDB takes at a time: the size of its vectors. */
const CHUNK = 2048;

/** Hands rows to a table of the database, a chunk at a time. */
class TableAppender {
  readonly #appender: DuckDBAppender;
  readonly #chunk: DuckDBDataChunk;
  readonly #types: readonly ColumnType[];
  readonly #columns: readonly DuckDBValue[][];
  readonly #timestamp: (text: string) => DuckDBValue;

  constructor(duckdb: DuckDb, appender: DuckDBAppender, { columns }: Table) {
    this.#appender = appender;
    this.#types = columns.map(({ type }) => type);
    this.#columns = columns.map(() => []);
    this.#chunk = duckdb.DuckDBDataChunk.create(this.#types.map((type) => typeOf(duckdb, type)));
    this.#timestamp = (text) => new duckdb.DuckDBTimestampValue(BigInt(Date.parse(text)) * 1000n);
  }

  add(rows: Iterable<Row>): void {
    const columns = this.#columns;
    for (const row of rows) {
      for (let k = 0; k < columns.length; k++) {
        const cell = row[k]!;
        columns[k]!.push(typeof cell === 'string' && this.#types[k] === 'TIMESTAMP' ? this.#timestamp(cell) : cell);
      }
      if (columns[0]!.length === CHUNK) this.#flush();
    }
  }

  #flush(): void {
    this.#chunk.reset();
    this.#chunk.setColumns(this.#columns);
    this.#appender.appendDataChunk(this.#chunk);
    for (const values of this.#columns) values.length = 0;
  }

  end(): void {
    if (this.#columns[0]!.length > 0) this.#flush();
    this.#appender.closeSync();
  }
}

function typeOf({ BOOLEAN, DOUBLE, INTEGER, TIMESTAMP, VARCHAR }: DuckDb, type: ColumnType): DuckDBType {
  return { BOOLEAN, DOUBLE, INTEGER, TIMESTAMP, VARCHAR }[type];
}
