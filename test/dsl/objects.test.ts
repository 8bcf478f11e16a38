// docs/spec/dsl.md 3.7: object detection.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { OBJECTS } from '../../src/dsl/objects.ts';
import { functionsOf } from '../../src/dsl/table.ts';
import { meter } from '../../src/value/meter.ts';
import { callAll, type FrozenSet, type Tuple, type Value } from '../../src/value/value.ts';
import { caller, g, s, t, titled } from './values.ts';

beforeEach(() => meter.start(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY));

const call = caller(OBJECTS);
const names = functionsOf([OBJECTS]);
const found = (name: string, ...args: Value[]): FrozenSet => callAll(names.get(name)!, args) as FrozenSet;
const sizes = (objects: FrozenSet): number[] =>
  objects
    .items()
    .map((object) => (object as FrozenSet).length)
    .sort((a, b) => a - b);

describe('objects', () => {
  const grid = g('1020', '0300', '0004');
  test.each<[Value, Value, Value, number[]]>([
    [true, false, true, [1, 1, 1, 1]],
    [true, true, true, [1, 1, 1, 1]],
    [false, true, true, [1, 3]],
    [false, false, false, [12]],
    [true, false, false, [1, 1, 1, 1, 1, 7]],
    // flags go by truthiness
    [s(), t(0), 7, [1, 3]],
  ])('univalued %s, diagonal %s, without background %s', (univalued, diagonal, without, expected) => {
    expect(sizes(found('objects', grid, univalued, diagonal, without))).toEqual(expected);
  });

  test.each(
    titled<[string, Value[], string]>([
      ['objects', [t(), true, true, true], 'ValueError'],
      ['objects', [t(), true, true, false], 'IndexError'],
      ['objects', [t(t()), true, true, false], '{"s":[]}'],
      ['objects', [g('00', '00'), true, true, true], '{"s":[]}'],
      ['objects', [t(t(1, 2), t(1)), true, true, false], 'IndexError'],
      // without a background None stands for it, also in the grid
      ['objects', [t(t(null, 1)), true, true, false], '{"s":[{"s":[{"t":[1,{"t":[0,1]}]}]}]}'],
      [
        'objects',
        [t(t(1, true)), true, false, false],
        '{"s":[{"s":[{"t":[true,{"t":[0,1]}]},{"t":[1,{"t":[0,0]}]}]}]}',
      ],
      // {8, 0} is iterated from 8, the first inserted: so 8 is the background of a tie
      ['objects', [g('80'), true, true, true], '{"s":[{"s":[{"t":[0,{"t":[0,1]}]}]}]}'],
    ]),
  )('%s', (_, name, args, expected) => {
    expect(call(name, ...args)).toBe(expected);
  });
});

test.each(
  titled<[string, Value[], string]>([
    ['partition', [t()], '{"s":[]}'],
    ['partition', [t(t(1, true))], '{"s":[{"s":[{"t":[true,{"t":[0,1]}]},{"t":[1,{"t":[0,0]}]}]}]}'],
    ['fgpartition', [t()], 'ValueError'],
    ['fgpartition', [g('11')], '{"s":[]}'],
    ['fgpartition', [g('112')], '{"s":[{"s":[{"t":[2,{"t":[0,2]}]}]}]}'],
    ['frontiers', [t()], 'IndexError'],
    ['frontiers', [t(t())], '{"s":[]}'],
    ['frontiers', [g('12', '21')], '{"s":[]}'],
    ['frontiers', [t(t(Number.NaN))], '{"s":[{"s":[{"t":[{"n":"nan"},{"t":[0,0]}]}]}]}'],
    ['frontiers', [t(t(1, true), t(2, 3))], '{"s":[{"s":[{"t":[true,{"t":[0,1]}]},{"t":[1,{"t":[0,0]}]}]}]}'],
    ['frontiers', [t(t(1, 2), t(1))], 'IndexError'],
    // rows may be longer than row 0, which cuts the lines
    ['frontiers', [t(t(1, 2), t(3, 3, 3))], '{"s":[{"s":[{"t":[3,{"t":[1,1]}]},{"t":[3,{"t":[1,0]}]}]}]}'],
  ]),
)('%s', (_, name, args, expected) => {
  expect(call(name, ...args)).toBe(expected);
});

describe('any grid', () => {
  const grids = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).chain(([height, width]) => {
    const row = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: width, maxLength: width });
    return fc.array(row, { minLength: height, maxLength: height });
  });
  const asGrid = (rows: number[][]): Value => t(...rows.map((row) => t(...row)));
  /** Every cell of every object, in no particular order. */
  const cells = (objects: FrozenSet): string[] =>
    objects
      .items()
      .flatMap((object) => (object as FrozenSet).items().map((cell) => cellText(cell as Tuple)))
      .sort();
  const cellText = (cell: Tuple): string => `${cell.at(0)} ${(cell.at(1) as Tuple).items().join()}`;

  test('its objects with the background, and its partition, hold every cell once', () => {
    fc.assert(
      fc.property(grids, fc.boolean(), fc.boolean(), (rows, univalued, diagonal) => {
        const all = rows.flatMap((row, i) => row.map((colour, j) => `${colour} ${i},${j}`)).sort();
        expect(cells(found('objects', asGrid(rows), univalued, diagonal, false))).toEqual(all);
        expect(cells(found('partition', asGrid(rows)))).toEqual(all);
      }),
    );
  });

  test('objects of a diagonal search are unions of those of a direct one', () => {
    fc.assert(
      fc.property(grids, (rows) => {
        const direct = found('objects', asGrid(rows), true, false, true);
        const diagonal = found('objects', asGrid(rows), true, true, true);
        expect(cells(diagonal)).toEqual(cells(direct));
        expect(diagonal.length).toBeLessThanOrEqual(direct.length);
      }),
    );
  });
});
