// What is known of one side of a comparison, whatever it was read from.

/** Input that cannot be read, or is damaged. The message names the file and, where there is one, the line. */
export class CompareError extends Error {
  override readonly name = 'CompareError';
}

/** What a side was read from: a run of batt, the folder of the Python original, or a case with what the original gave. */
export type SideKind = 'run' | 'original' | 'case';

/** The sections of a comparison, in the order of the report. Each holds items with a value, for a task or for the whole side. */
export const SECTIONS = {
  tasks: 'tasks',
  data: 'data set digest',
  read: 'programs read',
  candidates: '(program, output) pairs',
  after_filter: 'candidates after the filter',
  invalid: 'invalid programs',
  duplicate: 'duplicate programs',
  skipped: 'skipped programs',
  failures: 'failures of saving and validation',
  solver_count: 'solver files, number',
  differ_count: 'differ files, number',
  o_score: 'o_score',
  candidate_score: 'o_score, summed over candidates',
  candidate: 'candidates one by one',
  program_md5: 'md5 of programs',
  differ_program_md5: 'md5 of differs',
  iz: 'differ scores iz',
  zo: 'differ scores zo',
  differ_score: 'differ scores (HEAD)',
  solver_md5: 'solver files, md5',
  differ_md5: 'differ files, md5',
  solver_text: 'solver files, text',
  differ_text: 'differ files, text',
  solver_links: 'solver links',
  iz_links: 'differ links iz',
  zo_links: 'differ links zo',
  differ_links: 'differ links (HEAD)',
} as const;

export type Section = keyof typeof SECTIONS;

/** Sections that some kinds of sides never have; they are left out where neither side has them. */
export const SPECIAL: ReadonlySet<Section> = new Set<Section>([
  'data',
  'invalid',
  'duplicate',
  'skipped',
  'failures',
  'candidate',
  'differ_score',
  'differ_links',
]);

export type Figure = string | number;

/** What a side recorded of one section of one task. */
export interface Recorded {
  readonly values: ReadonlyMap<string, Figure>;
  /** The value of an item that is not listed; else it is not there. */
  readonly rest?: 0;
  /** Of links: see {@link LinkLimit}. */
  readonly limit?: LinkLimit;
}

/** Links under the 32-file rule: which of them must be there, and which others may be. */
interface LinkLimit {
  /** The rule removed links, or may have: ties at the lowest score are arbitrary. */
  readonly full: boolean;
  /** Links that may or may not be there; undefined where `values` is exactly what was found. */
  readonly optional?: ReadonlyMap<string, Figure>;
}

/** The task key of what holds for a whole side. */
export const WHOLE = '';

/** One side. */
export interface Side {
  readonly kind: SideKind;
  /** The path as given. */
  readonly path: string;
  /** What was found there, in words. */
  readonly found: string;
  readonly tasks: readonly string[];
  readonly facts: Facts;
  /** Whether a candidate is right on every sample, by task; without the tasks of which that is not known. */
  readonly solved: ReadonlyMap<string, boolean>;
  /** Seconds by key, as the side states them: wall time of phases, and time of parts that adds up over threads. */
  readonly timing: ReadonlyMap<string, number>;
  readonly notes: readonly string[];
}

/** The key of the wall time of a whole run. */
export const WHOLE_RUN = 'whole run';

/** What was recorded, by section and task. */
export class Facts {
  readonly #bySection = new Map<Section, Map<string, Recorded>>();

  set(section: Section, task: string, recorded: Recorded): void {
    const tasks = this.#bySection.get(section) ?? new Map<string, Recorded>();
    this.#bySection.set(section, tasks);
    tasks.set(task, recorded);
  }

  /** Records a single figure. */
  setFigure(section: Section, task: string, figure: Figure | undefined): void {
    if (figure !== undefined) this.set(section, task, { values: new Map([['', figure]]) });
  }

  get(section: Section): ReadonlyMap<string, Recorded> {
    return this.#bySection.get(section) ?? new Map();
  }
}
