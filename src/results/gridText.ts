// Grids as short texts in results: a hexadecimal digit a cell, rows joined by `/`: `012/345`.

/** A grid of at least 1 × 1 cells 0..15. */
export interface TextGrid {
  readonly height: number;
  readonly width: number;
  /** Row-major. */
  readonly cells: ArrayLike<number>;
}

/** The text of a grid whose cells are all 0..15. */
export function gridText({ height, width, cells }: TextGrid): string {
  const rows: string[] = [];
  for (let r = 0; r < height; r++) {
    let row = '';
    for (let c = 0; c < width; c++) row += cells[r * width + c]!.toString(16);
    rows.push(row);
  }
  return rows.join('/');
}

/** The rows of a text, each a list of cells. */
export function gridRows(text: string): number[][] {
  return text.split('/').map((row) => Array.from(row, (digit) => Number.parseInt(digit, 16)));
}

/** Whether a text is that of a grid of 1 to `most` equally long rows and columns, with cells up to `largest`. */
export function isGridText(text: string, largest: 9 | 15, most: number): boolean {
  const other = largest === 9 ? /[^0-9]/ : /[^0-9a-f]/;
  const rows = text.split('/');
  const width = rows[0]!.length;
  if (rows.length > most || width < 1 || width > most) return false;
  return rows.every((row) => row.length === width && !other.test(row));
}
