// What a table of an export is: typed columns, and rows in an order that the results decide.

/** A type of a column, by its name in SQL. A `TIMESTAMP` is UTC, here as a text of ISO 8601. */
export type ColumnType = 'INTEGER' | 'DOUBLE' | 'VARCHAR' | 'BOOLEAN' | 'TIMESTAMP';

/** A value; null where it is not known, or where there is none. */
export type Cell = number | string | boolean | null;

/** A cell for each column. */
export type Row = readonly Cell[];

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Two runs of the same work may differ in it: times, and what it was run on. */
  readonly varies: boolean;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** A table, and the rows that a part of the results adds to it. */
export interface TablePart<Source> {
  readonly table: Table;
  rows(source: Source): Iterable<Row>;
}

/**
 * A table from a short form of its columns: type by name, with a `~` before the type where two runs of the same work may
 * differ.
 */
export function table(name: string, columns: Readonly<Record<string, ColumnType | `~${ColumnType}`>>): Table {
  return {
    name,
    columns: Object.entries(columns).map(([column, form]) => ({
      name: column,
      type: form.replace('~', '') as ColumnType,
      varies: form.startsWith('~'),
    })),
  };
}

/** The part with the columns that no two runs of the same work differ in; undefined where all of its columns vary. */
export function steadyPart<Source>({ table, rows }: TablePart<Source>): TablePart<Source> | undefined {
  const places = table.columns.flatMap(({ varies }, place) => (varies ? [] : [place]));
  if (places.length === 0) return undefined;
  if (places.length === table.columns.length) return { table, rows };
  return {
    table: { ...table, columns: places.map((place) => table.columns[place]!) },
    *rows(source) {
      for (const row of rows(source)) yield places.map((place) => row[place]!);
    },
  };
}
