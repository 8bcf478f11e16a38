import { expect, test } from 'vitest';
import { gridPanels } from '../../src/report/grids.ts';

const grid = (height: number, width: number, cells: number[]) => ({ height, width, cells });

test('panels side by side as digits, the shorter ones padded', () => {
  const panels = [
    { title: 'input', grid: grid(1, 1, [3]) },
    { title: 'output', grid: grid(2, 3, [1, 2, 3, 4, 5, 6]), expected: grid(2, 2, [1, 0, 4, 5]) },
  ];
  expect(gridPanels(panels, false, 80)).toEqual([
    'input 1 × 1   output 2 × 3',
    ' 3             1*2*3',
    '               4 5*6',
  ]);
});

test('one above the other where the terminal is too narrow', () => {
  const panels = [
    { title: 'input', grid: grid(1, 1, [3]) },
    { title: 'output', grid: grid(1, 1, [4]) },
  ];
  expect(gridPanels(panels, false, 26).length).toBe(2);
  expect(gridPanels(panels, false, 25)).toEqual(['input 1 × 1', ' 3', 'output 1 × 1', ' 4']);
});

test('colours are backgrounds of two columns, wrong cells bear a mark', () => {
  const [, line] = gridPanels([{ title: 'x', grid: grid(1, 2, [0, 4]), expected: grid(1, 2, [0, 3]) }], true, 80);
  expect(line).toBe('\x1b[48;5;16;38;5;231m  \x1b[48;5;220;38;5;16m><\x1b[0m');
});

test('numbers that are no colour, and a grid larger than a page', () => {
  const odd = { title: 'x', grid: grid(1, 4, [-1, 10, 100, 12]), expected: grid(1, 4, [-1, 10, 100, 0]) };
  expect(gridPanels([odd], false, 80)).toEqual(['x 1 × 4', '-110 #*#']);
  const large = gridPanels([{ title: 'x', grid: grid(40, 50, Array(2000).fill(7)) }], false, 80);
  expect(large.length).toBe(32);
  expect(large[1]).toBe(' 7'.repeat(30));
  expect(large[31]).toBe('(its top left 30 × 30)');
});
