// What each line of results has to be, field by field: the types of lines.ts, with the range of every number.

import { ARC_SIDE, MAX_SIDE } from '../arc/grid.ts';
import {
  type Check,
  column,
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  text,
  tuple,
  where,
} from '../json/check.ts';
import { isGridText } from './gridText.ts';
import {
  type CandidateFields,
  type CandidatesLine,
  type CountsFields,
  type MergedFields,
  RESULTS_SCHEMA,
  type ResultLine,
  type RunLine,
  type SkippedTask,
  type SummaryLine,
  type TaskLine,
} from './lines.ts';

type Line<Type extends ResultLine['type']> = Extract<ResultLine, { type: Type }>;
type Item<List> = List extends readonly (infer Each)[] ? Each : never;

/** What a column of 32-bit integers holds. */
const count = integer(0, 2 ** 31 - 1);
const countColumn = column(0, 2 ** 31 - 1, 'integers');
const score = integer(-(2 ** 31), 2 ** 31 - 1);
/** Sums over all tasks. */
const sum = integer(0, Number.MAX_SAFE_INTEGER);
/** More than all cores of the world have had; finite when summed. */
const seconds = number(0, 1e15);
const schema = oneOf(RESULTS_SCHEMA);
const counts = {
  read: count,
  invalid: count,
  duplicate: count,
  skipped: count,
  scored: count,
} satisfies Record<keyof CountsFields, Check>;
const shard = object<RunLine['shard']>({ index: integer(1, 2 ** 31 - 1), of: integer(1, 2 ** 31 - 1) });
const time = where(isTime, 'a time such as 2026-01-31T23:59:59.123Z');
const scalar = where((value) => ['string', 'number', 'boolean'].includes(typeof value), 'a text, a number, a boolean');

/** See `gridText`. */
const grid = where((value) => typeof value === 'string' && isGridText(value, 15, MAX_SIDE), 'the text of a grid');
/** A grid that may be submitted. */
const answer = where(
  (value) => typeof value === 'string' && isGridText(value, 9, ARC_SIDE),
  'the text of a grid of colours 0..9',
);

const run = object<RunLine>({
  schema,
  type: oneOf('run'),
  id: text,
  engine: text,
  node: text,
  started: time,
  flags: record(nullable(scalar)),
  batteries: list(object<Item<RunLine['batteries']>>({ file: text, digest: text })),
  data: object<RunLine['data']>({
    name: text,
    parts: list(text),
    digest: text,
    tasks: list(text),
    demos: optional(count),
    chosen: optional(list(text)),
    skipped: optional(list(object<SkippedTask>({ task: text, problem: text }))),
  }),
  shard,
  counts: object<CountsFields>(counts),
  invalid: list(object<Item<RunLine['invalid']>>({ file: text, line: count, column: count, name: text, reason: text })),
  strays: list(object<Item<RunLine['strays']>>({ file: text, line: count, column: count, reason: text })),
  merged: optional(list(object<MergedFields>({ id: text, started: time, node: text, shard }))),
});

const candidates = object<CandidatesLine>({
  schema,
  type: oneOf('candidates'),
  first: count,
  rows: list(object<CandidateFields>({ solver_id: text, also: list(text), source: text, line: count, size: count })),
});

const saving = object<Line<'saving'>>({
  schema,
  type: oneOf('saving'),
  task: text,
  lowest: nullable(number(-Number.MAX_VALUE, Number.MAX_VALUE)),
});

const task = object<TaskLine>({
  schema,
  type: oneOf('task'),
  task: text,
  demos: count,
  tests: count,
  known: tuple(count, count),
  counts: object<TaskLine['counts']>({ ...counts, pairs: count }),
  scores: object<TaskLine['scores']>({
    demo: countColumn,
    test: nullable(countColumn),
    cells: column(0, 1, 'numbers'),
    verdicts: countColumn,
    kinds: list(record(count)),
  }),
  best: list(count),
  verdicts: record(count),
  stored: optional(
    list(
      object<Item<NonNullable<TaskLine['stored']>>>({
        candidate: count,
        md5: text,
        peer_md5: optional(text),
        form: optional(oneOf('source', 'guarded')),
        t_log: score,
      }),
    ),
  ),
  unlinked: optional(list(object<Item<NonNullable<TaskLine['unlinked']>>>({ reason: text, candidates: list(count) }))),
  differs: optional(
    list(
      object<Item<NonNullable<TaskLine['differs']>>>({
        name: text,
        md5: nullable(text),
        iz: record(score),
        zo: record(score),
      }),
    ),
  ),
  attempts: optional(
    list(
      list(
        object<Item<Item<NonNullable<TaskLine['attempts']>>>>({
          grid: answer,
          demo: count,
          votes: count,
          size: count,
          candidate: count,
        }),
      ),
    ),
  ),
  shown: optional(
    list(object<Item<NonNullable<TaskLine['shown']>>>({ candidate: count, outputs: list(nullable(grid)) })),
  ),
  failures: optional(list(text)),
  unsaved: optional(oneOf(true)),
  notes: optional(list(text)),
  cut: optional(oneOf('deadline')),
  timing: record(seconds),
  backend: text,
  device: text,
  fellBack: optional(object<NonNullable<TaskLine['fellBack']>>({ from: text, to: text, reason: text })),
});

const summary = object<SummaryLine>({
  schema,
  type: oneOf('summary'),
  tasks: count,
  of: count,
  solved: count,
  verdicts: record(sum),
  pairs: sum,
  seconds,
  timing: record(seconds),
});

function isTime(value: unknown): boolean {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
}

/** The check of each type of line. */
export const LINE_SHAPES: ReadonlyMap<unknown, Check> = new Map<ResultLine['type'], Check>([
  ['run', run],
  ['candidates', candidates],
  ['saving', saving],
  ['task', task],
  ['summary', summary],
]);
