// The lock of a run has one holder, also where several processes find one that a crash has left.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ResumeError, RunLock } from '../../../src/pipeline/keep/runLock.ts';

const root = mkdtempSync(join(tmpdir(), 'batt-lock-'));
const taker = join(root, 'taker.mjs');
beforeAll(async () => {
  const entryPoints = [fileURLToPath(new URL('lockTaker.ts', import.meta.url))];
  await build({ entryPoints, outfile: taker, bundle: true, format: 'esm', platform: 'node', target: 'node20' });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A folder with the lock of an earlier process that had the number of this one. */
function withStaleLock(name: string): string {
  const folder = join(root, name);
  mkdirSync(join(folder, 'lock'), { recursive: true });
  writeFileSync(join(folder, 'lock', `${process.pid}-1`), '');
  return folder;
}

/** What a taker says: the rounds that it won. */
async function said(child: ChildProcess): Promise<number[]> {
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a taker ended with code ${code}`)));
  const [line] = (await Promise.race([once(createInterface(child.stdout!), 'line'), ended])) as [string];
  ended.catch(() => {}); // it is ended when all have spoken
  return JSON.parse(line) as number[];
}

const TAKERS = 3;
const ROUNDS = 300;

test('of processes that take over one stale lock at the same time exactly one has it', async () => {
  for (let round = 0; round < ROUNDS; round++) withStaleLock(String(round));
  const takers = Array.from({ length: TAKERS }, (_, me) =>
    spawn(process.execPath, [taker, root, String(me), String(TAKERS), String(ROUNDS)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  try {
    const won = await Promise.all(takers.map(said));
    expect(won.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));
  } finally {
    for (const child of takers) child.kill();
  }
});

test('a lock that is held is refused, also to its holder, and can be taken when it was given back', async () => {
  const folder = withStaleLock('held');
  await RunLock.take(folder);
  await expect(RunLock.take(folder)).rejects.toThrow(ResumeError);
  expect(readdirSync(folder)).toEqual(['lock']);
  RunLock.release(folder);
  expect(readdirSync(folder)).toEqual([]);
  await RunLock.take(folder);
});

test('a lock that another process has taken is not given back', () => {
  const folder = withStaleLock('lost');
  RunLock.release(folder);
  expect(readdirSync(join(folder, 'lock'))).toEqual([`${process.pid}-1`]);
});

test('a folder that cannot be written is named', async () => {
  await expect(RunLock.take(join(root, 'none'))).rejects.toThrow(
    `${join(root, 'none', 'lock')}: cannot make the folder`,
  );
});
