// What goes between the process that asks and a process that computes: small messages, and the words in a file both have open.
import { readSync, writeSync } from 'node:fs';
import type { Done, Failed } from '../remoteLane.ts';
import type { Ops } from '../spread.ts';

/** File descriptor, in the process that computes, of the file with the words. */
export const WORDS_FD = 4;

/** A call: lengths of its arguments, which lie one behind another in the file, and its numbers, both in the order of the op. */
export interface Call {
  readonly op: keyof Ops;
  readonly words: readonly number[];
  readonly numbers: readonly number[];
}

/** What a process that computes says: once how it started, then an answer a call. */
export type Answer =
  | { readonly type: 'ready'; readonly device: string; readonly gpu: boolean; readonly batchRows: number }
  | { readonly type: 'absent'; readonly reason: string }
  /** The results lie in the file in place of the arguments. */
  | (Done & { readonly words: readonly number[] })
  | Failed;

/** Writes arrays one behind another, from the start of a file. */
export function writeWords(fd: number, arrays: readonly Int32Array[]): number[] {
  let position = 0;
  for (const array of arrays) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, position + at);
    position += bytes.length;
  }
  return arrays.map(({ length }) => length);
}

/** Reads arrays that {@link writeWords} wrote, of these lengths. */
export function readWords(fd: number, lengths: readonly number[]): Int32Array[] {
  let position = 0;
  return lengths.map((length) => {
    const array = new Int32Array(length);
    const bytes = new Uint8Array(array.buffer);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(fd, bytes, at, bytes.length - at, position + at);
      if (read === 0) throw new Error(`found ${position + at} bytes, expected ${position + bytes.length}`);
      at += read;
    }
    position += bytes.length;
    return array;
  });
}
