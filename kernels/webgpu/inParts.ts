// Long arrays in parts that a device takes.

/**
 * Calls `each` for the parts [from, to) of 0..count − 1, and has two under way: one is handed over while the device computes the
 * other.
 */
export async function inParts(
  count: number,
  size: number,
  each: (from: number, to: number) => Promise<void>,
): Promise<void> {
  let before = Promise.resolve();
  for (let from = 0; from < count; from += size) {
    const part = each(from, Math.min(from + size, count));
    // it is waited for below, unless the part before has failed
    part.catch(() => {});
    await before;
    before = part;
  }
  await before;
}
