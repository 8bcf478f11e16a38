// The same comparison in numpy, in a process of its own: buffers made beforehand, blocks that fit a cache.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Contender } from './contender.ts';
import type { Comparisons } from './data.ts';

const PROGRAM = `
import os, sys, time
import numpy as np

folder = sys.argv[1]
def words(name):
    path = os.path.join(folder, name)
    data = np.fromfile(path, np.int32)
    os.remove(path)
    return data
outputs, expected = words('outputs').reshape(-1, 128), words('expected').reshape(-1, 128)
index = words('index').astype(np.intp)
rows = len(index)
result = np.zeros((rows, 4), np.int32)

# MASK[31 * height + width]: the cells of a box, as a record has them, zero in the words of height, width and hash
MASK = np.zeros((31, 31, 32), np.int32)
for height in range(31):
    for width in range(31):
        MASK[height, width, :height] = (1 << width) - 1
MASK = MASK.reshape(961, 32)
ONES = np.array([bin(byte).count('1') for byte in range(256)], np.uint8)

def buffers(size):
    return dict(
        size=size, b=np.empty((size, 128), np.int32), x=np.empty((size, 128), np.int32),
        d=np.empty((size, 32), np.int32), m=np.empty((size, 32), np.int32), c=np.empty((size, 32), np.uint8),
        bytes=np.empty((size, 128), np.uint8), h=np.empty(size, np.int32), w=np.empty(size, np.int32),
        t=np.empty(size, np.int32), wrong=np.empty(size, np.int32), f=np.empty(size, bool), g=np.empty(size, bool))

def compare(B, rows):
    for start in range(0, rows, B['size']):
        end = min(start + B['size'], rows)
        n = end - start
        a, r = outputs[start:end], result[start:end]
        b, x, d, m, h, w, t, wrong, f, g = (B[k][:n] for k in ('b', 'x', 'd', 'm', 'h', 'w', 't', 'wrong', 'f', 'g'))
        np.take(expected, index[start:end], axis=0, out=b, mode='clip')
        np.bitwise_xor(a, b, out=x)
        np.bitwise_or(x[:, 0:32], x[:, 32:64], out=d)
        np.bitwise_or(d, x[:, 64:96], out=d)
        np.bitwise_or(d, x[:, 96:128], out=d)
        np.minimum(a[:, 30], b[:, 30], out=h)
        np.minimum(a[:, 62], b[:, 62], out=w)
        np.multiply(h, 31, out=t)
        np.add(t, w, out=t)
        np.take(MASK, t, axis=0, out=m, mode='clip')
        np.bitwise_and(d, m, out=d)
        if hasattr(np, 'bitwise_count'):
            count = np.bitwise_count(d.view(np.uint32), out=B['c'][:n])
        else:
            count = np.take(ONES, d.view(np.uint8), out=B['bytes'][:n], mode='clip')
        np.add.reduce(count, axis=1, dtype=np.int32, out=wrong)
        np.multiply(h, w, out=t)
        np.subtract(t, wrong, out=r[:, 2])
        np.maximum(a[:, 30], b[:, 30], out=h)
        np.maximum(a[:, 62], b[:, 62], out=w)
        np.multiply(h, w, out=r[:, 3])
        np.equal(a[:, 30], b[:, 30], out=f)
        np.equal(a[:, 62], b[:, 62], out=g)
        np.logical_and(f, g, out=f)
        np.greater(a[:, 30], 0, out=g)
        np.logical_and(f, g, out=f)
        r[:, 1] = f
        np.equal(wrong, 0, out=g)
        np.logical_and(f, g, out=f)
        r[:, 0] = f

def seconds(B, rows, times):
    start = time.perf_counter()
    for _ in range(times):
        compare(B, rows)
    return time.perf_counter() - start

some = min(rows, 32768)
sizes = [buffers(size) for size in (128, 256, 512, 1024, 2048, 4096)]
best = min(sizes, key=lambda B: min(seconds(B, some, 1) for _ in range(5)))
print('ready', np.__version__, best['size'], flush=True)
for line in sys.stdin:
    if line.strip() == 'result':
        result.tofile(os.path.join(folder, 'result'))
        print('written', flush=True)
    else:
        print(seconds(best, rows, int(line)), flush=True)
`;

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
