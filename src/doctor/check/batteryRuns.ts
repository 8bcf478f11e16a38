// Runs a battery on backends, and compares the results with those of wasm.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../runCommand.ts';
import type { CheckSteps } from './checkSteps.ts';
import type { RunResult, Subject } from './machineCheck.ts';

const REPEATS = 3;
/** Seconds for one run. */
const LIMIT = 100;

/** The output folders of runs, one a subject; `close` removes them. */
export class BatteryRuns {
  readonly #folder: string = mkdtempSync(join(tmpdir(), 'batt-check-'));
  readonly #steps: CheckSteps;
  readonly #batt: string;
  readonly #args: readonly string[];
  #reference: string | undefined;

  /** @param batt the command @param args of `batt run` */
  constructor(steps: CheckSteps, batt: string, args: readonly string[]) {
    this.#steps = steps;
    this.#batt = batt;
    this.#args = args;
  }

  /**
   * Runs the battery; the first call is of the subject that the others are compared with.
   * @throws Error where a run fails
   */
  async run({ backend, gpus = 1 }: Subject): Promise<RunResult> {
    const seconds: number[] = [];
    let out = '';
    for (let k = 0; k < REPEATS; k++) {
      out = join(this.#folder, `${backend}-${gpus}-${k}`);
      const started = performance.now();
      const spread = gpus > 1 ? ['--gpus', String(gpus)] : [];
      const flags = ['--backend', backend, '--require-backend', ...spread, '--out', out, '--quiet'];
      await this.#expect(['run', ...this.#args, ...flags], [0]);
      seconds.push((performance.now() - started) / 1000);
    }
    this.#reference ??= out;
    return { run_seconds: seconds, same: (await this.#expect(['compare', this.#reference, out], [0, 1])) === 0 };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #expect(args: readonly string[], codes: readonly number[]): Promise<number> {
    const { code, failure } = await runProcess(
      process.execPath,
      [this.#batt, ...args],
      process.env,
      this.#steps.within(LIMIT),
    );
    if (code === undefined || !codes.includes(code)) throw new Error(`batt ${args[0]} ${failure}`);
    return code;
  }
}
