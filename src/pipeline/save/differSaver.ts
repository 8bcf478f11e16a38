// Saves the differs of a task: a text each, and links by what they scored for each solver.

import { FileStore } from '../../store/fileStore.ts';
import type { StoreMode, StoreRecord } from '../../store/layout.ts';
import type { PreparedRun } from '../read/prepareRun.ts';
import type { TaskResult } from '../score/scoreTask.ts';
import type { Clock } from '../timing.ts';
import { Turns } from '../turns.ts';
import type { CandidateText, CandidateTexts } from './candidateTexts.ts';
import { type DifferScore, differScores } from './differScores.ts';
import type { SavedDiffer } from './savedTask.ts';
import type { SavingLog } from './savingLog.ts';

export class DifferSaver {
  readonly #run: PreparedRun;
  readonly #candidateTexts: CandidateTexts;
  readonly #store: FileStore;
  readonly #texts = new Map<number, CandidateText>();

  constructor(run: PreparedRun, texts: CandidateTexts, options: { readonly out: string; readonly mode: StoreMode }) {
    this.#run = run;
    this.#candidateTexts = texts;
    this.#store = new FileStore(options.out, { mode: options.mode });
  }

  /** @param tLogs by solver id */
  async save(
    result: TaskResult,
    tLogs: ReadonlyMap<string, number>,
    log: SavingLog,
    clock: Clock,
  ): Promise<SavedDiffer[]> {
    const { set, batteries } = this.#run;
    const { differs } = set.graph;
    if (differs.length === 0) return [];
    const scores = clock.time('run_batt.phase4_build', () => differScores(batteries, differs, result.differSizes));
    const texts = await clock.timeAsync('run_batt.phase4_inline', () => this.#textsOf(scores));
    await clock.timeAsync('run_batt.phase4_process', async () => {
      const records = scores.flatMap((score, k) => differRecords(result.task, score, texts[k], tLogs));
      const { outcomes, problems } = await this.#store.save(records);
      log.take(outcomes, problems);
    });
    return scores.map(({ name, iz, zo }, k) => ({ name, iz, zo, md5: texts[k]?.md5 ?? null }));
  }

  async #textsOf(scores: readonly DifferScore[]): Promise<(CandidateText | undefined)[]> {
    const turns = new Turns();
    const texts: (CandidateText | undefined)[] = [];
    for (const { leading } of scores) {
      if (turns.areDue()) await turns.give();
      texts.push(this.#text(leading));
    }
    return texts;
  }

  /** The text of a differ, made once a run. */
  #text(leading: number | undefined): CandidateText | undefined {
    if (leading === undefined) return undefined;
    let text = this.#texts.get(leading);
    if (text === undefined) {
      text = this.#candidateTexts.ofDiffer(this.#run.set.graph.differs[leading]!);
      this.#texts.set(leading, text);
    }
    return text;
  }
}

/**
 * One record a score: the links of a differ for several solvers differ in nothing but score and t_log, which is a time; it is
 * that of the first of them.
 */
function differRecords(
  task: string,
  { iz, zo }: DifferScore,
  text: CandidateText | undefined,
  tLogs: ReadonlyMap<string, number>,
): StoreRecord[] {
  if (text === undefined) return [];
  return [['differ iz', iz] as const, ['differ zo', zo] as const].flatMap(([kind, scores]) => {
    const byScore = new Map<number, number>();
    for (const [id, tLog] of tLogs) {
      const score = scores.get(id) ?? 0;
      if (!byScore.has(score)) byScore.set(score, tLog);
    }
    return Array.from(byScore, ([score, tLog]) => ({ kind, task, md5: text.md5, text: text.text, score, tLog }));
  });
}
