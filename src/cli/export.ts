// `batt export`: the results of a run as tables for other programs.
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { columns } from '../report/columns.ts';
import { grouped } from '../report/numbers.ts';
import { EXPORT_FORMATS, type ExportFormat, exportRun } from '../results/export/export.ts';
import { findRun } from '../results/find.ts';
import { readResults } from '../results/read.ts';
import { EXIT_INTERRUPTED } from './exit.ts';
import { print, printJson } from './output.ts';
import { value } from './values.ts';

interface ExportFlags {
  readonly format: ExportFormat;
  readonly times: boolean;
  readonly output?: string;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .addOption(
      new Option('--format <name>', 'csv and jsonl: a text file a table; parquet: a file a table; duckdb: a database')
        .choices(EXPORT_FORMATS)
        .makeOptionMandatory(),
    )
    .option('--no-times', 'leave out times, the run’s id, and on what it was run: then runs of the same work are equal')
    .option('-o, --output <folder>', 'where the files go (default: export/ in the folder of the run)', value)
    .option('--json', 'print one JSON document')
    .action((run: string, flags: ExportFlags) => exportTables(run, flags));
}

async function exportTables(path: string, { format, times, output, json }: ExportFlags): Promise<void> {
  const { results: file } = findRun(path);
  const results = readResults(file);
  const folder = output ?? join(dirname(file), 'export');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(EXIT_INTERRUPTED));
  const tables = await exportRun(results, folder, { format, times });
  if (json) printJson({ schema: 1, type: 'export', run: results.run.id, format, times, folder, tables });
  else
    print(
      columns(
        tables.map(({ table, rows, file }) => [table, grouped(rows), file]),
        'lrl',
      ).join('\n'),
    );
}
