// What `batt run` prints: a block, row or line of JSON a task, and the summary.
import type { Backend } from '../../kernels/backend.ts';
import { candidateRows } from '../pipeline/keep/taskLines.ts';
import { Totals } from '../pipeline/keep/totals.ts';
import type { PreparedRun } from '../pipeline/run.ts';
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

/** Prints a run, and adds it up. */
export class RunShow {
  readonly totals: Totals;
  readonly #prepared: PreparedRun;
  readonly #flags: RunFlags;
  readonly #backend: Backend;
  readonly #results: string | undefined;
  readonly #candidates: ReturnType<typeof candidateRows>;
  readonly #style = styleOf(wantsColour(process.stdout));
  readonly #width: number;
  readonly #blocks: boolean;
  /** Of this process: tasks and runs, without those that were done before it. */
  readonly #before = { tasks: 0, runs: 0 };
  readonly #begun: number = performance.now();

  constructor(prepared: PreparedRun, flags: RunFlags, backend: Backend, results: string | undefined) {
    const { tasks } = prepared.data;
    this.#prepared = prepared;
    this.#flags = flags;
    this.#backend = backend;
    this.#results = results;
    this.#candidates = candidateRows(prepared.set);
    this.#width = taskWidth(tasks.map(({ id }) => id));
    this.#blocks = tasks.length <= MOST_BLOCKS;
    this.totals = new Totals(prepared.timing);
    if (!flags.json && !this.#blocks) print(taskRowHead(this.#width, this.#style));
  }

  /** Prints a task, and on stderr what went wrong with it. */
  task(line: TaskLine): void {
    const { failures = [], notes = [] } = line;
    for (const failure of failures) log(failure);
    if (!this.#flags.quiet) for (const note of notes) log(note);
    if (failures.length > 0) process.exitCode = EXIT_FAILED;
    this.totals.add(line);
    if (this.#flags.json) printJson(taskJson(line, this.#candidates));
    else if (this.#blocks) print(taskBlock(line, this.#candidates, this.#style));
    else print(taskRow(line, this.#candidates, this.#width, this.#style));
  }

  /** Prints a task that an earlier process has done. */
  doneBefore(line: TaskLine): void {
    this.task(line);
    this.#before.tasks = this.totals.tasks;
    this.#before.runs = this.totals.runs;
    this.totals.secondsBefore += line.timing['main.run_batt'] ?? 0;
  }

  /** Prints the summary. @param early why the run ended before all was done */
  summary(digest: string, early?: string): void {
    const { totals } = this;
    const { json, timing } = this.#flags;
    if (json) {
      printJson(summaryJson(this.#prepared, totals, digest, performance.now() / 1000, this.#backend));
      if (early !== undefined && !this.#flags.quiet) log(early);
      return;
    }
    const speed = {
      seconds: (performance.now() - this.#begun) / 1000,
      tasks: totals.tasks - this.#before.tasks,
      runs: totals.runs - this.#before.runs,
    };
    const text = summaryText(this.#prepared, totals, digest, this.#style, this.#backend, speed, {
      early,
      results: this.#results,
    });
    print(`${this.#blocks ? '' : '\n'}${text}`);
    if (timing) print(timingSummary(totals.clock.timing));
    if (timing && process.stdout.isTTY) print(phaseChart(totals.clock.timing, this.#style));
  }
}
