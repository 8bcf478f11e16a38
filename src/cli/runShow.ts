// What `batt run` prints: a block, row or line of JSON a task, and the summary.
import { basename } from 'node:path';
import { candidateRows } from '../pipeline/keep/taskLines.ts';
import type { BegunEvent } from '../pipeline/run.ts';
import { phaseChart } from '../report/phaseChart.ts';
import { summaryJson, taskJson } from '../report/runJson.ts';
import { summaryText, taskBlock, taskRow, taskRowHead, taskWidth } from '../report/runText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { timingSummary } from '../report/timing.ts';
import type { TaskLine } from '../results/lines.ts';
import { EXIT_FAILED } from './exit.ts';
import { log, print, printJson } from './output.ts';
import type { RunFlags } from './runFlags.ts';

/** With more tasks each has a line in place of a block. */
const MOST_BLOCKS = 6;

/** Prints a run. */
export class RunShow {
  readonly #begun: BegunEvent;
  readonly #flags: RunFlags;
  readonly #candidates: ReturnType<typeof candidateRows>;
  readonly #style = styleOf(wantsColour(process.stdout));
  readonly #width: number;
  readonly #blocks: boolean;
  readonly #start: number = performance.now();

  constructor(begun: BegunEvent, flags: RunFlags) {
    const { set, data } = begun.run;
    this.#begun = begun;
    this.#flags = flags;
    this.#candidates = candidateRows(set);
    this.#width = taskWidth(data.tasks.map(({ id }) => id));
    this.#blocks = data.tasks.length <= MOST_BLOCKS;
    if (!flags.json && !this.#blocks) print(taskRowHead(this.#width, this.#style));
  }

  /** The id of the run, where it is kept on disk. */
  get runId(): string | undefined {
    const { folder } = this.#begun;
    return folder === undefined ? undefined : basename(folder);
  }

  /** Whether a candidate has ended a worker. */
  get hasCrashes(): boolean {
    return this.#begun.totals.verdicts.has('crash');
  }

  /** Prints a task, and on stderr what went wrong with it. */
  task(line: TaskLine): void {
    const { failures = [], notes = [] } = line;
    for (const failure of failures) log(failure);
    if (!this.#flags.quiet) for (const note of notes) log(note);
    if (failures.length > 0) process.exitCode = EXIT_FAILED;
    if (this.#flags.json) printJson(taskJson(line, this.#candidates));
    else if (this.#blocks) print(taskBlock(line, this.#candidates, this.#style, this.#flags.top));
    else print(taskRow(line, this.#candidates, this.#width, this.#style));
  }

  /** Prints the summary. @param early why the run ended before all was done */
  summary(digest: string, early?: string): void {
    const { run, backend, folder, totals } = this.#begun;
    const { json, timing } = this.#flags;
    if (json) {
      printJson(summaryJson(run, totals, digest, performance.now() / 1000, backend));
      if (early !== undefined && !this.#flags.quiet) log(early);
      return;
    }
    const speed = {
      seconds: (performance.now() - this.#start) / 1000,
      tasks: totals.tasks - totals.before.tasks,
      runs: totals.runs - totals.before.runs,
    };
    const text = summaryText(run, totals, digest, this.#style, backend, speed, {
      early,
      results: folder,
    });
    print(`${this.#blocks ? '' : '\n'}${text}`);
    if (timing) print(timingSummary(totals.clock.timing));
    if (timing && process.stdout.isTTY) print(phaseChart(totals.clock.timing, this.#style));
  }
}
