// The line of `batt verify --json`, ready for JSON.stringify.
import type { Verification } from '../pipeline/single/verify.ts';
import { rounded } from '../results/rounded.ts';
import { SCHEMA } from './runJson.ts';
import { failureCounts } from './verifyText.ts';

/** @param repeats whether the seconds of each repeat are wanted */
export function verifyJson(result: Verification, repeats: boolean): object {
  const { solved, total, pairs, pairsRight, failed, unknown, seconds, rejected, skipped, overlaps } = result;
  const { invalid, strays } = rejected;
  return {
    schema: SCHEMA,
    type: 'verify',
    solved,
    total,
    pairs,
    pairs_right: pairsRight,
    failed: failed.map(({ id }) => id),
    unknown,
    counts: { ...failureCounts(result), invalid: invalid.length },
    failures: failed,
    invalid: invalid.map(({ file, line, column, name, reason }) => ({ file, line, column, name, reason })),
    strays,
    ...(skipped.length === 0 ? {} : { skipped_tasks: skipped }),
    ...(overlaps.length === 0 ? {} : { overlaps }),
    reasons: { invalid: countsOf(invalid), strays: countsOf(strays) },
    seconds: rounded(seconds[0]!),
    ...(repeats ? { repeats: seconds.map(rounded) } : {}),
  };
}

/** How often each reason occurs. */
function countsOf(list: readonly { readonly reason: string }[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { reason } of list) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}
