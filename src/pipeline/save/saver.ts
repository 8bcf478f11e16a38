// The phases after scoring: filter, inline, validate, save, differs (docs/spec/battery.md 6), for one task after the
// other.
import { readFile } from 'node:fs/promises';
import type { Task } from '../../arc/task.ts';
import type { EvaluationOptions } from '../../engine/evaluator.ts';
import { StoreError } from '../../files/storeError.ts';
import { replaceFile } from '../../files/wholeFile.ts';
import type { Dialect } from '../../lang/battery.ts';
import { hasGuards } from '../../lang/text/source.ts';
import { FileStore } from '../../store/fileStore.ts';
import { type StoreMode, type StoreRecord, tLogOf } from '../../store/layout.ts';
import type { SaveOutcome } from '../../store/outcome.ts';
import { MAX_FILES } from '../../store/rule.ts';
import type { PreparedRun } from '../read/prepareRun.ts';
import type { RunStop } from '../runStop.ts';
import type { TaskResult } from '../score/scoreTask.ts';
import { Clock } from '../timing.ts';
import { Turns } from '../turns.ts';
import { type CandidateText, CandidateTexts } from './candidateTexts.ts';
import { DifferSaver } from './differSaver.ts';
import { forEachQueued } from './queue.ts';
import { figures, type Item, isCutShort, NO_TEXT, nameOf } from './savable.ts';
import type { SavedTask } from './savedTask.ts';
import { SavingLog } from './savingLog.ts';
import type { ValidationThreads } from './validationThreads.ts';
import { type Validation, Validator, type ValidatorOptions } from './validator.ts';

/** Which candidates are saved: all, those with a right sample, or none. */
export type SaveChoice = 'all' | 'right' | 'none';

export interface SaverOptions extends EvaluationOptions {
  /** The folder that files go into. */
  readonly out: string;
  /** `p4`: the original's texts, names and habits (docs/spec/battery.md 4, 6), its faults included. */
  readonly mode: StoreMode;
  /** The dialect that was forced on all batteries, if one was. */
  readonly dialect?: Dialect | undefined;
  /** Which candidates are saved: all, those with a right sample, or none. */
  readonly save: SaveChoice;
  /** Whether a candidate was not run any more once it had failed a sample. */
  readonly firstMismatch?: boolean;
  /** Ends what is under way. Default: nothing does. */
  readonly stop?: RunStop;
  /** Threads that validate, at most; started when the work is worth it. Default 1: this one. */
  readonly jobs?: number;
  /** Their program; default the one built beside the command. */
  readonly validator?: URL;
}

/** Seconds of validation from which threads are started for it: one takes some 0.15 s of a core until it is ready. */
const WORTH_THREADS = 0.5;

/**
 * Candidates whose texts are in memory at a time. With more than these on a task, texts that get no link are not written and
 * candidates that the best so far leave no room for go no further.
 */
const CHUNK = 1024;

/** Of such a chunk the programs that are validated: as many as there are links, and some in place of those that fail. */
const MOST_GOING = 64;

/** t_log where no run time was measured. */
const NO_T_LOG = 10;

/** Verdicts of a run that was cut off from outside: it is not tried again, and would not have to end the same way. */
const CUT_OFF = ['timeout', 'crash'];

/** What scoring took, of all threads together. */
const BUSY = ['run_batt.phase4_demo_cpu', 'run_batt.phase4_test_cpu'];

/** Begins the reason why a candidate has no link. */
const RULE = '32-file rule';

const FILTER = 'run_batt.phase1_filter';
const INLINE = 'run_batt.phase2_inline_batch';
const VALIDATE = 'run_batt.phase3a_validate_batch';
const SAVE = 'run_batt.phase3b_file_ops';
const DIFFERS = 'run_batt.phase4_differs';

export class Saver {
  readonly #options: SaverOptions;
  readonly #texts: CandidateTexts;
  readonly #validator: Validator;
  #threads: ValidationThreads | undefined;
  readonly #store: FileStore;
  /** Saves the other kinds of files, which it can do at the same time. */
  readonly #differs: DifferSaver;

  constructor(run: PreparedRun, options: SaverOptions) {
    const { out, mode } = options;
    this.#options = options;
    this.#texts = new CandidateTexts(run.batteries, mode === 'p4' ? 'p4' : 'right');
    this.#validator = new Validator({ ...validation(options), stop: options.stop });
    const many = run.set.counts.scored > CHUNK;
    this.#store = new FileStore(out, { mode, texts: many ? 'linked' : 'all' });
    this.#differs = new DifferSaver(run, this.#texts, options);
  }

  /**
   * The lowest score that the 32-file rule leaves room for on a task, as its files are now; of a folder that cannot be read
   * -Infinity: saving into it names it.
   */
  async lowestScore(task: string): Promise<number> {
    try {
      return await this.#store.lowestScore(task, 'solver');
    } catch (error) {
      if (error instanceof StoreError) return Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  /**
   * Saves what scoring a task gave. Signals and timers are heard meanwhile.
   * @param lowest score of a candidate to be stored, see {@link lowestScore}
   * @throws RunOver where the run is to end before all is validated; files that were saved by then stay
   */
  async save(task: Task, result: TaskResult, lowest: number): Promise<SavedTask> {
    const clock = new Clock();
    clock.add(result.timing);
    const start = performance.now();
    const log = new SavingLog();
    const items = clock.time(FILTER, () => this.#filter(result, lowest, log));
    const tLogs = new Map<string, number>();
    // the disk takes the solvers while the differs are worked out: they lie in other folders
    let saving = Promise.resolve();
    for (let from = 0; from < items.length; from += CHUNK) {
      await saving;
      this.#options.stop?.throwIfOver();
      const worthwhile = this.#worthwhile(items.slice(from, from + CHUNK), log);
      const chunk = await clock.timeAsync(INLINE, () => this.#inline(worthwhile, items.length > CHUNK, log));
      await clock.timeAsync(VALIDATE, () => this.#validate(task, chunk, log, clock));
      for (const { scored, tLog } of chunk) {
        const { solverId } = scored.candidate;
        if (!tLogs.has(solverId)) tLogs.set(solverId, tLog);
      }
      saving = clock.timeAsync(SAVE, () => this.#saveSolvers(task, chunk, log));
    }
    const savingDiffers = clock.timeAsync(DIFFERS, () => this.#differs.save(result, tLogs, log, clock));
    await Promise.allSettled([savingDiffers, saving]); // nothing is written behind an error
    await saving;
    const differs = await savingDiffers;
    clock.book('main.run_batt', (performance.now() - start) / 1000);
    const { stored, unlinked, failures, notes, unsaved } = log;
    return { result: { ...result, timing: clock.timing }, differs, stored, unlinked, failures, notes, unsaved };
  }

  /** The candidates to save, the best first, without those that the 32-file rule leaves no room for. */
  #filter({ candidates, scores, timing }: TaskResult, lowest: number, log: SavingLog): Item[] {
    const items: Item[] = [];
    const each = BUSY.reduce((sum, key) => sum + (timing.get(key) ?? 0), 0) / candidates.length;
    for (const scored of candidates) {
      const { candidate, score } = scored;
      // the original's scores are those of ids; programs of one id count together
      const linkScore = candidate.dialect === 'sic' ? scores.get(candidate.solverId)! : score.oScore;
      if (!this.#isWanted(score.oScore)) continue;
      if (linkScore < lowest) {
        log.refuse(candidate, `${RULE}: the lowest score of ${MAX_FILES} stored solvers is ${lowest}`);
      } else {
        items.push({ scored, linkScore, seconds: each, text: NO_TEXT, tLog: NO_T_LOG });
      }
    }
    return items.sort((a, b) => b.linkScore - a.linkScore);
  }

  #isWanted(oScore: number): boolean {
    const { save } = this.#options;
    return save === 'all' || (save === 'right' && oScore > 0);
  }

  /** Those that what has been stored of the task so far leaves room for. The files are not looked at: see `SavingLine`. */
  #worthwhile(chunk: readonly Item[], log: SavingLog): readonly Item[] {
    if (log.links.size < MAX_FILES) return chunk;
    const scores = [...log.links.values()].sort((a, b) => b - a);
    const lowest = scores[MAX_FILES - 1]!;
    const isOutranked = ({ linkScore }: Item): boolean => linkScore < lowest;
    for (const { scored } of chunk.filter(isOutranked)) {
      log.refuse(scored.candidate, `${RULE}: ${MAX_FILES} of this run have score ${lowest} and more`);
    }
    return chunk.filter((item) => !isOutranked(item));
  }

  /** Makes the texts; of very many candidates only those go on that can be among the best 32 by score, then md5. */
  async #inline(chunk: readonly Item[], many: boolean, log: SavingLog): Promise<readonly Item[]> {
    const turns = new Turns();
    for (const item of chunk) {
      item.text = this.#texts.ofCandidate(item.scored.candidate, false);
      if (turns.areDue()) await turns.give();
    }
    if (!many || this.#options.mode === 'p4') return chunk;
    const best = chunk.slice().sort((a, b) => b.linkScore - a.linkScore || (a.text.md5 < b.text.md5 ? -1 : 1));
    const going = new Set<string>();
    for (const { text } of best) if (going.size < MOST_GOING) going.add(text.md5);
    for (const item of chunk) {
      if (going.has(item.text.md5)) continue;
      log.refuse(item.scored.candidate, `${RULE}: ${MOST_GOING} others have better scores, or smaller md5s`);
      item.text = NO_TEXT;
    }
    return chunk.filter(({ text }) => text !== NO_TEXT);
  }

  async #validate(task: Task, chunk: readonly Item[], log: SavingLog, clock: Clock): Promise<void> {
    const { jobs = 1 } = this.#options;
    const takes = chunk.reduce((sum, { seconds }) => sum + seconds, 0);
    if (jobs > 1 && takes > WORTH_THREADS) this.#threads ??= await this.#openThreads();
    await forEachQueued(chunk, (item) => this.#validateOne(task, item, clock), {
      concurrency: this.#threads === undefined ? 1 : jobs,
      priority: ({ linkScore }) => linkScore,
    });
    for (const { scored, fault, note } of chunk) {
      if (note !== undefined) log.notes.push(`${nameOf(scored)}: ${note}`);
      if (fault !== undefined)
        log.failures.push(`${nameOf(scored)}: the stored program does not reproduce its score: ${fault}`);
    }
  }

  async #openThreads(): Promise<ValidationThreads> {
    const { ValidationThreads } = await import('./validationThreads.ts');
    return new ValidationThreads({
      ...validation(this.#options),
      stop: this.#options.stop,
      file: this.#options.validator,
    });
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await this.#threads?.close();
  }

  #run(task: Task, text: string): Promise<Validation> {
    return (this.#threads ?? this.#validator).run(task, text);
  }

  /** Runs the text of a candidate; one that needs its guards gets the text that has them. */
  async #validateOne(task: Task, item: Item, clock: Clock): Promise<void> {
    const { candidate, score } = item.scored;
    if (CUT_OFF.some((verdict) => verdict in score.verdicts)) return;
    const right = this.#options.mode === 'default';
    let fault = await this.#fault(task, item, clock);
    if (fault !== undefined && right && this.#texts.hasGuardedForm(candidate)) {
      item.text = this.#texts.ofCandidate(candidate, true);
      fault = await this.#fault(task, item, clock);
    }
    // the original stores what does not reproduce its score, too
    if (fault !== undefined && right) item.fault = fault;
  }

  /** Why the text of a candidate is not to be stored; one whose run took too long to say is, with a note. */
  async #fault(task: Task, item: Item, clock: Clock): Promise<string | undefined> {
    const validation = await this.#run(task, item.text.text);
    if (validation.fault !== undefined) return validation.fault;
    const { score, seconds } = validation;
    clock.book('run_batt.check_solver_speed', seconds);
    item.tLog = tLogOf(seconds);
    const [found, wanted] = [figures(score), figures(item.scored.score)];
    if (found === wanted) return undefined;
    if (!isCutShort(score, item.scored.score)) return `found ${found}, expected ${wanted}`;
    item.note = 'stored, but not confirmed: on its own it took longer than the time-out';
    return undefined;
  }

  async #saveSolvers(task: Task, chunk: readonly Item[], log: SavingLog): Promise<void> {
    const items = chunk.filter(({ fault }) => fault === undefined);
    const chosen = this.#options.mode === 'p4' ? items : log.twins.choose(items, log.notes);
    const { outcomes, problems } = await this.#store.save(chosen.map((item) => recordOf(task, item)));
    const settled: SaveOutcome[] = [];
    for (const [k, outcome] of outcomes.entries()) settled.push(await this.#settle(task, chosen[k]!, outcome));
    for (const { scored, text, tLog, linkScore } of items) {
      const { md5, form, peerMd5 } = text;
      log.links.set(md5, Math.max(linkScore, log.links.get(md5) ?? linkScore));
      log.stored.set(scored.candidate, { md5, form, tLog, ...(peerMd5 === undefined ? {} : { peerMd5 }) });
    }
    log.take(settled, problems);
    for (const [k, outcome] of settled.entries()) {
      if (outcome.status === 'refused') log.refuse(chosen[k]!.scored.candidate, `${RULE}: ${outcome.reason}`);
    }
    for (const item of chunk) item.text = NO_TEXT; // so that memory does not grow with the number of candidates
  }

  /**
   * What became of a candidate whose file is there with another content: it may have been stored with its guards because
   * of another task, or by another battery with other numbers. A text that gives what was scored stays; any other one is
   * replaced by that which does.
   */
  async #settle(task: Task, item: Item, outcome: SaveOutcome): Promise<SaveOutcome> {
    if (outcome.status !== 'failed' || this.#options.mode === 'p4') return outcome;
    const { path } = outcome.error;
    const standing = await readFile(path, 'utf8').catch(() => undefined);
    if (standing === undefined) return outcome;
    const text: CandidateText = { ...item.text, text: standing, form: formOf(standing, item.text) };
    if (await this.#reproduces(task, item, standing)) item.text = text;
    else await replaceFile(path, item.text.text);
    const { outcomes } = await this.#store.save([recordOf(task, item)]);
    return outcomes[0]!;
  }

  async #reproduces(task: Task, { scored }: Item, text: string): Promise<boolean> {
    const validation = await this.#run(task, text);
    return validation.fault === undefined && figures(validation.score) === figures(scored.score);
  }
}

/** What decides what a text gives. */
function validation(options: SaverOptions): Omit<ValidatorOptions, 'stop'> {
  const { budget, timeout, dialect, firstMismatch } = options;
  return { budget, timeout, dialect, firstMismatch };
}

function recordOf({ id }: Task, { text, linkScore, tLog }: Item): StoreRecord {
  return { kind: 'solver', task: id, md5: text.md5, text: text.text, score: linkScore, tLog };
}

/** The form of a text that stands in the place of another. */
function formOf(text: string, { form }: CandidateText): CandidateText['form'] {
  if (hasGuards(text)) return 'guarded';
  return form === 'guarded' ? 'expanded' : form;
}
