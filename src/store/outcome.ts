// What became of the records of a batch: one outcome each, so that the caller can count them all.
import type { StoreError } from '../files/storeError.ts';
import type { StoreRecord } from './layout.ts';
import type { TaskBatch } from './taskBatch.ts';

/** What became of one record. Paths are absolute. */
export type SaveOutcome =
  | {
      /** `saved`: the text or its link is new or renewed; `kept`: both were there already, and were not touched. */
      readonly status: 'saved' | 'kept';
      readonly textPath: string;
      readonly linkPath: string;
    }
  | {
      /** It has no link: by the 32-file rule (`files`), or because its md5 is stored with a better score (`twin`). */
      readonly status: 'refused';
      readonly rule: 'files' | 'twin';
      /** In words. */
      readonly reason: string;
      /** Its text, where that is stored all the same. */
      readonly textPath: string | undefined;
    }
  | { readonly status: 'failed'; readonly error: StoreError };

/** What {@link FileStore.save} did. */
export interface SaveReport {
  /** One for each record, in the order of the records. */
  readonly outcomes: readonly SaveOutcome[];
  /** Links that were removed: pushed out by the 32-file rule, or replaced by one with another score or t_log. */
  readonly removed: readonly string[];
  /**
   * What is wrong beside the records: links that lead nowhere (they are left alone, and do not count as files), links that
   * could not be removed, folders that could not be synced.
   */
  readonly problems: readonly StoreError[];
}

/** The outcome of a record of a task's batch that is done. */
export function outcomeOf(batch: TaskBatch, record: StoreRecord, claimed: Set<string>): SaveOutcome {
  const error = batch.failed.get(record);
  if (error !== undefined) return { status: 'failed', error };
  const written = batch.written(record);
  const textPath = batch.textPath(record);
  const place = batch.plan.linked.get(record);
  if (place === undefined) {
    const refusal = batch.plan.refused.get(record)!;
    return { status: 'refused', ...refusal, textPath: written === undefined ? undefined : textPath };
  }
  const linkPath = batch.linkPath(place);
  // Of equal records the first is the one that was saved.
  const isNew = (written === 'made' || batch.made.has(linkPath)) && !claimed.has(linkPath);
  claimed.add(linkPath);
  return { status: isNew ? 'saved' : 'kept', textPath, linkPath };
}
