// Several processes in one folder, and processes that are killed at any moment.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { build } from 'esbuild';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FileStore } from '../../src/store/fileStore.ts';
import type { StoreRecord } from '../../src/store/layout.ts';
import { damage, record, recordsOf, scoresOf, scratch, tree } from './support.ts';
import type { Answer, Order } from './worker.ts';

const FOLDER = 'solver_dir/solve_007bbfb7';

/** PROCESS_RUNS times as many rounds and kills. */
const RUNS = Number(process.env.PROCESS_RUNS ?? 1);
const ROUNDS = 5 * RUNS;
const KILLS = 12 * RUNS;

async function bundle(): Promise<string> {
  const file = join(scratch(), 'worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return file;
}

interface Saver {
  readonly child: ChildProcess;
  readonly lines: Interface;
}

function start(worker: string): Saver {
  const child = spawn(process.execPath, [worker], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lines: createInterface({ input: child.stdout! }) };
}

async function give({ child, lines }: Saver, order: Order): Promise<string> {
  const answered = once(lines, 'line');
  child.stdin!.write(`${JSON.stringify(order)}\n`);
  return ((await answered) as [string])[0];
}

async function answer(saver: Saver, order: Omit<Order, 'endless'>): Promise<Answer> {
  return JSON.parse(await give(saver, { ...order, endless: false })) as Answer;
}

function ranked(records: readonly StoreRecord[]): string[] {
  const all = new Map(records.map((one) => [`${one.score} ${one.md5}`, one]));
  return [...all]
    .sort(([, a], [, b]) => b.score - a.score || (a.md5 < b.md5 ? -1 : 1))
    .slice(0, 32)
    .map(([link]) => link)
    .sort();
}

/** Batches of the same records for each of two processes: in other orders and sizes, with other t_logs, some of one only. */
function sharesOf(records: readonly StoreRecord[], round: number, overlap: boolean): StoreRecord[][][] {
  return [0, 1].map((side) => {
    const mine = records
      .filter((_, place) => !overlap || place % 3 !== side)
      .map((one, place) => ({ ...one, tLog: one.tLog + ((place + side * round) % 3) }));
    if (side === 1) mine.reverse();
    const size = Math.ceil(mine.length / (1 + (round % 4)));
    return Array.from({ length: Math.ceil(mine.length / size) }, (_, turn) =>
      mine.slice(turn * size, (turn + 1) * size),
    );
  });
}

describe('two processes in one folder', () => {
  it.each([
    ['the same records', false],
    ['overlapping records', true],
  ])(`%s, ${ROUNDS} times`, async (_, overlap) => {
    const worker = await bundle();
    const savers = [start(worker), start(worker)];
    for (let round = 0; round < ROUNDS; round++) {
      const out = scratch();
      const records = recordsOf(24 + 2 * round, (place) => ({ score: (place * 7) % 5, tLog: 10 }));
      const shares = sharesOf(records, round, overlap);
      const answers = await Promise.all(
        savers.map((saver, side) => answer(saver, { out, mode: 'default', batches: shares[side]! })),
      );
      for (const { outcomes, problems } of answers) {
        expect(problems).toEqual([]);
        expect(outcomes.filter((outcome) => !/^(saved|kept|refused)$/.test(outcome))).toEqual([]);
      }
      expect(damage(out, records)).toEqual([]);
      expect(scoresOf(out, FOLDER)).toEqual(ranked(records));
      expect(tree(join(out, 'solver_md5'))).toEqual(records.map(({ md5 }) => `${md5}.py`).sort());
      expect(tree(out).filter((path) => path.endsWith('.tmp'))).toEqual([]);
    }
  });

  it('p4: never more than 33 in the end, the best among them', async () => {
    const worker = await bundle();
    const savers = [start(worker), start(worker)];
    for (let round = 0; round < ROUNDS; round++) {
      const out = scratch();
      const records = recordsOf(70, (place) => ({ score: place < 20 ? 3 : 1 }));
      const [one, two] = sharesOf(records, round, true).map((batches) =>
        batches.map((batch) => batch.map((r) => ({ ...r, tLog: 12 }))),
      );
      const answers = await Promise.all([
        answer(savers[0]!, { out, mode: 'p4', batches: one! }),
        answer(savers[1]!, { out, mode: 'p4', batches: two! }),
      ]);
      for (const { outcomes } of answers) {
        expect(outcomes.filter((outcome) => !/^(saved|kept|refused)$/.test(outcome))).toEqual([]);
      }
      expect(damage(out, records)).toEqual([]);
      const links = scoresOf(out, FOLDER);
      expect(links.length).toBeLessThanOrEqual(33);
      expect(links.length).toBeGreaterThanOrEqual(32);
      expect(links.filter((link) => link.startsWith('3 '))).toHaveLength(20);
    }
  });
});

describe('a process that is killed', () => {
  it(`at ${KILLS} moments leaves whole files, and the next run completes the set`, async () => {
    const worker = await bundle();
    let incomplete = 0;
    // until enough of them came in the midst of the work
    for (let kill = 0; kill < KILLS || incomplete < KILLS / 6; kill++) {
      const out = scratch();
      // Twice the same programs with other scores and t_logs: links are made, replaced and pushed out all the time.
      const first = recordsOf(50, (place) => ({ score: place % 4, tLog: 11 }));
      const second = recordsOf(50, (place) => ({ score: (place % 4) + 1, tLog: 11 + (place % 2) }));
      const differs = recordsOf(12, (place) => ({ kind: 'differ iz', score: place }));
      const records = [...first, ...differs, record('one', { task: 'other' })];
      const saver = start(worker);
      await give(saver, { out, mode: 'default', batches: [records, second], endless: true });
      await new Promise((resolve) => setTimeout(resolve, Math.random() ** 2 * 200));
      const gone = once(saver.child, 'exit');
      saver.child.kill('SIGKILL');
      await gone;
      expect(damage(out, [...records, ...second])).toEqual([]);
      const links = new Set(scoresOf(out, FOLDER));
      if ([first, second].every((set) => links.size !== 32 || ranked(set).some((link) => !links.has(link))))
        incomplete++;
      const before = [...links].map((link) => link.split(' ')[1]!);
      const { outcomes, problems } = await new FileStore(out).save([...second, ...records.slice(50)]);
      expect(problems).toEqual([]);
      expect(outcomes.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(before.every((md5) => readdirSync(join(out, 'solver_md5')).includes(`${md5}.py`))).toBe(true);
      expect(damage(out, [...records, ...second])).toEqual([]);
      expect(scoresOf(out, FOLDER)).toEqual(ranked(second));
      expect(tree(join(out, 'solver_md5')).filter((path) => path.endsWith('.py'))).toHaveLength(51);
      expect(tree(join(out, 'differ_dir')).filter((path) => path.endsWith('.py'))).toHaveLength(12);
    }
  });
});
