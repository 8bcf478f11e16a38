// How threads share a job of gridMatch: each claims one block of rows after another. See kernels/wasm/crew.ts.
import { gridMatch } from './gridMatch';

/** Rows of a block. */
const BLOCK_ROWS = 512;

// Byte offsets in a job; words that threads change are on cache lines of their own.
const SIGNAL: usize = 0;
const LEFT: usize = 64;
const BLOCKS: usize = 128;
const ROWS: usize = 132;
const OUTPUTS: usize = 136;
const EXPECTED: usize = 140;
const INDEX: usize = 144;
const RESULT: usize = 148;
const NUMBER: usize = 152;
const DONE: usize = 192;

/** Claims and computes a block of the job at hand, if one is left: whether it was. */
export function work(job: usize): bool {
  // Counted down, so that a claim which comes late finds none, or one of the next job: only then are the other words read.
  const left = atomic.sub<i32>(job, 1, LEFT);
  if (left <= 0) return false;
  const block = load<i32>(job, BLOCKS) - left;
  const from = block * BLOCK_ROWS;
  gridMatch(
    load<u32>(job, OUTPUTS) + 512 * from,
    load<u32>(job, EXPECTED),
    load<u32>(job, INDEX) + 4 * from,
    load<u32>(job, RESULT) + 16 * from,
    min(BLOCK_ROWS, load<i32>(job, ROWS) - from),
  );
  const done = job + 4 * <usize>block;
  atomic.store<i32>(done, load<i32>(job, NUMBER), DONE);
  atomic.notify(done + DONE, 1);
  return true;
}

/** A worker thread's life: waits for the next job, works on it, and so on without end. */
export function serve(job: usize): void {
  let seen = 0;
  for (;;) {
    atomic.wait<i32>(job + SIGNAL, seen, -1);
    seen = atomic.load<i32>(job, SIGNAL);
    while (work(job)) {}
  }
}
