// Raw TensorFlow ops on tensors that live as long as one computation, and only such ops as have real GPU kernels.
import { StepClock } from '../stepClock.ts';
import type { Addon, AddonAttr, AddonTensor } from './addon.ts';

/** TensorFlow's numbers of the dtypes that are used. */
const DTYPES = { float32: 1, float64: 2, int32: 3, uint8: 4, int64: 9, bool: 10, uint32: 22 } as const;
export type Dtype = keyof typeof DTYPES;
const NAMES = new Map<number, Dtype>(Object.entries(DTYPES).map(([name, number]) => [number, name as Dtype]));

const FLOATS: readonly Dtype[] = ['float32', 'float64'];
const WORDS: readonly Dtype[] = ['int32', 'int64', 'uint32'];
const ANY: readonly Dtype[] = ['float32', 'float64', 'int32', 'uint8', 'int64', 'bool', 'uint32'];

/**
 * The ops that are used, and the dtypes of their tensors for which TensorFlow has a GPU kernel that reads and writes device
 * memory; {@link Ops.run} refuses others, on any device. For int32, AddV2, Sub, Mul, Minimum, Maximum, Equal, Greater, Pack and
 * Reshape have a "GPU kernel" with all inputs and outputs in host memory: it computes on the CPU, and its tensors cross the
 * bus twice. ConcatV2, Split and Sum of int32 have none. So numbers are counted in floats, and words are combined by bits.
 *
 * As `TF_GetRegisteredKernelsForOp` tells of the CUDA builds of TensorFlow 2.18 and 2.21 (`host_memory_arg`); in host memory are
 * the axis of GatherV2 and ConcatV2, the axes of All, Prod and Sum, the shape of Reshape, `split_dim`, `num_segments` and the k of
 * TopKV2, see {@link Ops.host}.
 */
export const DEVICE_OPS: Readonly<Record<string, readonly Dtype[]>> = {
  All: ['bool'],
  AddV2: FLOATS,
  Bitcast: ANY,
  BitwiseAnd: WORDS,
  BitwiseOr: WORDS,
  BitwiseXor: WORDS,
  Cast: ANY,
  ConcatV2: FLOATS,
  DivNoNan: FLOATS,
  Equal: FLOATS,
  Floor: FLOATS,
  GatherV2: ['int32', 'int64', 'float32', 'float64'],
  Greater: FLOATS,
  LeftShift: WORDS,
  LogicalAnd: ['bool'],
  Maximum: FLOATS,
  Minimum: FLOATS,
  Mul: FLOATS,
  Pack: FLOATS,
  PopulationCount: ['int32', 'int64'],
  Prod: FLOATS,
  Reshape: ['uint8', 'int64', 'float32', 'float64'],
  RightShift: WORDS,
  Split: FLOATS,
  Sub: FLOATS,
  Sum: FLOATS,
  TopKV2: ['int64', 'float32', 'float64'],
  UnsortedSegmentSum: FLOATS,
};

/** A tensor of a computation. */
export type DeviceTensor = AddonTensor;

/** An attribute of an op that its inputs leave open: a dtype or a number. */
export type Attrs = Readonly<Record<string, Dtype | number>>;

/** The ops of one computation; its tensors are given back at its end, see {@link compute}. */
export class Ops {
  readonly #addon: Addon;
  readonly #clock: StepClock;
  readonly #ids = new Set<number>();

  /** @param clock to which the time of its steps is booked; the device works on while ops are asked for */
  constructor(addon: Addon, clock: StepClock) {
    this.#addon = addon;
    this.#clock = clock;
  }

  /** Words in device memory, as a tensor of `dtype` (4 or 8 bytes an element) and `shape`. */
  upload(words: Int32Array, dtype: 'int32' | 'int64', shape: readonly number[]): DeviceTensor {
    // as bytes, since the addon keeps int32 in host memory, where each op that reads it would copy it anew
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    return this.bitcast(this.#create(bytes, 'uint8', [...shape, dtype === 'int32' ? 4 : 8]), dtype);
  }

  /** Numbers in device memory, exact as float32. */
  floats(values: readonly number[]): DeviceTensor {
    return this.#create(Float32Array.from(values), 'float32', [values.length]);
  }

  /** Integers in device memory. */
  ints(values: readonly number[]): DeviceTensor {
    return this.upload(Int32Array.from(values), 'int32', [values.length]);
  }

  /** An integer or a list of them in host memory, for what ops read there: axes, shapes, counts. */
  host(values: number | readonly number[]): DeviceTensor {
    return typeof values === 'number'
      ? this.#create(Int32Array.of(values), 'int32', [])
      : this.#create(Int32Array.from(values), 'int32', [values.length]);
  }

  /** Runs an op of one output. */
  run(op: string, inputs: readonly DeviceTensor[], attrs: Attrs = {}): DeviceTensor {
    return this.runAll(op, inputs, attrs, 1)[0]!;
  }

  /** Runs an op of several outputs. */
  runAll(op: string, inputs: readonly DeviceTensor[], attrs: Attrs, outputs: number): DeviceTensor[] {
    const value = inputs[op === 'Split' ? 1 : 0];
    const dtype = value && NAMES.get(value.dtype);
    if (dtype === undefined || !DEVICE_OPS[op]?.includes(dtype)) {
      throw new TypeError(`found op ${op} of ${dtype}, expected one with a kernel in device memory, see DEVICE_OPS`);
    }
    const { TF_ATTR_INT, TF_ATTR_TYPE } = this.#addon;
    const list = Object.entries(attrs).map(
      ([name, attr]): AddonAttr =>
        typeof attr === 'number'
          ? { name, type: TF_ATTR_INT, value: attr }
          : { name, type: TF_ATTR_TYPE, value: DTYPES[attr] },
    );
    const ids = inputs.map(({ id }) => id);
    const results = this.#clock.time('compute', () => this.#addon.executeOp(op, list, ids, outputs));
    for (const { id } of results) this.#ids.add(id);
    return results;
  }

  cast(tensor: DeviceTensor, dtype: Dtype): DeviceTensor {
    return this.run('Cast', [tensor], { DstT: dtype });
  }

  /** The same bytes as elements of another dtype; smaller elements make or take away a last axis. */
  bitcast(tensor: DeviceTensor, dtype: Dtype): DeviceTensor {
    return this.run('Bitcast', [tensor], { type: dtype });
  }

  /** The slices of `tensor` along `axis` that `index`, int32 in device memory, lists. */
  gather(tensor: DeviceTensor, index: DeviceTensor, axis: number): DeviceTensor {
    return this.run('GatherV2', [tensor, index, this.host(axis)]);
  }

  /** The same elements in another shape; of int32 by way of bytes, see {@link DEVICE_OPS}. */
  reshape(tensor: DeviceTensor, shape: readonly number[]): DeviceTensor {
    if (NAMES.get(tensor.dtype) !== 'int32') return this.run('Reshape', [tensor, this.host(shape)]);
    return this.bitcast(this.reshape(this.bitcast(tensor, 'uint8'), [...shape, 4]), 'int32');
  }

  /** The values of a tensor of int32, once the device has computed them. */
  read(tensor: DeviceTensor): Int32Array {
    return this.#clock.time('readback', () => this.#addon.tensorDataSync(tensor.id));
  }

  /** Takes a tensor of another computation: it lives as long as this one. */
  take(from: Ops, tensor: DeviceTensor): DeviceTensor {
    from.#ids.delete(tensor.id);
    this.#ids.add(tensor.id);
    return tensor;
  }

  /** Takes a tensor out: it outlives the computation, and is the caller's. */
  release(tensor: DeviceTensor): DeviceTensor {
    this.#ids.delete(tensor.id);
    return tensor;
  }

  /** Gives all tensors back that were not kept. */
  end(): void {
    for (const id of this.#ids) this.#addon.deleteTensor(id);
    this.#ids.clear();
  }

  #create(values: Int32Array | Float32Array | Uint8Array, dtype: Dtype, shape: readonly number[]): DeviceTensor {
    const id = this.#clock.time('upload', () => this.#addon.createTensor(shape, DTYPES[dtype], values));
    this.#ids.add(id);
    return { id, dtype: DTYPES[dtype], shape };
  }
}

/** Runs a computation and gives its tensors back, also when it throws. */
export function compute<T>(addon: Addon, computation: (ops: Ops) => T, clock: StepClock = new StepClock()): T {
  const ops = new Ops(addon, clock);
  try {
    return computation(ops);
  } finally {
    ops.end();
  }
}
