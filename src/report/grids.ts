// Grids side by side in a terminal: two columns a cell, in ARC's colours or as digits, wrong cells marked.
import { plural } from './numbers.ts';

/** A grid to show: height × width cells row by row; any ints, colours are 0..9. */
interface ShownGrid {
  readonly height: number;
  readonly width: number;
  readonly cells: ArrayLike<number>;
  /** Cells of a row in `cells`, where it has not all columns; see `OutputGrid`. */
  readonly stride?: number | undefined;
}

/** A grid and what stands above it. Cells that differ from `expected`, or lie outside it, are marked. */
export interface Panel {
  readonly title: string;
  readonly grid: ShownGrid;
  readonly expected?: ShownGrid | null;
}

/** ARC's ten colours in the 256 of terminals. */
const BACKGROUNDS = [16, 32, 203, 41, 220, 248, 199, 208, 117, 88];
/** Dark colours, on which a mark is white. */
const DARK = new Set([0, 1, 9]);
/** Rows and columns of larger grids that are shown. */
const MOST = 30;
const GAP = '   ';

/**
 * The panels as lines without line feeds: side by side where they fit, else one above the other.
 * @param columns width of the terminal
 */
export function gridPanels(panels: readonly Panel[], colour: boolean, columns: number): string[] {
  const blocks = panels.map((panel) => block(panel, colour));
  const widths = blocks.map(({ width }) => width);
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (panels.length - 1));
  if (total > columns) return blocks.flatMap(({ lines }) => lines.map(({ text }) => text));
  const height = Math.max(...blocks.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    blocks
      .map(({ lines, width }) => {
        const line = lines[row] ?? { text: '', width: 0 };
        return line.text + ' '.repeat(width - line.width);
      })
      .join(GAP)
      .trimEnd(),
  );
}

interface Line {
  readonly text: string;
  /** Columns that the text takes. */
  readonly width: number;
}

function block({ title, grid, expected }: Panel, colour: boolean): { lines: Line[]; width: number } {
  const head = `${title} ${grid.height} × ${grid.width}`;
  const lines: Line[] = [{ text: head, width: head.length }];
  const height = Math.min(grid.height, MOST);
  const width = Math.min(grid.width, MOST);
  for (let r = 0; r < height; r++) {
    let text = '';
    for (let c = 0; c < width; c++) {
      const value = grid.cells[r * (grid.stride ?? grid.width) + c]!;
      const wrong = expected != null && !has(expected, r, c, value);
      text += colour ? coloured(value, wrong) : digits(value, wrong);
    }
    lines.push({ text: colour ? `${text}\x1b[0m` : text, width: 2 * width });
  }
  if (height < grid.height || width < grid.width) {
    const outside = expected == null ? 0 : wrongOutside(grid, expected, height, width);
    const wrong = outside === 0 ? '' : `; ${plural(outside, 'wrong cell')} outside`;
    const note = `(its top left ${height} × ${width}${wrong})`;
    lines.push({ text: note, width: note.length });
  }
  return { lines, width: Math.max(...lines.map((line) => line.width)) };
}

/** Wrong cells of a grid outside its top left that is shown, of those that are there. */
function wrongOutside(grid: ShownGrid, expected: ShownGrid, height: number, width: number): number {
  const stride = grid.stride ?? grid.width;
  const rows = Math.floor(grid.cells.length / stride);
  let wrong = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < stride; c++) {
      if ((r >= height || c >= width) && !has(expected, r, c, grid.cells[r * stride + c]!)) wrong++;
    }
  }
  return wrong;
}

function has(grid: ShownGrid, row: number, column: number, value: number): boolean {
  return row < grid.height && column < grid.width && grid.cells[row * grid.width + column] === value;
}

function coloured(value: number, wrong: boolean): string {
  const background = BACKGROUNDS[value];
  if (background === undefined) return `\x1b[0m${digits(value, wrong)}`;
  return `\x1b[48;5;${background};38;5;${DARK.has(value) ? 231 : 16}m${wrong ? '><' : '  '}`;
}

// A number that does not fit its column is `#`.
function digits(value: number, wrong: boolean): string {
  const text = String(value);
  if (wrong) return `*${text.length === 1 ? text : '#'}`;
  return text.length > 2 ? ' #' : text.padStart(2);
}
