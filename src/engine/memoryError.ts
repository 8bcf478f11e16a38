// The machine has no memory left for what a run needs beside the values of its candidates.

const NOT_GIVEN = 'Array buffer allocation failed';

/** Says nothing about the candidate that it met, so it ends the run. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError';
}

/** A `MemoryError` for an error that says that memory was not given, be it from another thread; else undefined. */
export function memoryErrorOf(error: unknown): MemoryError | undefined {
  if (!(error instanceof Error) || !error.message.includes(NOT_GIVEN)) return undefined;
  return new MemoryError(`the system gives no more memory (${NOT_GIVEN}), so there is no result`);
}
