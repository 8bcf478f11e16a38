// What every function on patches stands on: the locations of a patch, and patches with their locations changed.
import { item, iterate, lengthOf, plus, tuple, unpackTwo } from '../value/protocol.ts';
import { setOf } from '../value/set.ts';
import { type FrozenSet, Tuple, type Value } from '../value/value.ts';

/** Whether a patch that is not empty holds cells rather than locations: its first item alone decides (SPEC 3.6). */
function holdsCells(patch: Value): boolean {
  return item(iterate(patch)[0]!, 1) instanceof Tuple;
}

/** SPEC 3.6. The argument itself when its first item is no cell, also when it is a tuple. */
export function toindices(patch: Value): Value {
  if (lengthOf(patch) === 0) return setOf([]);
  if (!holdsCells(patch)) return patch;
  return setOf(iterate(patch).map((cell) => unpackTwo(cell)[1]));
}

/** SEQ of the items of a patch that is not empty, every location `moved`; cells keep their colours. */
export function withLocations(patch: Value, moved: (row: Value, column: Value) => [Value, Value]): FrozenSet {
  const move = (location: Value): Value => tuple(moved(...unpackTwo(location)));
  if (!holdsCells(patch)) return setOf(iterate(patch).map(move));
  return setOf(
    iterate(patch).map((cell) => {
      const [colour, location] = unpackTwo(cell);
      return tuple([colour, move(location)]);
    }),
  );
}

export function shift(patch: Value, directions: Value): Value {
  if (lengthOf(patch) === 0) return patch;
  const [down, right] = unpackTwo(directions);
  return withLocations(patch, (row, column) => [plus(row, down), plus(column, right)]);
}
