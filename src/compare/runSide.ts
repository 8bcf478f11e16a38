// A side that is a run of batt: the lines of `batt run --json`, and the files beside them.
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMA, taskJson } from '../report/runJson.ts';
import { RESULTS_SCHEMA } from '../results/lines.ts';
import { ResultsError, readResults } from '../results/read.ts';
import { taskFolder, textFolder } from '../store/layout.ts';
import { Field } from './field.ts';
import { readLinks, readTexts, recordTexts, unreadable } from './files.ts';
import type { RunPlace } from './runFolder.ts';
import { isSaved, recordDiffers, recordTask, solvedIn } from './runTask.ts';
import { CompareError, Facts, type Side, WHOLE, WHOLE_RUN } from './side.ts';

/** Failures of a task that are noted. */
const NOTED = 3;

/** Reads a run. @throws CompareError where its lines are damaged, incomplete or contradict each other */
export function readRun(path: string, { results, out }: RunPlace): Side {
  const { tasks, summary } = readLines(results);
  const facts = new Facts();
  const notes: string[] = [];
  const solved = new Map<string, boolean>();
  for (const [id, line] of tasks) {
    recordTask(facts, id, line);
    const isSolved = solvedIn(line);
    if (isSolved !== undefined) solved.set(id, isSolved);
    const failures = line.optional('failures')?.items() ?? [];
    notes.push(...failures.slice(0, NOTED).map((failure) => `${id}: failed: ${failure.string()}`));
  }
  const named = {
    solver: recordPrograms(facts, [...tasks.values()], notes),
    differ: recordDiffers(facts, tasks),
  };
  const folder = out === undefined ? undefined : recordFiles(facts, out, [...tasks.keys()], named, notes);
  facts.setFigure('data', WHOLE, summary.optional('data')?.optional('digest')?.string());
  return {
    kind: 'run',
    path,
    found: `a run of batt, ${results === path ? '' : `${results}, `}${folder === undefined ? 'without its files' : `files in ${folder}`}`,
    tasks: [...tasks.keys()],
    facts,
    solved,
    timing: timingOf(tasks, summary),
    notes,
  };
}

interface Lines {
  readonly tasks: Map<string, Field>;
  readonly summary: Field;
}

/** The lines of a results file or of `batt run --json`. */
function readLines(file: string): Lines {
  return headOf(file) === RESULTS_HEAD ? readResultLines(file) : readJsonLines(file);
}

/** How the first line of a results file begins. */
const RESULTS_HEAD = `{"schema":${RESULTS_SCHEMA},"type":"run"`;

/** As many characters of a file; results may be longer than a text can be. */
function headOf(file: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    const head = Buffer.alloc(RESULTS_HEAD.length);
    return head.toString('latin1', 0, readSync(handle, head));
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** The results in the words of `--json`. */
function readResultLines(file: string): Lines {
  const results = damaged(() => readResults(file));
  const { candidates, run, summary } = results;
  if (summary === undefined) throw new CompareError(`${file}: the run is not finished: expected a summary at the end`);
  const tasks = new Map<string, Field>();
  damaged(() => {
    for (const line of results.tasks())
      tasks.set(line.task, new Field(taskJson(line, candidates), `${file}: ${line.task}`));
  });
  const { seconds, timing } = summary;
  return { tasks, summary: new Field({ seconds, timing, data: { digest: run.data.digest } }, file) };
}

function damaged<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ResultsError) throw new CompareError(error.message);
    throw error;
  }
}

function readJsonLines(file: string): Lines {
  const tasks = new Map<string, Field>();
  let summary: Field | undefined;
  const lines = textOf(file).split('\n');
  const last = lines.pop()!;
  if (last !== '') throw new CompareError(`${file}:${lines.length + 1}: the last line is cut off: it has no line feed`);
  for (const [k, text] of lines.entries()) {
    const where = `${file}:${k + 1}`;
    const line = Field.parse(text, where);
    if (summary !== undefined) throw new CompareError(`${where}: expected the end of the file after the summary`);
    if (line.get('schema').number() !== SCHEMA) line.get('schema').fail(`schema ${SCHEMA}`);
    const type = line.get('type').string();
    if (type === 'summary') summary = line;
    else if (type !== 'task') line.get('type').fail('"task" or "summary"');
    else {
      const id = line.get('task').string();
      if (tasks.has(id)) throw new CompareError(`${where}: a second line of task ${id}`);
      tasks.set(id, line);
    }
  }
  if (summary === undefined) throw new CompareError(`${file}:${lines.length + 1}: expected a summary line at the end`);
  if (summary.get('tasks').number() !== tasks.size)
    summary.get('tasks').fail(`${tasks.size}, the number of task lines`);
  return { tasks, summary };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Records the md5 of the programs; returns those that a run names, or undefined where it names none. */
function recordPrograms(facts: Facts, lines: readonly Field[], notes: string[]): Set<string> | undefined {
  const candidates = lines.flatMap((line) => line.get('candidates').items());
  const md5s = candidates.flatMap((candidate) => candidate.optional('md5')?.string() ?? []);
  const other = candidates.filter(
    (candidate) => candidate.optional('peer_md5') !== undefined || candidate.optional('form') !== undefined,
  ).length;
  if (other > 0) {
    notes.push(
      `${other} programs are stored otherwise than by the original, so that they compute what was scored; --compat p4 keeps its texts`,
    );
  }
  if (md5s.length === 0 && !lines.every(isSaved)) return undefined;
  const named = new Set(md5s);
  facts.set('solver_md5', WHOLE, { values: new Map([...named].map((md5) => [md5, 'there'])) });
  return named;
}

interface Named {
  readonly solver: ReadonlySet<string> | undefined;
  readonly differ: ReadonlySet<string> | undefined;
}

/** Records files and links; returns the folder if it holds any. */
function recordFiles(
  facts: Facts,
  out: string,
  tasks: readonly string[],
  named: Named,
  notes: string[],
): string | undefined {
  let any = false;
  for (const kind of ['solver', 'differ'] as const) {
    const texts = readTexts(textFolder(out, kind === 'solver' ? 'solver' : 'differ iz'), notes);
    if (texts === undefined) {
      if (namesNone(named[kind])) recordTexts(facts, kind, new Map());
      continue;
    }
    any = true;
    recordTexts(facts, kind, ofRun(texts, named[kind], `${out}/${kind}_md5`, notes));
  }
  const links = { solver: existsSync(join(out, 'solver_dir')), differ: existsSync(join(out, 'differ_dir')) };
  if (links.solver || namesNone(named.solver)) {
    for (const task of tasks)
      facts.set('solver_links', task, readLinks(taskFolder(out, 'solver', task), 1, named.solver));
  }
  if (links.differ || namesNone(named.differ)) {
    for (const task of tasks) {
      facts.set('iz_links', task, readLinks(taskFolder(out, 'differ iz', task), 1, named.differ));
      facts.set('zo_links', task, readLinks(taskFolder(out, 'differ zo', task), 1, named.differ));
    }
  }
  return any || links.solver || links.differ ? out : undefined;
}

/** Whether a run says that it stored nothing of a kind: then there need not be a folder of it. */
function namesNone(named: ReadonlySet<string> | undefined): boolean {
  return named?.size === 0;
}

/** The files that a run names: other runs leave theirs in the same folder. */
function ofRun(
  texts: ReadonlyMap<string, string>,
  named: ReadonlySet<string> | undefined,
  folder: string,
  notes: string[],
): ReadonlyMap<string, string> {
  if (named === undefined) return texts;
  const own = new Map([...texts].filter(([md5]) => named.has(md5)));
  if (own.size < texts.size)
    notes.push(`${folder}: left out ${texts.size - own.size} files that this run does not name`);
  return own;
}

function timingOf(tasks: ReadonlyMap<string, Field>, summary: Field): Map<string, number> {
  const timing = new Map<string, number>();
  const whole = summary.optional('seconds')?.number();
  if (whole !== undefined) timing.set(WHOLE_RUN, whole);
  const stated = summary.optional('timing')?.numbers();
  if (stated !== undefined) for (const [key, seconds] of stated) timing.set(key, seconds);
  else {
    for (const line of tasks.values()) {
      for (const [key, seconds] of line.optional('timing')?.numbers() ?? [])
        timing.set(key, (timing.get(key) ?? 0) + seconds);
    }
  }
  return timing;
}
