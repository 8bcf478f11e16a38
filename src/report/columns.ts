// Text in columns.

/**
 * Rows as lines, each column as wide as its widest entry; two blanks between columns, none at the end of a line.
 * @param align one letter a column: `l` or `r`
 */
export function columns(rows: readonly (readonly string[])[], align: string): string[] {
  const widths = Array.from(align, (_, c) => rows.reduce((most, row) => Math.max(most, row[c]!.length), 0));
  return rows.map((row) =>
    row
      .map((text, c) => (align[c] === 'r' ? text.padStart(widths[c]!) : text.padEnd(widths[c]!)))
      .join('  ')
      .trimEnd(),
  );
}
