// What every function on patches stands on: the locations of a patch, and patches with their locations changed.
import { iterate, lengthOf, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { setOf } from '../value/set.ts';
import type { FrozenSet, Value } from '../value/value.ts';
import { type CellLayout, NESTED } from './layout.ts';

/**
 * Whether a patch that is not empty holds cells rather than locations: its first item alone decides
 * (docs/spec/dsl.md 3.6).
 */
function holdsCells(patch: Value, layout: CellLayout): boolean {
  return layout.isCell(iterate(patch)[0]!);
}

/** docs/spec/dsl.md 3.6. The argument itself when its first item is no cell, also when it is a tuple. */
export function toindices(patch: Value): Value {
  if (lengthOf(patch) === 0) return setOf([]);
  if (!holdsCells(patch, NESTED)) return patch;
  return setOf(iterate(patch).map((cell) => unpackTwo(cell)[1]));
}

/** SEQ of the items of a patch that is not empty, every location `moved`; cells keep their colours. */
export function withLocations(
  patch: Value,
  moved: (row: Value, column: Value) => [Value, Value],
  layout: CellLayout = NESTED,
  cells: boolean = holdsCells(patch, layout),
): FrozenSet {
  const items = iterate(patch);
  if (!cells) return setOf(items.map((location) => tuple(moved(...unpackTwo(location)))));
  return setOf(
    items.map((cell) => {
      const [colour, row, column] = layout.parts(cell);
      return layout.cell(colour, ...moved(row, column));
    }),
  );
}

export function shift(patch: Value, directions: Value): Value {
  if (lengthOf(patch) === 0) return patch;
  const [down, right] = unpackTwo(directions);
  return withLocations(patch, (row, column) => [plus(row, down), plus(column, right)]);
}
