// The tables of a run as a whole, and of its candidates.
import type { RunResults } from '../read.ts';
import { type Row, type TablePart, table } from './table.ts';
import { TIMINGS, timingRows } from './timings.ts';

/** In the order in which they are written. */
export const RUN_PARTS: readonly TablePart<RunResults>[] = [
  {
    table: table('runs', {
      run: '~VARCHAR',
      started: '~TIMESTAMP',
      seconds: '~DOUBLE',
      node: '~VARCHAR',
      engine: 'VARCHAR',
      flags: 'VARCHAR',
      data: 'VARCHAR',
      data_digest: 'VARCHAR',
      tasks: 'INTEGER',
      shard: 'INTEGER',
      shards: 'INTEGER',
      finished: 'BOOLEAN',
      read: 'INTEGER',
      invalid: 'INTEGER',
      duplicate: 'INTEGER',
      skipped: 'INTEGER',
      scored: 'INTEGER',
    }),
    rows({ run, summary }) {
      const { counts, data, shard } = run;
      return [
        [
          run.id,
          run.started,
          summary?.seconds ?? null,
          run.node,
          run.engine,
          JSON.stringify(run.flags),
          data.name,
          data.digest,
          data.tasks.length,
          shard.index,
          shard.of,
          summary !== undefined,
          counts.read,
          counts.invalid,
          counts.duplicate,
          counts.skipped,
          counts.scored,
        ],
      ];
    },
  },
  {
    table: table('batteries', { file: 'VARCHAR', digest: 'VARCHAR' }),
    rows: ({ run }) => run.batteries.map(({ file, digest }) => [file, digest]),
  },
  {
    table: table('invalid', { file: 'VARCHAR', line: 'INTEGER', col: 'INTEGER', name: 'VARCHAR', reason: 'VARCHAR' }),
    rows: ({ run }) => run.invalid.map(({ file, line, column, name, reason }) => [file, line, column, name, reason]),
  },
  {
    table: table('strays', { file: 'VARCHAR', line: 'INTEGER', col: 'INTEGER', reason: 'VARCHAR' }),
    rows: ({ run }) => run.strays.map(({ file, line, column, reason }) => [file, line, column, reason]),
  },
  {
    table: table('candidates', {
      candidate: 'INTEGER',
      solver_id: 'VARCHAR',
      source: 'VARCHAR',
      line: 'INTEGER',
      size: 'INTEGER',
    }),
    *rows({ candidates }): Generator<Row> {
      for (const [k, { solver_id, source, line, size }] of candidates.entries()) {
        yield [k, solver_id, source, line, size];
      }
    },
  },
  {
    table: table('duplicates', { candidate: 'INTEGER', solver_id: 'VARCHAR' }),
    *rows({ candidates }): Generator<Row> {
      for (const [k, { also }] of candidates.entries()) for (const id of also) yield [k, id];
    },
  },
  { table: TIMINGS, rows: ({ summary }) => timingRows(null, summary?.timing ?? {}) },
];
