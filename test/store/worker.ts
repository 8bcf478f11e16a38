// A process of its own that saves: on each line of stdin a batch, or without end until it is killed.
import { createInterface } from 'node:readline';
import { FileStore } from '../../src/store/fileStore.ts';
import type { StoreMode, StoreRecord } from '../../src/store/layout.ts';

/** A line of stdin. */
export interface Order {
  readonly out: string;
  readonly mode: StoreMode;
  /** Saved one after another by one store, again and again if `endless`. */
  readonly batches: readonly (readonly StoreRecord[])[];
  readonly endless: boolean;
}

/** The line of stdout that answers it: outcomes in words, and problems. */
export interface Answer {
  readonly outcomes: readonly string[];
  readonly problems: readonly string[];
}

for await (const line of createInterface({ input: process.stdin })) {
  const { out, mode, batches, endless } = JSON.parse(line) as Order;
  const outcomes: string[] = [];
  const problems: string[] = [];
  if (endless) process.stdout.write('begun\n');
  do {
    const store = new FileStore(out, { mode });
    for (const batch of batches) {
      const report = await store.save(batch);
      if (endless) continue;
      for (const outcome of report.outcomes) {
        outcomes.push(outcome.status === 'failed' ? outcome.error.message : outcome.status);
      }
      problems.push(...report.problems.map(({ message }) => message));
    }
  } while (endless);
  process.stdout.write(`${JSON.stringify({ outcomes, problems } satisfies Answer)}\n`);
}
