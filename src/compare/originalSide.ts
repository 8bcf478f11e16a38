// A side that the Python original left: its folder (docs/spec/battery.md 6) and, where it was saved, its stdout.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readLinks, readTexts, recordTexts, taskFolders } from './files.ts';
import { type LoggedTask, type OriginalLog, readLog } from './originalLog.ts';
import { CompareError, Facts, type Side } from './side.ts';

const FOLDERS = ['solver_dir', 'solver_md5', 'differ_dir', 'differ_md5'] as const;

/** Whether a folder looks like what the original leaves. */
export function isOriginal(folder: string): boolean {
  return FOLDERS.some((name) => existsSync(join(folder, name)));
}

/**
 * Reads what the original left.
 * @param logFile its saved stdout
 * @throws CompareError where a part cannot be read or contradicts another
 */
export function readOriginal(path: string, logFile: string | undefined): Side {
  const log = logFile === undefined ? undefined : readLog(logFile);
  const stored = storedTasks(path);
  const head = eraOf(path, stored, log);
  const notes: string[] = [];
  const facts = new Facts();
  const tasks = chosenTasks(stored, log, notes);
  for (const kind of ['solver', 'differ'] as const)
    recordTexts(facts, kind, readTexts(join(path, `${kind}_md5`), notes));
  for (const task of tasks) {
    recordLinks(facts, path, task, head);
    const logged = log?.tasks.get(task);
    if (logged !== undefined) recordLogged(facts, task, logged, notes);
    else if (tasks.length === 1) facts.setFigure('after_filter', task, log?.validated);
  }
  const era =
    head === undefined
      ? 'no score says of which commit'
      : head
        ? 'HEAD (o_score in thousandths: divided by 1000)'
        : 'P4';
  return {
    kind: 'original',
    path,
    found: `left by the Python original, ${era}, ${logFile === undefined ? 'without a log' : `log ${logFile}`}`,
    tasks,
    facts,
    solved: new Map(),
    timing: log?.timing ?? new Map(),
    notes,
  };
}

function recordLogged(facts: Facts, task: string, logged: LoggedTask, notes: string[]): void {
  facts.setFigure('candidates', task, logged.candidates);
  facts.setFigure('after_filter', task, logged.afterFilter);
  if (logged.scored !== undefined && logged.scored !== logged.outputs) {
    notes.push(
      `${task}: ${logged.outputs - logged.scored} outputs were lost after their match lines, so these are no scores`,
    );
    return;
  }
  facts.set('o_score', task, { values: logged.matches, rest: 0 });
  facts.set('candidate_score', task, { values: logged.matches, rest: 0 });
}

function recordLinks(facts: Facts, path: string, task: string, head: boolean | undefined): void {
  const solve = `solve_${task}`;
  if (existsSync(join(path, 'solver_dir'))) {
    facts.set('solver_links', task, readLinks(join(path, 'solver_dir', solve), head ? 1000 : 1));
  }
  if (!existsSync(join(path, 'differ_dir'))) return;
  if (head !== false) facts.set('differ_links', task, readLinks(join(path, 'differ_dir', solve), 1));
  if (head === true) return;
  for (const kind of ['iz', 'zo'] as const) {
    facts.set(`${kind}_links`, task, readLinks(join(path, 'differ_dir', kind, solve), 1));
  }
}

interface StoredTasks {
  readonly solver: readonly string[];
  readonly p4: readonly string[];
  readonly head: readonly string[];
}

function storedTasks(path: string): StoredTasks {
  const p4 = (['iz', 'zo'] as const).flatMap((kind) => taskFolders(join(path, 'differ_dir', kind)) ?? []);
  return {
    solver: taskFolders(join(path, 'solver_dir')) ?? [],
    p4,
    head: taskFolders(join(path, 'differ_dir')) ?? [],
  };
}

/** Whether the folder is of the commit HEAD: said by the log, the differ folders, or scores in thousandths. */
function eraOf(path: string, { solver, p4, head }: StoredTasks, log: OriginalLog | undefined): boolean | undefined {
  if (p4.length > 0 && head.length > 0) {
    throw new CompareError(
      `${join(path, 'differ_dir')}: expected links of one commit, found those of P4 (iz, zo) and of HEAD`,
    );
  }
  const byFolder = p4.length > 0 ? false : head.length > 0 ? true : undefined;
  if (log !== undefined) {
    if (byFolder !== undefined && byFolder !== log.head) {
      throw new CompareError(
        `${path}: the links are of ${byFolder ? 'HEAD' : 'P4'}, the log is of ${log.head ? 'HEAD' : 'P4'}`,
      );
    }
    return log.head;
  }
  if (byFolder !== undefined) return byFolder;
  const scores = solver.flatMap((task) => [...readLinks(join(path, 'solver_dir', `solve_${task}`), 1).values.values()]);
  const most = scores.reduce<number>((highest, score) => Math.max(highest, Number(score)), 0);
  return most === 0 ? undefined : most >= 1000;
}

/** The tasks of the log; without their names, those with links. */
function chosenTasks({ solver, p4, head }: StoredTasks, log: OriginalLog | undefined, notes: string[]): string[] {
  const stored = [...new Set([...solver, ...p4, ...head])].sort();
  if (log === undefined || log.tasks.size === 0) return stored;
  const others = stored.filter((task) => !log.tasks.has(task)).length;
  if (others > 0) notes.push(`left out ${others} tasks with links that the log does not name`);
  return [...log.tasks.keys()];
}
