// Words for tensors that are not what an op takes.
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * Checks dtype and shape of an op's tensor.
 * @param name op and argument, for the message
 * @param shape sizes; a string is any size, and its name in the message
 * @throws TypeError for another dtype, RangeError for another shape
 */
export function checkTensor(name: string, tensor: Tensor, shape: readonly (number | string)[]): void {
  if (tensor.dtype !== 'int32') throw new TypeError(`${name} is of dtype ${tensor.dtype}, expected int32`);
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((size, axis) => typeof size === 'string' || size === tensor.shape[axis]);
  if (!fits) throw new RangeError(`${name} has shape [${tensor.shape.join(', ')}], expected [${shape.join(', ')}]`);
}
