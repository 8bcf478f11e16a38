// What takes the tables of an export.
import type { Row, Table } from './table.ts';

/** Writes tables into files of a folder. */
export interface TableWriter {
  /** Adds rows to the end of one of its tables. */
  add(table: Table, rows: Iterable<Row>): Promise<void>;
  /** Completes the files. */
  end(): Promise<void>;
  /** Gives back what it holds; called once, also after an error. */
  close(): Promise<void>;
}
