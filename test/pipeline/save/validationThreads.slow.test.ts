// Stored texts run in threads: the same as in this one, and a thread that dies or hangs costs its own text only.
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { RunOver, RunStop } from '../../../src/pipeline/runStop.ts';
import { Saver, type SaverOptions } from '../../../src/pipeline/save/saver.ts';
import { ValidationThreads } from '../../../src/pipeline/save/validationThreads.ts';
import { Validator } from '../../../src/pipeline/save/validator.ts';
import { useWorkerFile } from '../../engine/workerFile.ts';
import { manyPrograms, prepared, scored, useFolder } from '../runFiles.ts';

const folder = useFolder();
const source = 'pipeline/save/validationWorker.ts';
const file = useWorkerFile('', source);
/** Ends the thread at the text that names NINE, hangs at the one that names EIGHT, ends it behind the one that names SEVEN. */
const faulty = useWorkerFile(
  `import { parentPort as port } from 'node:worker_threads';
port.on('message', ({ text }) => {
  if (text.includes('NINE')) process.exit(1);
  if (text.includes('EIGHT')) for (;;);
  if (text.includes('SEVEN')) setTimeout(() => process.exit(1), 50);
});`,
  source,
);

let threads: ValidationThreads | undefined;
afterEach(() => threads?.close());

const run = prepared(folder, 'def solve_a(I):\n    return I\n', 2, 3);
const [task, other] = run.data.tasks;
const text = (call: string): string => `def solve(I):\n    O = ${call}\n    return O\n`;
const TEXTS = ['identity(I)', 'hmirror(I)', 'replace(I, ONE, TWO)', 'first(ZERO)', 'size(I)', 'nosuch(I)', 'I +'].map(
  text,
);

test('give what a run in this thread gives', async () => {
  threads = new ValidationThreads({ file });
  const alone = new Validator({});
  for (const on of [task!, other!, task!]) {
    const [found, wanted] = [await Promise.all(TEXTS.map((each) => threads!.run(on, each))), [] as unknown[]];
    for (const each of TEXTS) wanted.push({ ...(await alone.run(on, each)), seconds: 0 });
    expect(found.map((validation) => ({ ...validation, seconds: 0 }))).toEqual(wanted);
  }
});

test('a thread that dies or hangs costs its own text only', async () => {
  threads = new ValidationThreads({ file: faulty, timeout: 0.01 });
  const calls = ['identity(I)', 'replace(I, NINE, ONE)', 'hmirror(I)', 'replace(I, EIGHT, ONE)', 'vmirror(I)'];
  const found = await Promise.all(calls.map((call) => threads!.run(task!, text(call))));
  expect(found.map(({ fault }) => fault !== undefined)).toEqual([false, true, false, true, false]);
  expect(found[1]!.fault).toBe('its thread ended, or gave no sign of life');
  expect((await threads.run(task!, TEXTS[0]!)).fault).toBeUndefined();
});

test('a thread that ends when it has answered costs no text', async () => {
  threads = new ValidationThreads({ file: faulty, timeout: 1 });
  expect((await threads.run(task!, text('replace(I, SEVEN, ONE)'))).fault).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await threads.run(task!, TEXTS[0]!)).fault).toBeUndefined();
});

test('an interruption and the deadline end what is under way', async () => {
  const stop = new RunStop();
  threads = new ValidationThreads({ file: faulty, stop });
  const hung = threads.run(task!, text('replace(I, EIGHT, ONE)'));
  setTimeout(() => stop.interrupt(), 300);
  await expect(hung).rejects.toThrow(RunOver);
  const late = new ValidationThreads({ file, stop: new RunStop(performance.now() + 1) });
  await expect(Promise.all(TEXTS.map((each) => late.run(task!, each)))).rejects.toThrow(RunOver);
  await late.close();
});

test('what is saved does not depend on the number of threads', async () => {
  const all = prepared(folder, manyPrograms(300), 1, 30);
  const [result] = await scored(all);
  const timing = new Map([...result!.timing, ['run_batt.phase4_demo_cpu', 10]]);
  const save = async (jobs: number): Promise<object> => {
    const out = mkdtempSync(join(folder, 'saved-'));
    const options: SaverOptions = { out, mode: 'default', save: 'all', jobs, validator: file };
    const saver = new Saver(all, options);
    const saved = await saver.save(all.data.tasks[0]!, { ...result!, timing }, Number.NEGATIVE_INFINITY);
    await saver.close();
    const stored = Array.from(saved.stored, ([{ solverId }, { tLog: _, ...rest }]) => [solverId, rest]);
    return { ...saved, result: undefined, stored, unlinked: [...saved.unlinked.values()].map((list) => list.length) };
  };
  const alone = await save(1);
  expect(await save(3)).toEqual(alone);
  expect(alone).toMatchObject({ failures: [], notes: [], stored: { length: 300 } });
});
