// The lines of a run's `results.jsonl`: what was asked for, the candidates, a line a finished task, a summary at the end.
// Scores stand in columns, so that 100,000 candidates on 1,000 tasks stay readable. All values are ready for JSON; in the file each
// line has a seal behind them, see `sealed`.

/** Version of this layout. */
export const RESULTS_SCHEMA = 4;

/** Line 1. What it says decides the results: a run goes on only with the same. */
export interface RunLine {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly type: 'run';
  /** Name of the run's folder; ids sort by the time of the start. */
  readonly id: string;
  readonly engine: string;
  readonly node: string;
  /** UTC, ISO 8601. */
  readonly started: string;
  /** Flags that results depend on, by name, those with their default too. */
  readonly flags: Readonly<Record<string, string | number | boolean | null>>;
  readonly batteries: readonly { readonly file: string /** SHA-256 of the bytes. */; readonly digest: string }[];
  readonly data: {
    /** The `--data` values, joined by `+`, and the folders or files they stand for. */
    readonly name: string;
    readonly parts: readonly string[];
    /** `datasetDigest` of all tasks selected, those of other shards too, and their ids in order. */
    readonly digest: string;
    readonly tasks: readonly string[];
    /** The `--demos` value. */
    readonly demos?: number;
    /** Ids that were asked for with their set, such as `train/007bbfb7`. */
    readonly chosen?: readonly string[];
    /** Damaged tasks that were left out. */
    readonly skipped?: readonly SkippedTask[];
  };
  /** This run does the tasks at places k with k mod `of` = `index` − 1. */
  readonly shard: { readonly index: number; readonly of: number };
  readonly counts: CountsFields;
  readonly invalid: readonly InvalidFields[];
  /** Text that is no candidate and was passed over. */
  readonly strays: readonly Omit<InvalidFields, 'name'>[];
  /** Of a merged run: the runs that it was made of, by shard. `started` is that of the first of them. */
  readonly merged?: readonly MergedFields[];
}

/** A damaged task that was left out. */
export interface SkippedTask {
  readonly task: string;
  /** What is wrong, with file and place. */
  readonly problem: string;
}

/** A run that went into a merged one. */
export type MergedFields = Pick<RunLine, 'id' | 'started' | 'node' | 'shard'>;

export interface CountsFields {
  readonly read: number;
  readonly invalid: number;
  readonly duplicate: number;
  readonly skipped: number;
  readonly scored: number;
}

interface InvalidFields {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly reason: string;
}

/** Then the candidates, at most 1,000 a line, in the order of reading: candidate `first` + k is row k. */
export interface CandidatesLine {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly type: 'candidates';
  readonly first: number;
  readonly rows: readonly CandidateFields[];
}

export interface CandidateFields {
  readonly solver_id: string;
  /** Ids of its duplicates. */
  readonly also: readonly string[];
  readonly source: string;
  readonly line: number;
  /** Statements, the dead ones too: its simplicity. */
  readonly size: number;
}

/**
 * Comes before the files of a task: the lowest score that the 32-file rule admitted then. A task that is done again goes by
 * it, since its own files are there by then.
 */
interface SavingLine {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly type: 'saving';
  readonly task: string;
  /** null: any. */
  readonly lowest: number | null;
}

/** A finished task. Candidates are named by their number. */
export interface TaskLine {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly type: 'task';
  readonly task: string;
  readonly demos: number;
  readonly tests: number;
  /** Demo and test samples whose expected grid is known. */
  readonly known: readonly [demos: number, tests: number];
  readonly counts: CountsFields & { readonly pairs: number };
  readonly scores: ScoreColumns;
  /** The best candidates, best first: by demo matches, test matches, share of right cells, number. */
  readonly best: readonly number[];
  /** Number of (candidate, sample) pairs by verdict. */
  readonly verdicts: Readonly<Record<string, number>>;
  readonly stored?: readonly StoredFields[];
  /** Candidates that were to have a link and have none, by the reason: the 32-file rule, or a twin that is stored. */
  readonly unlinked?: readonly { readonly reason: string; readonly candidates: readonly number[] }[];
  readonly differs?: readonly DifferFields[];
  /** A list a test sample: the distinct outputs to submit, best first; test results have no part in their choice. */
  readonly attempts?: readonly (readonly AttemptFields[])[];
  /** What the best candidates made of each sample, demo first; see `gridText`; null for what is no grid, or one with other cells than 0..15, or larger than 30 × 30 and the task's grids. */
  readonly shown?: readonly { readonly candidate: number; readonly outputs: readonly (string | null)[] }[];
  readonly failures?: readonly string[];
  /** Whether some of its files could not be written. A resumed run does such a task again. */
  readonly unsaved?: true;
  readonly notes?: readonly string[];
  /** `deadline`: pairs that were not run when the time was over are `not_run`. A resumed run does such a task again. */
  readonly cut?: 'deadline';
  /** Seconds by key. */
  readonly timing: Readonly<Record<string, number>>;
  readonly backend: string;
  readonly device: string;
  readonly fellBack?: { readonly from: string; readonly to: string; readonly reason: string };
}

/** An entry of every column a candidate, in the order of their numbers. */
export interface ScoreColumns {
  /** Matched demo and test samples; `test` is null where no test output is known. */
  readonly demo: readonly number[];
  readonly test: readonly number[] | null;
  /** Mean share of right cells, 6 decimals. */
  readonly cells: readonly number[];
  /** Places in `kinds`. */
  readonly verdicts: readonly number[];
  /** Samples by verdict: the combinations that occur. */
  readonly kinds: readonly Readonly<Record<string, number>>[];
}

export interface StoredFields {
  readonly candidate: number;
  readonly md5: string;
  readonly peer_md5?: string;
  readonly form?: 'source' | 'guarded';
  readonly t_log: number;
}

export interface DifferFields {
  readonly name: string;
  readonly md5: string | null;
  readonly iz: Readonly<Record<string, number>>;
  readonly zo: Readonly<Record<string, number>>;
}

/** An output for a test sample, and what speaks for it. */
export interface AttemptFields {
  /** See `gridText`; at most 30 × 30, as Kaggle takes it. */
  readonly grid: string;
  /** Most demo samples that a candidate with this output matched. */
  readonly demo: number;
  /** Candidates with so many demo matches that gave this output, of the up to 64 that were asked; duplicates not counted. */
  readonly votes: number;
  /** Statements of the shortest of them, and the first of those. */
  readonly size: number;
  readonly candidate: number;
}

/** The last line of a run that came to its end, be it by `--deadline`. */
export interface SummaryLine {
  readonly schema: typeof RESULTS_SCHEMA;
  readonly type: 'summary';
  /** Tasks with a line that is not cut, of all tasks of this run. */
  readonly tasks: number;
  readonly of: number;
  readonly solved: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly pairs: number;
  /** Of the process that ended the run, and what the tasks took that processes before it had done. */
  readonly seconds: number;
  readonly timing: Readonly<Record<string, number>>;
}

export type ResultLine = RunLine | CandidatesLine | SavingLine | TaskLine | SummaryLine;
