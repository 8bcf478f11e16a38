// The records of one batch that go into one task's folder: which get a link, the links, and what has to go for them.
import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { makeFolder, removeEmpty } from '../files/folders.ts';
import { StoreError, storeError } from '../files/storeError.ts';
import { type Place, placePath, type StoreKind, type StoreMode, type StoreRecord } from './layout.ts';
import { type Entry, type Listing, listTask } from './listing.ts';
import { beyondP4, identity, type Plan, planBest, planNothing, planP4 } from './rule.ts';
import type { Texts } from './texts.ts';
import { placeLink, removeLink, type Written } from './writing.ts';

/** What one batch has to know of its task. */
export interface TaskBatchOptions {
  readonly kind: StoreKind;
  readonly mode: StoreMode;
  /** The folder of the links of the task, absolute. */
  readonly folder: string;
  /** The folder of the texts, absolute. */
  readonly textFolder: string;
  /** Which texts are written: of all records, or of those that get a link. */
  readonly texts: 'all' | 'linked';
}

// Two runs that change one folder at the same moment look again at what came out of it, this often at most.
const ROUNDS = 20;

/** Numbers of links that were made, and that could not be. */
interface Made {
  readonly made: number;
  readonly failures: number;
}

const NOTHING: Made = { made: 0, failures: 0 };

export class TaskBatch {
  /** Records that failed, and why. */
  readonly failed: Map<StoreRecord, StoreError> = new Map();
  /** Links that were made. */
  readonly made: Set<string> = new Set();
  /** Links that were removed. */
  readonly removed: Set<string> = new Set();
  /** Links that lead nowhere, links that could not be removed. */
  readonly problems: Map<string, StoreError> = new Map();
  /** Folders that got an entry and are not synced yet. */
  readonly changed: Set<string> = new Set();
  readonly #options: TaskBatchOptions;
  readonly #store: Texts;
  readonly #written = new Map<StoreRecord, Written>();
  #records: readonly StoreRecord[];
  #listing: Listing = { entries: [], dangling: [] };
  #plan: Plan<Entry, StoreRecord | Entry> = planNothing();
  /** Links that were removed for another one of their program. */
  readonly #doubled = new Map<string, Entry>();
  #upToTexts: string | undefined;

  constructor(options: TaskBatchOptions, records: readonly StoreRecord[], texts: Texts) {
    this.#options = options;
    this.#records = records;
    this.#store = texts;
  }

  get plan(): Plan<Entry, StoreRecord | Entry> {
    return this.#plan;
  }

  /** What was done with the text of a record, or undefined if nothing was. */
  written(record: StoreRecord): Written | undefined {
    return this.#written.get(record);
  }

  /** The path of the text of a record. */
  textPath({ md5 }: Place): string {
    return `${this.#options.textFolder}/${md5}.py`;
  }

  /** The path of a link. */
  linkPath(place: Place): string {
    return `${this.#options.folder}/${placePath(place)}`;
  }

  /** First step: chooses, and writes the texts. */
  async writeTexts(): Promise<void> {
    try {
      await this.#list();
      await this.#choose();
      // A text that is back in its place revives links that led nowhere.
      if (this.#listing.dangling.length > 0) {
        await this.#list();
        await this.#choose();
      }
    } catch (error) {
      await this.#failAll(error, 'read the folder');
    }
  }

  /** Second step, when the texts are synced: makes the links. */
  async makeLinks(): Promise<void> {
    while ((await this.#makeMissing()).failures > 0) {
      await this.#choose();
      await this.#store.sync();
    }
  }

  /**
   * Third step, when the links are synced: removes what the rule removes, and looks whether another run did something
   * at the same time that has to be put right.
   */
  async settle(): Promise<void> {
    try {
      let busy = this.made.size > 0;
      busy = (await this.#removeSurplus()) || busy;
      for (let round = 1; busy && round <= ROUNDS; round++) {
        await this.#list();
        this.#planAgain();
        const { made, failures } = this.#options.mode === 'p4' ? NOTHING : await this.#makeMissing();
        busy = made + failures > 0;
        // Nothing goes for a link that could not be made, and nothing that nobody would look after.
        if (failures === 0 && round < ROUNDS) busy = (await this.#removeSurplus()) || busy;
      }
    } catch (error) {
      const problem = await storeError(error, this.#options.folder, 'read the folder');
      this.problems.set(problem.path, problem);
    }
    for (const problem of this.#listing.dangling) this.problems.set(problem.path, problem);
  }

  async #list(): Promise<void> {
    this.#listing = await listTask(this.#options.folder);
  }

  /** Plans until the texts of all that the plan accepts are in place; what cannot be written drops out. */
  async #choose(): Promise<void> {
    const { kind, mode } = this.#options;
    for (;;) {
      this.#plan =
        mode === 'p4'
          ? planP4(this.#listing.entries, this.#records)
          : planBest(this.#listing.entries, this.#records, kind, true);
      const before = this.#records.length;
      const missing = this.#records.filter((record) => !this.#written.has(record) && this.#needsText(record));
      await Promise.all(missing.map((record) => this.#writeText(record)));
      this.#dropFailed();
      if (this.#records.length === before) return;
    }
  }

  #needsText(record: StoreRecord): boolean {
    const { linked, pushedOut } = this.#plan;
    if (this.#options.mode === 'default' && this.#options.texts === 'all') return true;
    return linked.has(record) || pushedOut.has(record);
  }

  async #writeText(record: StoreRecord): Promise<void> {
    const written = await this.#store.ensure(this.textPath(record), record.text);
    if (written instanceof StoreError) this.failed.set(record, written);
    else this.#written.set(record, written);
  }

  #dropFailed(): void {
    if (this.failed.size === 0) return;
    this.#records = this.#records.filter((record) => !this.failed.has(record));
  }

  async #failAll(error: unknown, operation: string): Promise<void> {
    const { folder } = this.#options;
    const failure = await storeError(error, folder, operation, folder);
    for (const record of this.#records) this.failed.set(record, failure);
    this.#dropFailed();
    this.#plan = planNothing();
  }

  /** Makes the links of the plan that do not stand yet. */
  async #makeMissing(): Promise<Made> {
    const wanted = [...this.#plan.linked].filter(([record, place]) => record === place);
    const failedBefore = this.failed.size;
    if (wanted.length === 0) return NOTHING;
    try {
      this.#upToTexts ??= await this.#findTexts();
    } catch (error) {
      await this.#failAll(error, 'make the folder');
      return NOTHING;
    }
    await this.#makeFolders(wanted.map(([record]) => record));
    const made = await Promise.all(wanted.map(([record]) => this.#makeLink(record)));
    this.#dropFailed();
    return { made: made.filter(Boolean).length, failures: this.failed.size - failedBefore };
  }

  /** Makes the folders of links, each once; what goes wrong here goes wrong again, with its record, when the link is made. */
  async #makeFolders(places: readonly Place[]): Promise<void> {
    const there = new Set(this.#listing.entries.flatMap(({ score, tLog }) => [`${score}`, `${score}/${tLog}`]));
    const levels = [places.map(({ score }) => `${score}`), places.map(({ score, tLog }) => `${score}/${tLog}`)];
    for (const names of levels) {
      const missing = [...new Set(names)].filter((name) => !there.has(name));
      const made = missing.map((name) => makeFolder(join(this.#options.folder, name), this.changed));
      await Promise.allSettled(made);
    }
  }

  /** Makes the link of a record, or one that is to be put back. */
  async #makeLink(place: StoreRecord | Entry): Promise<boolean> {
    const path = this.linkPath(place);
    try {
      const target = `${this.#upToTexts}/${place.md5}.py`;
      if ((await placeLink(path, target, this.textPath(place), this.changed)) === 'there') return false;
      this.made.add(path);
      return true;
    } catch (error) {
      const failure = await storeError(error, path, 'make the link');
      if ('text' in place) this.failed.set(place, failure);
      else this.problems.set(path, failure);
      return false;
    }
  }

  /**
   * What links say before the name of the text: the original's absolute path, or the way up and down again, so that the
   * output folder can be moved; the way between the true folders, should one on it be a link itself.
   */
  async #findTexts(): Promise<string> {
    const { folder, textFolder, mode } = this.#options;
    await makeFolder(folder, this.changed);
    if (mode === 'p4') return textFolder;
    return `../../${relative(await realpath(folder), await realpath(textFolder))}`;
  }

  /** Links that were removed for another one which another run has removed at the same time. */
  #lost(records: readonly StoreRecord[]): Entry[] {
    const { kind } = this.#options;
    const safe = new Set([...this.#listing.entries, ...records].map((place) => identity(place, kind)));
    return [...this.#doubled].flatMap(([id, entry]) => (safe.has(id) ? [] : [entry]));
  }

  async #removeSurplus(): Promise<boolean> {
    const surplus = this.#plan.removed.filter(({ path }) => !this.problems.has(path));
    await Promise.all(
      surplus.map(async (entry) => {
        try {
          await removeLink(entry.path, this.textPath(entry));
          this.removed.add(entry.path);
          if (this.#plan.doubled.has(entry)) this.#doubled.set(identity(entry, this.#options.kind), entry);
        } catch (error) {
          this.problems.set(entry.path, await storeError(error, entry.path, 'remove the link'));
        }
      }),
    );
    await Promise.all([...new Set(surplus.map(({ path }) => dirname(path)))].map(removeEmpty));
    return surplus.length > 0;
  }

  /** The plan for what is there now: the right mode fills in what is missing, both remove what is too much. */
  #planAgain(): void {
    const { kind, mode } = this.#options;
    const { entries } = this.#listing;
    if (mode === 'default') {
      const { refused } = this.#plan;
      const open = this.#records.filter((record) => this.#written.has(record) && refused.get(record)?.rule !== 'twin');
      const plan = planBest(entries, [...open, ...this.#lost(open)], kind, false);
      this.#plan = { ...plan, refused: new Map([...refused, ...plan.refused]) };
      return;
    }
    const removed = beyondP4(entries);
    const standing = new Set(entries.filter((entry) => !removed.includes(entry)).map(placePath));
    const linked = new Map([...this.#plan.linked].filter(([, place]) => standing.has(placePath(place))));
    const refused = new Map(this.#plan.refused);
    for (const record of this.#plan.linked.keys()) {
      if (!linked.has(record)) refused.set(record, { rule: 'files', reason: 'its link was pushed out by another run' });
    }
    this.#plan = { ...this.#plan, linked, refused, removed };
  }
}
