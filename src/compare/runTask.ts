// Records what a task line of `batt run --json` says.
import type { Field } from './field.ts';
import { type Facts, type Figure, type Recorded, type Section, WHOLE } from './side.ts';

const COUNTS: readonly (readonly [Section, string])[] = [
  ['read', 'read'],
  ['candidates', 'pairs'],
  ['after_filter', 'scored'],
  ['invalid', 'invalid'],
  ['duplicate', 'duplicate'],
  ['skipped', 'skipped'],
];

/** Fields of a candidate that are compared one by one, where the other side has them too. */
const FIGURES = ['also', 'o_score', 'demo', 'test', 'cells', 'verdicts'] as const;

export function recordTask(facts: Facts, task: string, line: Field): void {
  const counts = line.get('counts');
  for (const [section, key] of COUNTS) facts.setFigure(section, task, counts.optional(key)?.number());
  const scores = line.optional('scores')?.numbers();
  if (scores !== undefined) facts.set('o_score', task, { values: scores });

  const candidates = line.get('candidates').items();
  const sums = new Map<string, Figure>();
  const md5s = new Map<string, string[]>();
  const single = new Map<string, Figure>();
  const seen = new Map<string, number>();
  if (isSaved(line)) facts.setFigure('failures', task, line.optional('failures')?.items().length ?? 0);
  for (const candidate of candidates) {
    const { id, also, score } = head(candidate);
    const md5 = candidate.optional('md5')?.string();
    for (const each of [id, ...also]) {
      sums.set(each, Number(sums.get(each) ?? 0) + score);
      if (md5 !== undefined) md5s.set(each, [...(md5s.get(each) ?? []), md5]);
    }
    const n = (seen.get(id) ?? 0) + 1;
    seen.set(id, n);
    single.set(n === 1 ? id : `${id} (${n})`, figures(candidate));
  }
  facts.set('candidate_score', task, { values: sums });
  facts.set('candidate', task, { values: single });
  if (md5s.size > 0 || isSaved(line)) facts.set('program_md5', task, md5List(md5s));
}

/** Whether a task line says all that was stored, be it nothing. Only saving works out the differs. */
export function isSaved(line: Field): boolean {
  return line.optional('differs') !== undefined;
}

/** Whether a candidate is right on every sample of a task; undefined where not all expected outputs are known. */
export function solvedIn(line: Field): boolean | undefined {
  let solved = false;
  for (const candidate of line.get('candidates').items()) {
    const samples = [...candidate.get('verdicts').numbers().values()].reduce((sum, n) => sum + n, 0);
    if (!areKnown(candidate, samples)) return undefined;
    solved ||= samples > 0 && candidate.get('o_score').number() === samples;
  }
  return solved;
}

/** Whether as many samples have an expected output. Where no test sample has one, there is no `test`. */
function areKnown(candidate: Field, samples: number): boolean {
  const demo = candidate.optional('demo')?.items()[1]?.number();
  const test = candidate.optional('test')?.items()[1]?.number() ?? 0;
  return demo === undefined || demo + test === samples;
}

/** Whose program it is, and its score. */
function head(candidate: Field): { id: string; also: string[]; score: number } {
  return {
    id: candidate.get('solver_id').string(),
    also: (candidate.optional('also')?.items() ?? []).map((other) => other.string()),
    score: candidate.get('o_score').number(),
  };
}

/** Each id with the md5 of its programs. */
export function md5List(md5s: ReadonlyMap<string, readonly string[]>): Recorded {
  return { values: new Map([...md5s].map(([id, list]) => [id, [...list].sort().join(' ')])) };
}

function figures(candidate: Field): string {
  return FIGURES.flatMap((key) => {
    const field = candidate.optional(key);
    const text = field?.text();
    return text === undefined || text === '' ? [] : [`${key} ${text}`];
  }).join(', ');
}

/** Records the differ scores of all tasks, and returns the md5 that they name, or undefined where no task has any. */
export function recordDiffers(facts: Facts, tasks: ReadonlyMap<string, Field>): Set<string> | undefined {
  const named = new Set<string>();
  let recorded = false;
  let anyMd5 = false;
  let differs = 0;
  for (const [task, line] of tasks) {
    const list = line.optional('differs');
    if (list === undefined) continue;
    recorded = true;
    const values = { iz: new Map<string, Figure>(), zo: new Map<string, Figure>() };
    const md5s = new Map<string, Figure>();
    for (const differ of list.items()) {
      differs++;
      const name = differ.get('name').string();
      const md5 = differ.optional('md5')?.string();
      if (md5 !== undefined) {
        named.add(md5);
        md5s.set(name, md5);
        anyMd5 = true;
      }
      for (const kind of ['iz', 'zo'] as const) {
        for (const [id, score] of differ.get(kind).numbers()) {
          if (values[kind].has(`${name} ${id}`)) differ.fail(`one entry of ${name}`);
          values[kind].set(`${name} ${id}`, score);
        }
      }
    }
    for (const kind of ['iz', 'zo'] as const) facts.set(kind, task, { values: values[kind] });
    if (md5s.size > 0 || list.items().length === 0) facts.set('differ_program_md5', task, { values: md5s });
  }
  if (!recorded || (!anyMd5 && differs > 0)) return undefined;
  facts.set('differ_md5', WHOLE, { values: new Map([...named].map((md5) => [md5, 'there'])) });
  return named;
}
