// Writes the results of a run as tables: CSV, JSON Lines, Parquet, or a DuckDB database.
import { rmSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { makeFolder, syncFolder } from '../../files/folders.ts';
import { storeError } from '../../files/storeError.ts';
import { temporaryPath } from '../../files/temporary.ts';
import { ResultsError, type RunResults } from '../read.ts';
import { DATABASE, DuckDbAbsentError, openDatabase } from './duckdb.ts';
import { RUN_PARTS } from './runTables.ts';
import { type Row, steadyPart, type Table, type TablePart } from './table.ts';
import { type ExportedTask, TASK_PARTS } from './taskTables.ts';
import { openTextFiles } from './text.ts';
import type { TableWriter } from './writer.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl', 'parquet', 'duckdb'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Without them two runs of the same work give the same tables: see `varies` of a column. */
  readonly times: boolean;
}

/** A table that was written. */
export interface ExportedTable {
  readonly table: string;
  readonly rows: number;
  readonly file: string;
}

/**
 * Writes the tables of a run into a folder: a file each, or a database with all of them. The files get their names when all are
 * complete, and take the place of those of an earlier export.
 * @throws StoreError where they cannot be written; ResultsError where the results cannot be read; DuckDbAbsentError
 */
export async function exportRun(
  results: RunResults,
  folder: string,
  { format, times }: ExportOptions,
): Promise<ExportedTable[]> {
  const parts = { run: times ? RUN_PARTS : steady(RUN_PARTS), task: times ? TASK_PARTS : steady(TASK_PARTS) };
  const tables = [...new Map([...parts.run, ...parts.task].map(({ table }) => [table.name, table])).values()];
  const counts = new Map(tables.map(({ name }) => [name, 0]));
  const temporary = await makeTemporary(folder);
  const tidy = (): void => rmSync(temporary, { recursive: true, force: true });
  process.once('exit', tidy);
  try {
    const writer = await openWriter(temporary, tables, format);
    try {
      const add = async <Source>({ table, rows }: TablePart<Source>, source: Source): Promise<void> => {
        await writer.add(
          table,
          counted(rows(source), (n) => counts.set(table.name, counts.get(table.name)! + n)),
        );
      };
      for (const part of parts.run) await add(part, results);
      for (const task of exportedTasks(results)) {
        for (const part of parts.task) await add(part, task);
        await setImmediate(); // signals are heard
      }
      await writer.end();
    } finally {
      await writer.close();
    }
    await nameFiles(temporary, folder);
    if (!times) await removeUnsteady(folder, format, counts);
    await syncFolder(folder);
  } catch (error) {
    if (error instanceof ResultsError || error instanceof DuckDbAbsentError) throw error;
    throw await storeError(error, folder, OPERATION, folder);
  } finally {
    process.off('exit', tidy);
    tidy();
  }
  return Array.from(counts, ([table, rows]) => ({ table, rows, file: join(folder, fileOf(table, format)) }));
}

function steady<Source>(parts: readonly TablePart<Source>[]): TablePart<Source>[] {
  return parts.flatMap((part) => steadyPart(part) ?? []);
}

function openWriter(folder: string, tables: readonly Table[], format: ExportFormat): Promise<TableWriter> {
  if (format === 'csv' || format === 'jsonl') return openTextFiles(folder, tables, format);
  return openDatabase(folder, tables, format);
}

function fileOf(table: string, format: ExportFormat): string {
  return format === 'duckdb' ? DATABASE : `${table}.${format}`;
}

function* counted(rows: Iterable<Row>, done: (count: number) => void): Generator<Row> {
  let count = 0;
  for (const row of rows) {
    count++;
    yield row;
  }
  done(count);
}

/** All tasks of the data set, in its order. */
function* exportedTasks({ run, tasks }: RunResults): Generator<ExportedTask> {
  const { index, of } = run.shard;
  const lines = tasks();
  try {
    let next = lines.next();
    for (const [place, task] of run.data.tasks.entries()) {
      const line = !next.done && next.value.task === task ? next.value : undefined;
      yield { task, place, ours: place % of === index - 1, line };
      if (line !== undefined) next = lines.next();
    }
  } finally {
    lines.return(); // closes the file
  }
}

const OPERATION = 'write the export';

/** Makes the folder, and one in it for files that are not complete. */
async function makeTemporary(folder: string): Promise<string> {
  const temporary = temporaryPath(folder);
  try {
    await makeFolder(temporary, new Set());
  } catch (error) {
    throw await storeError(error, folder, OPERATION, folder);
  }
  return temporary;
}

/** Gives all files in a folder their names in another one, when they are on the disk. */
async function nameFiles(from: string, to: string): Promise<void> {
  const names = await readdir(from);
  await Promise.all(
    names.map(async (name) => {
      const file = await open(join(from, name), 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }),
  );
  for (const name of names) await rename(join(from, name), join(to, name));
}

/** Removes what an earlier export left of tables that this one leaves out. */
async function removeUnsteady(
  folder: string,
  format: ExportFormat,
  written: ReadonlyMap<string, number>,
): Promise<void> {
  for (const { table } of [...RUN_PARTS, ...TASK_PARTS]) {
    if (format !== 'duckdb' && !written.has(table.name))
      await rm(join(folder, fileOf(table.name, format)), { force: true });
  }
}
