// The same comparison in numpy, in a process of its own: buffers made beforehand, blocks that fit a cache.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Contender } from '../../src/doctor/check/contender.ts';
import type { Comparisons } from './data.ts';
import PROGRAM from './numpy.py?raw';

/** numpy's version, or why there is none. */
export interface Python {
  readonly command: string;
  readonly numpy: string | undefined;
}

/** The Python of `$PYTHON`, else python3. */
export function findNumpy(): Python {
  const command = process.env.PYTHON || 'python3';
  const { status, stdout } = spawnSync(command, ['-c', 'import numpy; print(numpy.__version__)'], { encoding: 'utf8' });
  return { command, numpy: status === 0 ? stdout.trim() : undefined };
}

/** A process that compares. */
export class NumpyContender implements Contender {
  readonly name = 'numpy';
  readonly #folder: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #rows: number;
  readonly #gone: Promise<never>;

  constructor(command: string, { outputs, expected, index }: Comparisons) {
    this.#rows = index.length;
    this.#folder = mkdtempSync(join(tmpdir(), 'batt-bench-'));
    for (const [name, words] of Object.entries({ outputs, expected, index })) {
      writeFileSync(join(this.#folder, name), words);
    }
    this.#child = spawn(command, ['-c', PROGRAM, this.#folder]);
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface(this.#child.stdout);
    this.#gone = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`numpy: the process ended with ${code}`);
    });
    this.#gone.catch(() => {});
  }

  /** Rows that it takes at once, once it has found out. */
  async ready(): Promise<number> {
    return Number((await this.#line()).split(' ')[2]);
  }

  async seconds(times: number): Promise<number> {
    return Number(await this.#ask(String(times)));
  }

  async result(): Promise<Int32Array> {
    await this.#ask('result');
    const bytes = readFileSync(join(this.#folder, 'result'));
    if (bytes.length !== 16 * this.#rows) throw new Error(`numpy: ${bytes.length} bytes of result`);
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  }

  close(): void {
    this.#child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(line: string): Promise<string> {
    this.#child.stdin.write(`${line}\n`);
    return this.#line();
  }

  async #line(): Promise<string> {
    const [line] = (await Promise.race([once(this.#lines, 'line'), this.#gone])) as [string];
    return line;
  }
}
