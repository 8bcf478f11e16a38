// A digest that names a set of tasks, whatever files it came from.
import { createHash } from 'node:crypto';
import type { ArcGrid } from './grid.ts';
import type { Sample, Task } from './task.ts';

/**
 * SHA-256, 64 hex digits, of what the tasks say: ids, samples in order, cells. The order of the tasks and their files do not
 * matter, so that a folder and a combined file with the same tasks have one digest; a missing output does.
 *
 * Hashed are, by ascending id (UTF-16 code units): the id in UTF-8, a byte 0, the numbers of demo and test samples as
 * little-endian 32-bit words, and for each sample input and output as height byte, width byte, cell bytes (a missing output
 * is one byte 0). A grid with a side over 255 has, in place of height and width, the bytes 255 and 0, then both as little-endian
 * 16-bit words.
 */
export function datasetDigest(tasks: readonly Task[]): string {
  const hash = createHash('sha256');
  const sorted = [...tasks].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
  for (const { id, demo, test } of sorted) {
    const samples: readonly Sample[] = [...demo, ...test];
    const size = samples.reduce((sum, { input, output }) => sum + gridBytes(input) + gridBytes(output), 0);
    const head = Buffer.from(`${id}\0`, 'utf8');
    const bytes = Buffer.allocUnsafe(head.length + 8 + size);
    head.copy(bytes);
    bytes.writeUInt32LE(demo.length, head.length);
    let at = bytes.writeUInt32LE(test.length, head.length + 4);
    for (const { input, output } of samples) at = writeGrid(bytes, writeGrid(bytes, at, input), output);
    hash.update(bytes);
  }
  return hash.digest('hex');
}

function gridBytes(grid: ArcGrid | null): number {
  if (grid === null) return 1;
  return (isLong(grid) ? 6 : 2) + grid.cells.length;
}

function writeGrid(bytes: Buffer, at: number, grid: ArcGrid | null): number {
  if (grid === null) return bytes.writeUInt8(0, at);
  const { height, width, cells } = grid;
  let next = bytes.writeUInt8(isLong(grid) ? 255 : height, at);
  next = bytes.writeUInt8(isLong(grid) ? 0 : width, next);
  if (isLong(grid)) next = bytes.writeUInt16LE(width, bytes.writeUInt16LE(height, next));
  bytes.set(cells, next);
  return next + cells.length;
}

/** Whether a side does not fit a byte. */
function isLong({ height, width }: ArcGrid): boolean {
  return height > 255 || width > 255;
}
