// The timing summary of `--timing`, in the original's layout (docs/spec/battery.md 7), busy time apart from wall time.
import { BACKEND, BUSY_KEYS, FUNCTION, type Timing } from '../pipeline/timing.ts';

/** The keys that the original has, too; all others are of batt alone. */
const ORIGINAL: ReadonlySet<string> = new Set([
  'main.run_batt',
  ...[
    'check_batt',
    'check_solver_speed',
    'phase1_filter',
    'phase2_inline_batch',
    'phase3a_validate_batch',
    'phase3b_file_ops',
    'phase4_build',
    'phase4_demo_cpu',
    'phase4_demo_parallel',
    'phase4_differs',
    'phase4_inline',
    'phase4_process',
    'phase4_test_cpu',
    'phase4_test_parallel',
  ].map((key) => `run_batt.${key}`),
]);

/**
 * The summary, by falling time: the original's keys of wall time under its title, then those of busy time, then what batt does
 * otherwise or beside. Begins with an empty line and ends with a line feed.
 */
export function timingSummary(timing: Timing): string {
  const own = [...timing.keys()];
  const keys = own.filter((key) => !key.startsWith(FUNCTION) && !key.startsWith(BACKEND));
  const theirs = keys.filter((key) => ORIGINAL.has(key));
  return [
    ...block(
      'Timing summary (seconds):',
      timing,
      theirs.filter((key) => !BUSY_KEYS.has(key)),
    ),
    ...block(
      'Busy time (seconds, summed over programs or samples):',
      timing,
      theirs.filter((key) => BUSY_KEYS.has(key)),
    ),
    ...block(
      'Only in batt (seconds):',
      timing,
      keys.filter((key) => !ORIGINAL.has(key)),
    ),
    ...block(
      'Backend (busy seconds: batches overlap with each other and with the above):',
      timing,
      own.filter((key) => key.startsWith(BACKEND)),
    ),
    ...block(
      'Slowest functions (busy seconds, with what they call):',
      timing,
      slowestFunctions(timing).slice(0, SLOWEST),
    ),
    '',
  ].join('\n');
}

/** Functions that are listed. */
const SLOWEST = 10;

/** The keys of functions, by falling time. */
function slowestFunctions(timing: Timing): string[] {
  return [...timing.keys()].filter((key) => key.startsWith(FUNCTION)).sort((a, b) => timing.get(b)! - timing.get(a)!);
}

function block(title: string, timing: Timing, keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const lines = [...keys]
    .sort((a, b) => timing.get(b)! - timing.get(a)!)
    .map((key) => `  ${key.padEnd(32)} ${timing.get(key)!.toFixed(3).padStart(8)}`);
  return ['', title, ...lines];
}
