// Runs a battery on backends, and compares the results with those of wasm.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from './process.ts';
import type { RunResult, Subject } from './result.ts';
import type { Steps } from './steps.ts';

const REPEATS = 3;
/** Seconds for one run. */
const LIMIT = 100;

/** The output folders of runs, one a subject; `close` removes them. */
export class Runs {
  readonly #folder: string = mkdtempSync(join(tmpdir(), 'batt-gpu-check-'));
  readonly #steps: Steps;
  readonly #batt: string;
  readonly #args: readonly string[];
  #reference: string | undefined;

  /** @param batt the command @param args of `batt run` */
  constructor(steps: Steps, batt: string, args: readonly string[]) {
    this.#steps = steps;
    this.#batt = batt;
    this.#args = args;
  }

  /**
   * Runs the battery; the first call is of the subject that the others are compared with.
   * @throws Error where a run fails
   */
  run({ backend, gpus = 1 }: Subject): RunResult {
    const seconds: number[] = [];
    let out = '';
    for (let k = 0; k < REPEATS; k++) {
      out = join(this.#folder, `${backend}-${gpus}-${k}`);
      const started = performance.now();
      const spread = gpus > 1 ? ['--gpus', String(gpus)] : [];
      const flags = ['--backend', backend, '--require-backend', ...spread, '--out', out, '--quiet'];
      this.#expect(['run', ...this.#args, ...flags], [0]);
      seconds.push((performance.now() - started) / 1000);
    }
    this.#reference ??= out;
    return { run_seconds: seconds, same: this.#expect(['compare', this.#reference, out], [0, 1]) === 0 };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #expect(args: readonly string[], codes: readonly number[]): number {
    const { code, failure } = runProcess(process.execPath, [this.#batt, ...args], this.#steps.within(LIMIT));
    if (code === undefined || !codes.includes(code)) throw new Error(`batt ${args[0]}: ${failure}`);
    return code;
  }
}
