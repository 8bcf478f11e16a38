// gridMatch in TensorFlow ops: the planes of two records compared bit by bit, the differing bits counted.
import { HEIGHT_WORD, RECORD_WORDS, WIDTH_WORD } from '../record.ts';
import type { DeviceTensor, Ops } from '../tensorflow/ops.ts';

const SIDES = 31; // heights and widths 0..30
const ROWS = 32; // words of a plane, two of which are no rows

/**
 * @param outputs int32, [n, 128]
 * @param expected int32, [m, 128]
 * @param index int32, [n], numbers 0..m − 1
 * @returns int32, [n, 4], see `GridMatch` in `op.ts`
 */
export function gridMatchTensorFlow(
  ops: Ops,
  outputs: DeviceTensor,
  expected: DeviceTensor,
  index: DeviceTensor,
): DeviceTensor {
  const grids = ops.gather(expected, index, 0);
  // heights and widths, [n, 2]; all numbers here are far below 2^24, up to which float32 is exact
  const sides = ops.ints([HEIGHT_WORD, WIDTH_WORD]);
  const found = ops.cast(ops.gather(outputs, sides, 1), 'float32');
  const wanted = ops.cast(ops.gather(grids, sides, 1), 'float32');
  const least = ops.run('Minimum', [found, wanted]);
  const most = ops.run('Maximum', [found, wanted]);
  const common = ops.run('Prod', [least, ops.host(1)]);
  const box = ops.run('Prod', [most, ops.host(1)]);

  // a bit for each cell that differs, 64 bits an element, [n, 16]; the floats of Split are only moved, never computed with
  const differences = ops.run('BitwiseXor', [outputs, grids]);
  const pairs = ops.reshape(differences, [-1, RECORD_WORDS / 2, 2]);
  const doubles = ops.bitcast(pairs, 'float64');
  const planes = ops.runAll('Split', [ops.host(1), doubles], { num_split: 4 }, 4);
  const different = planes
    .map((plane) => ops.bitcast(plane, 'int64'))
    .reduce((some, plane) => ops.run('BitwiseOr', [some, plane]));

  // counted in the common box alone
  const boxes = ops.upload(boxMasks(), 'int64', [SIDES * SIDES, ROWS / 2]);
  const which = ops.run('Sum', [ops.run('Mul', [least, ops.floats([SIDES, 1])]), ops.host(1)]);
  const masked = ops.run('BitwiseAnd', [different, ops.gather(boxes, ops.cast(which, 'int32'), 0)]);
  const bits = ops.cast(ops.run('PopulationCount', [masked]), 'float32');
  const equal = ops.run('Sub', [common, ops.run('Sum', [bits, ops.host(1)])]);

  const sameSides = ops.run('All', [ops.run('Equal', [found, wanted]), ops.host(1)]);
  const sameShape = ops.run('LogicalAnd', [sameSides, ops.run('Greater', [common, ops.floats([0])])]);
  const exact = ops.run('LogicalAnd', [sameShape, ops.run('Equal', [equal, box])]);
  const columns = [ops.cast(exact, 'float32'), ops.cast(sameShape, 'float32'), equal, box];
  return ops.cast(ops.run('Pack', columns, { N: columns.length, T: 'float32', axis: 1 }), 'int32');
}

let masks: Int32Array | undefined;

/** For each height h and width w, at 31·h + w, the words of a plane with the bits of the box h × w. */
function boxMasks(): Int32Array {
  masks ??= Int32Array.from({ length: SIDES * SIDES * ROWS }, (_, at) => {
    const box = Math.floor(at / ROWS);
    return at % ROWS < Math.floor(box / SIDES) ? (1 << (box % SIDES)) - 1 : 0;
  });
  return masks;
}
