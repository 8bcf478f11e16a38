// Timings of two sides, phase by phase.
import { isBusy } from '../pipeline/timing.ts';
import { type Side, WHOLE_RUN } from './side.ts';

/** Keys whose seconds are wall time of a phase, in the order of the phases; all others follow, and may add up over threads. */
const WALL: readonly string[] = [
  WHOLE_RUN,
  'main.run_batt',
  'run_batt.check_batt',
  'run_batt.phase4_demo_parallel',
  'run_batt.phase4_test_parallel',
  'batt.demo.parallel',
  'run_batt.phase1_filter',
  'run_batt.phase2_inline_batch',
  'run_batt.phase3a_validate_batch',
  'run_batt.phase3b_file_ops',
  'run_batt.phase4_differs',
];

/** A key that both sides have. */
export interface Phase {
  readonly key: string;
  /** Wall time of a phase: of the whole run from its start to its end, else summed over tasks, which overlap. */
  readonly wall: boolean;
  readonly busy: boolean;
  readonly a: number;
  readonly b: number;
  /** How many times less B takes; undefined where B takes no time that was measured. */
  readonly speedUp: number | undefined;
}

export interface Timings {
  readonly phases: readonly Phase[];
  /** Keys that one side has alone. */
  readonly onlyA: readonly (readonly [string, number])[];
  readonly onlyB: readonly (readonly [string, number])[];
}

export function compareTimings({ timing: a }: Side, { timing: b }: Side): Timings {
  const both = [...a.keys()].filter((key) => b.has(key)).sort((x, y) => rank(x) - rank(y) || (x < y ? -1 : 1));
  const alone = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): [string, number][] =>
    [...one].filter(([key]) => !other.has(key)).sort(([x], [y]) => rank(x) - rank(y) || (x < y ? -1 : 1));
  return {
    phases: both.map((key) => {
      const seconds = { a: a.get(key)!, b: b.get(key)! };
      return {
        key,
        wall: WALL.includes(key),
        busy: isBusy(key),
        ...seconds,
        speedUp: seconds.b > 0 ? seconds.a / seconds.b : undefined,
      };
    }),
    onlyA: alone(a, b),
    onlyB: alone(b, a),
  };
}

function rank(key: string): number {
  const place = WALL.indexOf(key);
  return place < 0 ? WALL.length : place;
}
