// Makes the bundled tasks, examples/tasks/<id>.json: one rule a task, samples drawn from a generator with a fixed seed, so that
// every run writes the same bytes. Run in the repository root.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { seeded } from '../src/pipeline/read/seeded.ts';

type Grid = number[][];
type Size = readonly [height: number, width: number];

interface Rule {
  readonly id: string;
  /** Sizes that the inputs of demo and test samples are made from. */
  readonly demo: readonly Size[];
  readonly test: readonly Size[];
  make(random: Random, size: Size): { input: Grid; output: Grid };
}

/** Random choices by a seed taken from a word, so that one task does not move the others. */
class Random {
  readonly #next: () => number;

  constructor(word: string) {
    let seed = 0x811c9dc5;
    for (const char of word) seed = Math.imul(seed ^ char.charCodeAt(0), 0x01000193);
    this.#next = seeded(seed);
  }

  /** An integer low..high. */
  int(low: number, high: number): number {
    return low + ((this.#next() * 2 ** 32) % (high - low + 1));
  }

  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }

  /** `count` different colours 1..9, none of `except`. */
  colours(count: number, ...except: number[]): number[] {
    return this.shuffled([1, 2, 3, 4, 5, 6, 7, 8, 9].filter((colour) => !except.includes(colour))).slice(0, count);
  }
}

const blank = ([height, width]: Size, colour = 0): Grid =>
  Array.from({ length: height }, () => Array(width).fill(colour));
const copy = (grid: Grid): Grid => grid.map((row) => [...row]);
const mapCells = (grid: Grid, change: (cell: number, r: number, c: number) => number): Grid =>
  grid.map((row, r) => row.map((cell, c) => change(cell, r, c)));
const turned = (grid: Grid): Grid => grid[0]!.map((_, c) => grid.map((row) => row[c]!).toReversed());
const filled = (random: Random, size: Size, colours: readonly number[]): Grid =>
  mapCells(blank(size), () => colours[random.int(0, colours.length - 1)]!);

interface Piece {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  readonly cells: number;
}

/**
 * Draws pieces onto `grid`, none touching another: rectangles of the given sizes, from 3 × 3 up without their upper left
 * corner, so that a piece is more than its box.
 */
function scatter(random: Random, grid: Grid, sizes: readonly Size[], colours: readonly number[]): Piece[] {
  let pieces: Piece[] = [];
  // A plan that is stuck starts anew.
  for (let tries = 1; pieces.length < sizes.length; tries++) {
    if (tries % 200 === 0) pieces = [];
    if (tries > 100_000) throw new Error('the pieces do not fit');
    const [height, width] = sizes[pieces.length]!;
    const top = random.int(0, grid.length - height);
    const left = random.int(0, grid[0]!.length - width);
    const free = (p: Piece) =>
      top > p.top + p.height || p.top > top + height || left > p.left + p.width || p.left > left + width;
    const cells = height * width - Number(isNotched(height, width));
    if (pieces.every(free)) pieces.push({ top, left, height, width, cells });
  }
  pieces.forEach(({ top, left, height, width }, k) => {
    for (let r = 0; r < height; r++) {
      for (let c = 0; c < width; c++) {
        if (r + c > 0 || !isNotched(height, width)) grid[top + r]![left + c] = colours[k % colours.length]!;
      }
    }
  });
  return pieces;
}

function isNotched(height: number, width: number): boolean {
  return height > 2 && width > 2;
}

const RULES: readonly Rule[] = [
  {
    // A 3 × 3 grid is tiled by itself wherever it has a coloured cell.
    id: 'self_tile',
    demo: [
      [3, 3],
      [3, 3],
      [3, 3],
      [3, 3],
    ],
    test: [[3, 3]],
    make(random, size) {
      const [colour] = random.colours(1);
      const set = new Set(random.shuffled([0, 1, 2, 3, 4, 5, 6, 7, 8]).slice(0, random.int(3, 6)));
      const input = mapCells(blank(size), (_, r, c) => (set.has(3 * r + c) ? colour! : 0));
      const output = mapCells(blank([9, 9]), (_, r, c) => {
        return input[Math.floor(r / 3)]![Math.floor(c / 3)] === 0 ? 0 : input[r % 3]![c % 3]!;
      });
      return { input, output };
    },
  },
  {
    // The mirror image is put to the right.
    id: 'mirror_beside',
    demo: [
      [1, 2],
      [4, 3],
      [6, 9],
    ],
    test: [
      [3, 5],
      [8, 7],
    ],
    make(random, size) {
      const input = filled(random, size, [0, ...random.colours(3)]);
      input[0]![0] = random.colours(1, input[0]!.at(-1)!)[0]!;
      return { input, output: input.map((row) => [...row, ...row.toReversed()]) };
    },
  },
  {
    // A quarter turn, clockwise.
    id: 'quarter_turn',
    demo: [
      [2, 5],
      [7, 4],
      [3, 3],
    ],
    test: [[9, 6]],
    make(random, size) {
      const input = filled(random, size, [0, ...random.colours(4)]);
      return { input, output: turned(input) };
    },
  },
  {
    // The piece with the most cells is cut out.
    id: 'largest_piece',
    demo: [
      [10, 10],
      [12, 9],
      [11, 12],
    ],
    test: [[15, 15]],
    make(random, size) {
      const input = blank(size);
      const sizes = random.shuffled<Size>([
        [2, 2],
        [1, 3],
        [3, random.int(4, 5)],
        [2, 1],
      ]);
      const pieces = scatter(random, input, sizes, random.colours(4));
      const { top, left, height, width } = pieces.reduce((best, piece) => (piece.cells > best.cells ? piece : best));
      return { input, output: input.slice(top, top + height).map((row) => row.slice(left, left + width)) };
    },
  },
  {
    // The piece with the fewest cells turns grey (5).
    id: 'smallest_grey',
    demo: [
      [9, 9],
      [10, 12],
      [11, 8],
    ],
    test: [[11, 10]],
    make(random, size) {
      const input = blank(size);
      const sizes = random.shuffled<Size>([
        [1, 2],
        [2, 2],
        [3, 3],
        [2, 3],
      ]);
      const pieces = scatter(random, input, sizes, random.colours(2, 5));
      const { top, left, height, width } = pieces.reduce((best, piece) => (piece.cells < best.cells ? piece : best));
      const inside = (r: number, c: number) => r >= top && r < top + height && c >= left && c < left + width;
      return { input, output: mapCells(input, (cell, r, c) => (cell !== 0 && inside(r, c) ? 5 : cell)) };
    },
  },
  {
    // Each dot gets a yellow (4) ring of eight cells.
    id: 'ring_dots',
    demo: [
      [7, 7],
      [9, 12],
      [10, 10],
    ],
    test: [[12, 11]],
    make(random, size) {
      const input = blank(size);
      const dots = Math.max(2, Math.floor((size[0] * size[1]) / 40));
      // A block of 3 × 3 is kept free for every ring.
      const room = blank(size);
      const blocks = scatter(
        random,
        room,
        Array.from({ length: dots }, () => [3, 3] as const),
        [1],
      );
      const colours = random.colours(dots, 4);
      blocks.forEach(({ top, left }, k) => {
        input[top + 1]![left + 1] = colours[k % colours.length]!;
      });
      const output = copy(input);
      for (const { top, left } of blocks) {
        for (let r = top; r < top + 3; r++) for (let c = left; c < left + 3; c++) output[r]![c] ||= 4;
      }
      return { input, output };
    },
  },
  {
    // Coloured cells fall to the bottom of their column and keep their order.
    id: 'fall_down',
    demo: [
      [4, 4],
      [6, 5],
      [8, 7],
    ],
    test: [
      [7, 9],
      [9, 11],
    ],
    make(random, size) {
      const input = filled(random, size, [0, 0, 0, ...random.colours(3)]);
      const output = blank(size);
      for (let c = 0; c < size[1]; c++) {
        const fallen = input.map((row) => row[c]!).filter((cell) => cell !== 0);
        fallen.forEach((cell, k) => {
          output[size[0] - fallen.length + k]![c] = cell;
        });
      }
      return { input, output };
    },
  },
  {
    // Closed rooms are filled with red (2); a room with a door stays empty.
    id: 'fill_rooms',
    demo: [
      [9, 9],
      [11, 10],
      [10, 12],
    ],
    test: [[12, 11]],
    make(random, size) {
      const input = blank(size);
      const output = blank(size);
      const [wall] = random.colours(1, 2);
      const sizes = random.shuffled<Size>([
        [4, 4],
        [3, random.int(3, 5)],
        [random.int(3, 4), 3],
      ]);
      // Scattered with a free row and column around, so that no room is closed by another.
      const rooms = scatter(random, blank(size), sizes, [wall!]);
      rooms.forEach(({ top, left, height, width }, k) => {
        const hasDoor = k === 0;
        for (let r = top; r < top + height; r++) {
          for (let c = left; c < left + width; c++) {
            const inner = r > top && r < top + height - 1 && c > left && c < left + width - 1;
            const door = hasDoor && r === top && c === left + 1;
            if (!inner && !door) input[r]![c] = wall!;
            output[r]![c] = inner && !hasDoor ? 2 : input[r]![c]!;
          }
        }
      });
      return { input, output };
    },
  },
  {
    // As many cells in a row as there are pieces, in their colour.
    id: 'count_pieces',
    demo: [
      [6, 6],
      [9, 8],
      [8, 10],
    ],
    test: [[9, 11]],
    make(random, size) {
      const input = blank(size);
      const count = random.int(2, Math.min(6, Math.floor((size[0] * size[1]) / 15)));
      const sizes: Size[] = Array.from({ length: count }, () => [random.int(1, 2), random.int(1, 2)]);
      const [colour] = random.colours(1);
      scatter(random, input, sizes, [colour!]);
      return { input, output: [Array(count).fill(colour!)] };
    },
  },
  {
    // Blue (1) and red (2) change places.
    id: 'swap_colours',
    demo: [
      [1, 1],
      [3, 8],
      [9, 9],
      [7, 6],
    ],
    test: [[1, 30]],
    make(random, size) {
      const input = filled(random, size, [1, 2, 0, ...random.colours(2, 1, 2)]);
      input[0]![0] = random.int(1, 2);
      return { input, output: mapCells(input, (cell) => (cell === 1 ? 2 : cell === 2 ? 1 : cell)) };
    },
  },
  {
    // Each pink (6) cell sends a ray of its colour up to the border.
    id: 'rays_up',
    demo: [
      [5, 6],
      [10, 7],
      [9, 9],
    ],
    test: [[11, 12]],
    make(random, size) {
      const input = blank(size);
      const columns = random.shuffled(input[0]!.map((_, c) => c)).slice(0, Math.ceil(size[1] / 4));
      for (const c of columns) input[random.int(1, size[0] - 1)]![c] = 6;
      return { input, output: mapCells(input, (_, r, c) => (input.slice(r).some((row) => row[c] === 6) ? 6 : 0)) };
    },
  },
  {
    // Left and right of the grey (5) bar are two pictures; what both have is kept.
    id: 'both_halves',
    demo: [
      [3, 3],
      [4, 5],
      [6, 4],
    ],
    test: [[5, 5]],
    make(random, size) {
      const [colour] = random.colours(1, 5);
      const left = filled(random, size, [0, colour!]);
      const right = filled(random, size, [0, colour!]);
      left[0]![0] = right[0]![0] = colour!;
      left[0]![1] = 0;
      right[0]![1] = colour!;
      const input = left.map((row, r) => [...row, 5, ...right[r]!]);
      return { input, output: mapCells(left, (cell, r, c) => (right[r]![c] === cell ? cell : 0)) };
    },
  },
  {
    // Bars that stand on the floor are sorted by height, the lowest to the left.
    id: 'sort_bars',
    demo: [
      [5, 4],
      [8, 6],
      [9, 9],
    ],
    test: [[11, 10]],
    make(random, size) {
      const [height, width] = size;
      const colours = random.colours(9);
      const heights = random.shuffled(Array.from({ length: height }, (_, k) => k + 1)).slice(0, width);
      const bars = heights.map((bar, k) => ({ bar, colour: colours[k % 9]! }));
      const draw = (list: typeof bars): Grid =>
        mapCells(blank(size), (_, r, c) => (list[c] !== undefined && height - r <= list[c].bar ? list[c].colour : 0));
      return { input: draw(bars), output: draw(bars.toSorted((a, b) => a.bar - b.bar)) };
    },
  },
  {
    // Every second cell of the frame is coloured, clockwise from the upper left corner.
    id: 'dashed_frame',
    demo: [
      [5, 5],
      [7, 9],
      [10, 6],
    ],
    test: [[9, 11]],
    make(random, size) {
      const [height, width] = size;
      const [colour] = random.colours(1);
      const input = blank(size);
      input[0]![0] = colour!;
      const frame: Size[] = [];
      for (let c = 0; c < width; c++) frame.push([0, c]);
      for (let r = 1; r < height; r++) frame.push([r, width - 1]);
      for (let c = width - 2; c >= 0; c--) frame.push([height - 1, c]);
      for (let r = height - 2; r > 0; r--) frame.push([r, 0]);
      const output = copy(input);
      frame.forEach(([r, c], k) => {
        if (k % 2 === 0) output[r]![c] = colour!;
      });
      return { input, output };
    },
  },
];

/** The bundled tasks: text of each file by its name. */
export function makeExamples(): Map<string, string> {
  return new Map(
    RULES.map((rule) => {
      const random = new Random(rule.id);
      const seen = new Set<string>();
      const draw = (size: Size): string => {
        for (;;) {
          const { input, output } = rule.make(random, size);
          const isIdle = JSON.stringify(input) === JSON.stringify(output);
          const text = `    {"input": ${JSON.stringify(input)},\n     "output": ${JSON.stringify(output)}}`;
          if (isIdle || seen.has(text)) continue;
          seen.add(text);
          return text;
        }
      };
      const [train, test] = [rule.demo, rule.test].map((sizes) => sizes.map(draw).join(',\n'));
      return [`${rule.id}.json`, `{\n  "train": [\n${train}\n  ],\n  "test": [\n${test}\n  ]\n}\n`];
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = join('examples', 'tasks');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of makeExamples()) writeFileSync(join(folder, name), text);
}
