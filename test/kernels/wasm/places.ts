// Where arguments of a kernel can lie.
import { RECORD_WORDS } from '../../../kernels/record.ts';

/** Gives `records` in a place of some kind; `own` is storage of the backend, and has room for a record more. */
type Place = (records: Int32Array, own: Int32Array) => Int32Array;

const PLACES: Readonly<Record<string, Place>> = {
  'its memory': (records, own) => put(records, own, 0),
  'its memory, at an odd word': (records, own) => put(records, own, 3),
  'an ordinary array': (records) => records.slice(),
  'an ordinary array, at an odd word': (records) => put(records, new Int32Array(records.length + 5), 5),
  'shared memory of its own': (records) =>
    put(records, new Int32Array(new SharedArrayBuffer(4 * records.length + 4)), 1),
};

/** The kinds. */
export const PLACE_NAMES: readonly string[] = Object.keys(PLACES);

export function place(name: string, records: Int32Array, own: Int32Array): Int32Array {
  if (own.length < records.length + RECORD_WORDS) throw new RangeError('too little storage for the test');
  return PLACES[name]!(records, own);
}

function put(records: Int32Array, to: Int32Array, at: number): Int32Array {
  to.set(records, at);
  return to.subarray(at, at + records.length);
}
