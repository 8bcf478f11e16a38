// The shared battery cases, and runs of them through the whole pipeline into a folder.
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type PreparedRun, prepareRun } from '../../src/pipeline/read/prepareRun.ts';
import type { SavedTask } from '../../src/pipeline/save/savedTask.ts';
import { Saver } from '../../src/pipeline/save/saver.ts';
import type { TaskResult } from '../../src/pipeline/score/scoreTask.ts';
import { scoreTasks } from '../../src/pipeline/score/scoreTasks.ts';
import type { StoreMode } from '../../src/store/layout.ts';
import { cases, shared } from '../lang/shared.ts';

/** An `expected.json`; all of it is described in the README of the cases. */
export interface Expected {
  readonly case: string;
  readonly battery: string;
  readonly format: 'p4' | 'head';
  readonly task: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly programs: readonly {
    readonly solver_id: string;
    readonly md5: string;
    readonly outputs: readonly unknown[];
  }[];
  readonly o_score: Readonly<Record<string, number>>;
  readonly differs: Readonly<Record<string, { readonly md5: string }>>;
  readonly s_score: Readonly<Record<string, Readonly<Record<'iz' | 'zo', Readonly<Record<string, number>>>>>>;
  readonly solver_files: Readonly<Record<string, string>>;
  readonly differ_files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, Links>>;
}

interface Links {
  readonly in_all_runs: readonly { readonly score: number; readonly md5: string }[];
  readonly in_some_runs: readonly { readonly score: number; readonly md5: string }[];
  readonly files_per_run: readonly number[];
}

/** Names of the `expected.json` files; none where the shared data are not there. */
export const expectedNames: readonly string[] =
  cases === '' ? [] : readdirSync(cases).filter((name) => name.endsWith('.expected.json'));

export function readExpected(name: string): Expected {
  return JSON.parse(readFileSync(join(cases, name), 'utf8')) as Expected;
}

/** The module of a case. */
export function batteryOf({ battery }: Expected): string {
  return join(cases, battery.endsWith('.py') ? battery : `${battery}.py`);
}

/** The task file of a case. */
export function taskFile({ task }: { readonly task: string }): string {
  return join(shared!, 'arc/agi2/training', `${task}.json`);
}

/** A new folder that goes with its test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'batt-battery-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Finished {
  readonly run: PreparedRun;
  readonly scored: TaskResult;
  readonly saved: SavedTask;
}

/** Runs a battery on one task and saves what it finds. */
export async function runAndSave(battery: string, data: string, out: string, mode: StoreMode): Promise<Finished> {
  const run = prepareRun({ batteries: [battery], data: [data], selection: {} });
  const saver = new Saver(run, { out, mode, save: 'all' });
  for await (const scored of scoreTasks(run, run.data.tasks, { jobs: 1, differs: true })) {
    return { run, scored, saved: await saver.save(run.data.tasks[0]!, scored, await saver.lowestScore(scored.task)) };
  }
  throw new Error('no task');
}

/** The texts in a folder by md5. */
export function textsIn(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name.replace('.py', ''), readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The links below the folder of a task as `score md5`; throws for one that leads nowhere. */
export function linksIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => {
      if (!lstatSync(join(folder, name)).isSymbolicLink() || !statSync(join(folder, name)).isFile()) {
        throw new Error(`${name}: no link to a file`);
      }
      const [score, , file] = name.split('/');
      return `${score} ${file!.replace('.py', '')}`;
    });
}
