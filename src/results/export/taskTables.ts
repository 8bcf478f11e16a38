// The tables that each task adds rows to.
import type { TaskLine } from '../lines.ts';
import { isSolved, scoreRow } from '../rows.ts';
import { type Row, type TablePart, table } from './table.ts';
import { TIMINGS, timingRows } from './timings.ts';

/** A task of the run's data set. */
export interface ExportedTask {
  readonly task: string;
  /** Its place in the data set. */
  readonly place: number;
  /** Whether it is one of this shard. */
  readonly ours: boolean;
  /** Undefined where the run has no results of it. */
  readonly line: TaskLine | undefined;
}

/** In the order in which they are written. */
export const TASK_PARTS: readonly TablePart<ExportedTask>[] = [
  {
    table: table('tasks', {
      task: 'VARCHAR',
      place: 'INTEGER',
      state: 'VARCHAR',
      demos: 'INTEGER',
      tests: 'INTEGER',
      known_demos: 'INTEGER',
      known_tests: 'INTEGER',
      solved: 'BOOLEAN',
      best: 'INTEGER',
      read: 'INTEGER',
      invalid: 'INTEGER',
      duplicate: 'INTEGER',
      skipped: 'INTEGER',
      scored: 'INTEGER',
      pairs: 'INTEGER',
      backend: '~VARCHAR',
      device: '~VARCHAR',
      fell_back: '~VARCHAR',
    }),
    rows: (task) => [taskRow(task)],
  },
  ofLine(
    table('scores', {
      task: 'VARCHAR',
      candidate: 'INTEGER',
      rank: 'INTEGER',
      o_score: 'INTEGER',
      demo: 'INTEGER',
      demos: 'INTEGER',
      test: 'INTEGER',
      tests: 'INTEGER',
      cells: 'DOUBLE',
      stored: 'BOOLEAN',
      md5: 'VARCHAR',
      peer_md5: 'VARCHAR',
      form: 'VARCHAR',
      t_log: '~INTEGER',
    }),
    scoreRows,
  ),
  ofLine(
    table('verdicts', { task: 'VARCHAR', candidate: 'INTEGER', verdict: 'VARCHAR', samples: 'INTEGER' }),
    verdictRows,
  ),
  ofLine(table('unlinked', { task: 'VARCHAR', candidate: 'INTEGER', reason: 'VARCHAR' }), ({ task, unlinked = [] }) =>
    unlinked.flatMap(({ reason, candidates }) => candidates.map((candidate) => [task, candidate, reason])),
  ),
  ofLine(
    table('differs', {
      task: 'VARCHAR',
      name: 'VARCHAR',
      md5: 'VARCHAR',
      kind: 'VARCHAR',
      solver_id: 'VARCHAR',
      score: 'INTEGER',
    }),
    differRows,
  ),
  ofLine(
    table('attempts', {
      task: 'VARCHAR',
      test: 'INTEGER',
      attempt: 'INTEGER',
      candidate: 'INTEGER',
      demo: 'INTEGER',
      votes: 'INTEGER',
      size: 'INTEGER',
      grid: 'VARCHAR',
    }),
    attemptRows,
  ),
  ofLine(
    table('outputs', {
      task: 'VARCHAR',
      candidate: 'INTEGER',
      kind: 'VARCHAR',
      sample: 'INTEGER',
      grid: 'VARCHAR',
    }),
    outputRows,
  ),
  ofLine(
    table('messages', { task: 'VARCHAR', kind: 'VARCHAR', message: 'VARCHAR' }),
    ({ task, failures = [], notes = [] }) => [
      ...failures.map((text) => [task, 'failure', text]),
      ...notes.map((text) => [task, 'note', text]),
    ],
  ),
  ofLine(TIMINGS, ({ task, timing }) => timingRows(task, timing)),
];

function ofLine(
  table: TablePart<ExportedTask>['table'],
  rows: (line: TaskLine) => Iterable<Row>,
): TablePart<ExportedTask> {
  return { table, rows: ({ line }) => (line === undefined ? [] : rows(line)) };
}

function taskRow({ task, place, ours, line }: ExportedTask): Row {
  if (line === undefined) {
    const state = ours ? 'missing' : 'other shard';
    return [task, place, state, ...new Array<null>(15).fill(null)];
  }
  const { demos, tests, known, counts, best, cut, fellBack } = line;
  return [
    task,
    place,
    cut === undefined ? 'done' : 'cut',
    demos,
    tests,
    ...known,
    tests > 0 && known[0] === demos && known[1] === tests ? isSolved(line) : null,
    best[0] ?? null,
    counts.read,
    counts.invalid,
    counts.duplicate,
    counts.skipped,
    counts.scored,
    counts.pairs,
    line.backend,
    line.device,
    fellBack === undefined ? null : `${fellBack.from} to ${fellBack.to}: ${fellBack.reason}`,
  ];
}

function* scoreRows(line: TaskLine): Generator<Row> {
  const ranks = new Map(line.best.map((candidate, k) => [candidate, k + 1]));
  const files = new Map(line.stored?.map((file) => [file.candidate, file]));
  const [demos, tests] = line.known;
  for (let k = 0; k < line.scores.demo.length; k++) {
    const { candidate, oScore, demo, test, cells } = scoreRow(line, k);
    const file = files.get(candidate);
    yield [
      line.task,
      candidate,
      ranks.get(candidate) ?? null,
      oScore,
      demo[0],
      demos,
      test === null ? null : test[0],
      test === null ? null : tests,
      cells,
      line.stored === undefined ? null : file !== undefined,
      file?.md5 ?? null,
      file?.peer_md5 ?? null,
      file?.form ?? null,
      file?.t_log ?? null,
    ];
  }
}

function* verdictRows({ task, scores }: TaskLine): Generator<Row> {
  const kinds = scores.kinds.map((kind) => Object.entries(kind).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [candidate, place] of scores.verdicts.entries()) {
    for (const [verdict, samples] of kinds[place]!) yield [task, candidate, verdict, samples];
  }
}

/** A row for each score; one without kind for a differ that has none. */
function* differRows({ task, differs = [] }: TaskLine): Generator<Row> {
  for (const { name, md5, iz, zo } of differs) {
    const scores = Object.entries({ iz, zo }).flatMap(([kind, byId]) =>
      Object.entries(byId).map(([id, score]) => [kind, id, score]),
    );
    for (const score of scores.length > 0 ? scores : [[null, null, null]]) yield [task, name, md5, ...score];
  }
}

function* attemptRows({ task, attempts = [] }: TaskLine): Generator<Row> {
  for (const [test, list] of attempts.entries()) {
    for (const [k, { grid, demo, votes, size, candidate }] of list.entries()) {
      yield [task, test, k + 1, candidate, demo, votes, size, grid];
    }
  }
}

function* outputRows({ task, demos, shown = [] }: TaskLine): Generator<Row> {
  for (const { candidate, outputs } of shown) {
    for (const [k, grid] of outputs.entries()) {
      yield [task, candidate, ...(k < demos ? ['demo', k] : ['test', k - demos]), grid];
    }
  }
}
