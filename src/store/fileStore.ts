// The solver and differ files under an output folder: saved in batches, safely, under the 32-file rule.
import { resolve } from 'node:path';
import { StoreError } from '../files/storeError.ts';
import { recordFault, type StoreKind, type StoreMode, type StoreRecord, taskFolder, textFolder } from './layout.ts';
import { listTask, removeLeftovers } from './listing.ts';
import { outcomeOf, type SaveOutcome, type SaveReport } from './outcome.ts';
import { lowestScore, twin } from './rule.ts';
import { TaskBatch } from './taskBatch.ts';
import { syncFolders, Texts } from './texts.ts';

/** How a {@link FileStore} keeps its files. */
export interface FileStoreOptions {
  /**
   * `default`: exactly 32 links a task and kind, the best by score, then smaller md5, whatever the order of the records; one link a
   * solver (a differ: one a score); relative links, so that the folder can be moved. `p4`: the original's habits, see
   * {@link planP4}, with absolute links. Default `default`.
   */
  readonly mode?: StoreMode;
  /**
   * Which texts the default mode writes: `all`, as the original leaves them, or those that get a `linked` place only, for
   * batteries of very many programs. Default `all`. In p4 mode those that pass its check are written.
   */
  readonly texts?: 'all' | 'linked';
}

interface Group {
  readonly kind: StoreKind;
  readonly task: string;
  readonly folder: string;
  readonly records: StoreRecord[];
}

/**
 * The files of one run. Other runs may write into the same folder at the same time.
 *
 * Durability: when {@link save} resolves, the text of every `saved` record is on the disk (`fdatasync`) under its name, and then its
 * link (`fsync` of the folders that got an entry), unless `problems` names a folder that could not be synced; `kept` ones are as
 * their own run left them. A process that is killed at any moment, or a machine that loses power, leaves whole texts, links to them, and
 * perhaps more than 32 links or temporary files (`.batt-*.tmp`), which the next run puts right; a link that was removed may
 * be back. Nothing is removed but links, empty folders of a t_log or a score, and temporary files older than ten minutes.
 */
export class FileStore {
  readonly #out: string;
  readonly #mode: StoreMode;
  readonly #texts: 'all' | 'linked';
  // Task -> md5 -> score, of the solvers that this run has stored.
  readonly #stored = new Map<string, Map<string, number>>();
  #tidied = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param out the output folder; it is made by the first record that needs it */
  constructor(out: string, { mode = 'default', texts = 'all' }: FileStoreOptions = {}) {
    this.#out = resolve(out);
    this.#mode = mode;
    this.#texts = texts;
  }

  /**
   * The lowest score with which a program that is not stored yet could get a link now; -Infinity while there is room. A lower one is
   * refused, so it is not worth the work. Changes nothing.
   * @throws StoreError where the folder of the task cannot be read
   */
  async lowestScore(task: string, kind: StoreKind): Promise<number> {
    const { entries } = await listTask(taskFolder(this.#out, kind, task));
    return lowestScore(entries, kind, this.#mode);
  }

  /**
   * Saves records of any tasks and kinds. Never rejects: what cannot be saved is `failed` with a {@link StoreError}, and all else is
   * saved. Calls are done one after another. In default mode the order of the records makes no difference, but between
   * records of equal score and md5 with different texts, where the first is written.
   */
  save(records: readonly StoreRecord[]): Promise<SaveReport> {
    const done = this.#last.then(() => this.#save(records));
    this.#last = done;
    return done;
  }

  async #save(records: readonly StoreRecord[]): Promise<SaveReport> {
    const early = new Map<StoreRecord, SaveOutcome>();
    for (const record of records) this.#refuseAtOnce(record, early);
    this.#failRivals(
      records.filter((record) => !early.has(record)),
      early,
    );
    const texts = new Texts();
    const batches = this.#group(records.filter((record) => !early.has(record))).map((group) => ({
      group,
      batch: new TaskBatch(
        { ...group, mode: this.#mode, textFolder: textFolder(this.#out, group.kind), texts: this.#texts },
        group.records,
        texts,
      ),
    }));
    const tidied = this.#tidy();
    const problems: StoreError[] = [];
    const syncLinks = async (): Promise<void> => {
      const folders = new Set(batches.flatMap(({ batch }) => [...batch.changed]));
      for (const { batch } of batches) batch.changed.clear();
      problems.push(...(await syncFolders(folders)));
    };
    await Promise.all(batches.map(({ batch }) => batch.writeTexts()));
    await texts.sync();
    await Promise.all(batches.map(({ batch }) => batch.makeLinks()));
    await syncLinks();
    await Promise.all(batches.map(({ batch }) => batch.settle()));
    await syncLinks();
    await tidied;
    const claimed = new Set<string>();
    const batchOf = new Map(batches.flatMap(({ group, batch }) => group.records.map((record) => [record, batch])));
    for (const { group, batch } of batches) this.#remember(group, batch);
    return {
      outcomes: records.map((record) => early.get(record) ?? outcomeOf(batchOf.get(record)!, record, claimed)),
      removed: batches.flatMap(({ batch }) => [...batch.removed]),
      problems: [...problems, ...texts.problems, ...batches.flatMap(({ batch }) => [...batch.problems.values()])],
    };
  }

  /** Records that are damaged, and solvers that this run has stored with a better score. */
  #refuseAtOnce(record: StoreRecord, early: Map<StoreRecord, SaveOutcome>): void {
    const fault = recordFault(record);
    if (fault !== undefined) {
      early.set(record, { status: 'failed', error: new StoreError(this.#out, 'save a record', fault) });
      return;
    }
    const stored = record.kind === 'solver' ? this.#stored.get(record.task)?.get(record.md5) : undefined;
    if (stored !== undefined && stored > record.score) {
      early.set(record, { status: 'refused', ...twin(stored), textPath: undefined });
    }
  }

  /** Of records of one md5 with different texts the best, and those with the same text, go on. */
  #failRivals(records: readonly StoreRecord[], early: Map<StoreRecord, SaveOutcome>): void {
    const chosen = new Map<string, StoreRecord>();
    const nameOf = ({ kind, md5 }: StoreRecord): string => (kind === 'solver' ? md5 : `differ ${md5}`);
    for (const record of records) {
      const other = chosen.get(nameOf(record));
      if (other === undefined || other.score < record.score) chosen.set(nameOf(record), record);
    }
    for (const record of records) {
      if (chosen.get(nameOf(record))!.text === record.text) continue;
      const name = `${textFolder(this.#out, record.kind)}/${record.md5}.py`;
      const reason = 'a record of the same batch has this md5, a better score and another content';
      early.set(record, { status: 'failed', error: new StoreError(name, 'write the file', reason) });
    }
  }

  #group(records: readonly StoreRecord[]): Group[] {
    const groups = new Map<string, Group>();
    for (const record of records) {
      const { kind, task } = record;
      const name = `${kind} ${task}`;
      const group = groups.get(name);
      if (group !== undefined) group.records.push(record);
      else groups.set(name, { kind, task, folder: taskFolder(this.#out, kind, task), records: [record] });
    }
    return [...groups.values()];
  }

  #remember({ kind, task, records }: Group, batch: TaskBatch): void {
    if (kind !== 'solver' || this.#mode === 'p4') return;
    const stored = this.#stored.get(task) ?? new Map<string, number>();
    this.#stored.set(task, stored);
    for (const record of records) {
      const place = batch.plan.linked.get(record);
      if (place !== undefined) stored.set(record.md5, place.score);
    }
  }

  /** Once a run: removes the temporary files of killed ones. */
  async #tidy(): Promise<void> {
    if (this.#tidied) return;
    this.#tidied = true;
    const kinds: readonly StoreKind[] = ['solver', 'differ iz']; // zo texts lie with iz texts
    await Promise.all(kinds.map((kind) => removeLeftovers(textFolder(this.#out, kind))));
  }
}
