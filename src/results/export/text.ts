// Tables as CSV (RFC 4180, lines end with a line feed) and as JSON Lines (an object a row).
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cell, Row, Table } from './table.ts';
import type { TableWriter } from './writer.ts';

/** How rows become lines. */
interface TextFormat {
  /** The first line, if there is one. */
  head(table: Table): string;
  /** Makes the lines of a table. */
  line(table: Table): (row: Row) => string;
}

export type TextFormatName = 'csv' | 'jsonl';

const FORMATS: Readonly<Record<TextFormatName, TextFormat>> = {
  csv: {
    head: ({ columns }) => `${columns.map(({ name }) => csvField(name)).join(',')}\n`,
    line: () => (row) => `${row.map(csvField).join(',')}\n`,
  },
  jsonl: {
    head: () => '',
    line({ columns }) {
      const heads = columns.map(({ name }, k) => `${k === 0 ? '{' : ','}${JSON.stringify(name)}:`);
      return (row) => `${row.map((cell, k) => heads[k]! + json(cell)).join('')}}\n`;
    },
  },
};

function json(cell: Cell): string {
  return typeof cell === 'string' ? JSON.stringify(cell) : String(cell);
}

/**
 * Nothing for null; an empty text is quoted, so that the two can be told apart. A text that a spreadsheet would take for a
 * formula has an apostrophe before it, and so has one that begins with an apostrophe, so that all are read back.
 */
function csvField(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = /^['=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Characters that are collected before they are written. */
const PIECE = 1 << 20;

/** A file of lines that is being written. */
class TextFile {
  readonly #file: FileHandle;
  readonly #line: (row: Row) => string;
  #text: string;

  constructor(file: FileHandle, head: string, line: (row: Row) => string) {
    this.#file = file;
    this.#text = head;
    this.#line = line;
  }

  async add(rows: Iterable<Row>): Promise<void> {
    for (const row of rows) {
      this.#text += this.#line(row);
      if (this.#text.length > PIECE) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    await this.#file.appendFile(text);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

/** Makes a file `<table>.<format>` for each table. */
export async function openTextFiles(
  folder: string,
  tables: readonly Table[],
  format: TextFormatName,
): Promise<TableWriter> {
  const files = new Map<string, TextFile>();
  const { head, line } = FORMATS[format];
  const close = async (): Promise<void> => {
    for (const file of files.values()) await file.close();
  };
  try {
    for (const table of tables) {
      const file = await open(join(folder, `${table.name}.${format}`), 'wx');
      files.set(table.name, new TextFile(file, head(table), line(table)));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    add: ({ name }, rows) => files.get(name)!.add(rows),
    async end() {
      for (const file of files.values()) await file.flush();
    },
    close,
  };
}
