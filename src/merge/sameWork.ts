// Whether two runs did parts of the same work, and whether two lines of a task say the same.
import { isDeepStrictEqual } from 'node:util';
import type { CandidateFields, RunLine, TaskLine } from '../results/lines.ts';

/** Something that differs, with its two values. */
export interface Difference {
  readonly what: string;
  readonly values: readonly [unknown, unknown];
}

/** What decides the results of two runs and is not the same. Files may have other paths on another machine. */
export function differences(a: RunLine, b: RunLine): Difference[] {
  const flags = [...new Set([...Object.keys(a.flags), ...Object.keys(b.flags)])];
  const rows: [what: string, of: (run: RunLine) => unknown][] = [
    ['the version of batt', ({ engine }) => engine],
    ...flags.map((name): [string, (run: RunLine) => unknown] => [name, (run) => run.flags[name] ?? null]),
    ['the digests of the batteries', ({ batteries }) => batteries.map(({ digest }) => digest)],
    ['the digest of the data', ({ data }) => data.digest],
    ['the tasks', ({ data }) => data.tasks],
    ['the counts of candidates', ({ counts }) => counts],
    ['the invalid candidates', ({ invalid }) => invalid.map(({ file: _, ...rest }) => rest)],
    ['what was passed over', ({ strays }) => strays.map(({ file: _, ...rest }) => rest)],
  ];
  return rows.flatMap(([what, of]) => {
    const values = [of(a), of(b)] as const;
    return isDeepStrictEqual(...values) ? [] : [{ what, values }];
  });
}

/** The number of the first candidate that is not the same in two lists, or undefined. */
export function firstDifference(a: readonly CandidateFields[], b: readonly CandidateFields[]): number | undefined {
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    const [left, right] = [a[k], b[k]];
    if (left === undefined || right === undefined) return k;
    if (!isDeepStrictEqual({ ...left, source: '' }, { ...right, source: '' })) return k;
  }
  return undefined;
}

/** The fields in which two lines of a task differ, times and what it was run on left aside. */
export function differingFields(a: TaskLine, b: TaskLine): string[] {
  const [left, right] = [steadyFields(a), steadyFields(b)];
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return names.filter((name) => !isDeepStrictEqual(left[name], right[name]));
}

function steadyFields(line: TaskLine): Record<string, unknown> {
  const { timing: _timing, backend: _backend, device: _device, fellBack: _fellBack, stored, ...steady } = line;
  return { ...steady, stored: stored?.map(({ t_log: _, ...file }) => file) };
}
