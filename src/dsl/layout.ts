// How a dialect writes the cells of objects. The plain one: `(colour, (row, column))`.
import { item, tuple, unpackTwo } from '../value/protocol.ts';
import { Tuple, type Value } from '../value/value.ts';

export interface CellLayout {
  /** Whether an item of a patch is a cell rather than a location. */
  isCell(item: Value): boolean;
  cell(colour: Value, row: Value, column: Value): Value;
  /** Colour, row and column of a cell. */
  parts(cell: Value): readonly [Value, Value, Value];
}

/** docs/spec/dsl.md 1.1. */
export const NESTED: CellLayout = {
  isCell: (member) => item(member, 1) instanceof Tuple,
  cell: (colour, row, column) => tuple([colour, tuple([row, column])]),
  parts: (cell) => {
    const [colour, location] = unpackTwo(cell);
    return [colour, ...unpackTwo(location)];
  },
};
