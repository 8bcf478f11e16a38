// A side that is the `expected.json` of a battery case: what the original gave, for one task.
import type { Field } from './field.ts';
import { linkKey, recordTexts } from './files.ts';
import { md5List } from './runTask.ts';
import { Facts, type Figure, type Recorded, type Section, type Side, WHOLE_RUN } from './side.ts';

const COUNTS: readonly (readonly [Section, string])[] = [
  ['read', 'programs'],
  ['candidates', 'candidates'],
  ['after_filter', 'after_filter'],
];

const LINKS: Readonly<Record<'p4' | 'head', readonly (readonly [Section, string])[]>> = {
  p4: [
    ['solver_links', 'solver'],
    ['iz_links', 'differ_iz'],
    ['zo_links', 'differ_zo'],
  ],
  head: [
    ['solver_links', 'solver'],
    ['differ_links', 'differ'],
  ],
};

/** Reads a case. @throws CompareError naming the field that is not as it should be */
export function readCase(path: string, root: Field): Side {
  const format = formatOf(root.get('format'));
  const head = format === 'head';
  const scale = head ? 1000 : 1;
  const task = root.get('task').string();
  const facts = new Facts();
  for (const [section, key] of COUNTS) facts.setFigure(section, task, root.get('counts').get(key).number());

  const scores = new Map([...root.get('o_score').numbers()].map(([id, score]) => [id, score / scale]));
  facts.set('o_score', task, { values: scores });
  facts.set('candidate_score', task, { values: scores });
  const md5s = new Map<string, string[]>();
  for (const program of root.get('programs').items()) {
    const id = program.get('solver_id').string();
    md5s.set(id, [...(md5s.get(id) ?? []), program.get('md5').string()]);
  }
  facts.set('program_md5', task, md5List(md5s));
  const differs = root.get('differs').entries();
  facts.set('differ_program_md5', task, {
    values: new Map(differs.map(([name, differ]) => [name, differ.get('md5').string()])),
  });
  recordScores(facts, task, root, head);
  for (const kind of ['solver', 'differ'] as const) {
    const files = root.get(`${kind}_files`).entries();
    const texts = files.map(([md5, text]): [string, string] => [md5, Buffer.from(text.string()).toString('latin1')]);
    recordTexts(facts, kind, new Map(texts));
    facts.setFigure(`${kind}_count`, '', root.get('counts').get(`${kind}_files`).number());
  }
  const possible = possibleLinks(root, md5s, scores, head);
  for (const [section, key] of LINKS[format]) {
    facts.set(section, task, linksOf(root, key, section === 'solver_links' ? scale : 1, possible));
  }
  return {
    kind: 'case',
    path,
    found: `a case of the Python original, ${head ? 'HEAD (o_score in thousandths: divided by 1000)' : 'P4'}`,
    tasks: [task],
    facts,
    solved: new Map(),
    timing: timingOf(root.optional('peer_seconds')?.optional('whole_process')?.items() ?? []),
    notes:
      root
        .optional('notes')
        ?.items()
        .map((note) => note.string()) ?? [],
  };
}

function formatOf(field: Field): 'p4' | 'head' {
  const format = field.string();
  return format === 'p4' || format === 'head' ? format : field.fail('"p4" or "head"');
}

function recordScores(facts: Facts, task: string, root: Field, head: boolean): void {
  const differs = root.get('s_score').entries();
  for (const section of head ? (['differ_score'] as const) : (['iz', 'zo'] as const)) {
    const values = new Map<string, Figure>();
    for (const [name, of] of differs) {
      const scores = section === 'differ_score' ? of : of.get(section);
      for (const [id, score] of scores.numbers()) values.set(`${name} ${id}`, score);
    }
    facts.set(section, task, { values });
  }
}

/** All links that any run could leave, by kind: which of them stay under the 32-file rule depends on times and hash seeds. */
function possibleLinks(
  root: Field,
  md5s: ReadonlyMap<string, readonly string[]>,
  scores: ReadonlyMap<string, number>,
  head: boolean,
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const links = new Map<string, Map<string, number>>();
  const add = (kind: string, score: number, md5: string): void => {
    links.set(kind, (links.get(kind) ?? new Map()).set(linkKey(score, md5), score));
  };
  for (const [id, list] of md5s) for (const md5 of list) add('solver', scores.get(id) ?? 0, md5);
  for (const [name, of] of root.get('s_score').entries()) {
    const md5 = root.get('differs').get(name).get('md5').string();
    for (const key of head ? (['differ'] as const) : (['iz', 'zo'] as const)) {
      const list = key === 'differ' ? of : of.get(key);
      for (const score of list.numbers().values()) add(key === 'differ' ? key : `differ_${key}`, score, md5);
    }
  }
  return links;
}

function linksOf(
  root: Field,
  key: string,
  scale: number,
  possible: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Recorded {
  const field = root.get('links').optional(key);
  const read = (list: Field | undefined): [string, number][] =>
    (list?.items() ?? []).map((link) => {
      const score = link.get('score').number() / scale;
      return [linkKey(score, link.get('md5').string()), score];
    });
  const all = read(field?.get('in_all_runs'));
  const some = read(field?.optional('in_some_runs'));
  const most = Math.max(0, ...(field?.get('files_per_run').items() ?? []).map((files) => files.number()));
  const can = possible.get(key) ?? new Map<string, number>();
  // the rule leaves 32 or 33 files
  const full = some.length > 0 || (most >= 32 && can.size > all.length);
  if (!full) return { values: new Map(all), limit: { full, optional: new Map() } };
  const lowest = Math.min(...[...all, ...some].map(([, score]) => score));
  return {
    values: new Map(all.filter(([, score]) => score > lowest)),
    limit: { full, optional: new Map([...can, ...all, ...some]) },
  };
}

/** The median of the seconds of several runs. */
function timingOf(runs: readonly Field[]): Map<string, number> {
  const sorted = runs.map((seconds) => seconds.number()).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  return new Map(median === undefined ? [] : [[WHOLE_RUN, median]]);
}
