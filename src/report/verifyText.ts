// What `batt verify` tells a person.
import type { Verification } from '../pipeline/single/verify.ts';
import { duration, grouped, listed, plural } from './numbers.ts';
import type { Style } from './style.ts';

/** Failures, and ids without a task, that the text lists. */
const LISTED = 50;
const IDS = 20;

/** Programs that are not solved, by why, and pieces of the files that were passed over. */
export function failureCounts({ failed, rejected }: Verification): {
  readonly wrong: number;
  readonly no_task: number;
  readonly invalid: number;
  readonly passed_over: number;
} {
  const counts = { wrong: 0, no_task: 0, invalid: 0, passed_over: rejected.strays.length };
  for (const { kind } of failed) counts[kind]++;
  return counts;
}

/**
 * A line for each program that is not solved, then how many there are of each kind, then the figures.
 * @param places whether ids are followed by file and line: one may occur in several libraries
 */
export function verifyText(result: Verification, data: readonly string[], places: boolean, style: Style): string {
  const { solved, total, pairs, pairsRight, failed, unknown, seconds } = result;
  const lines = failed
    .slice(0, LISTED)
    .map(({ id, source, line, reason }) => `${style.red(id)}  ${places ? `${source}:${line}  ` : ''}${reason}`);
  if (failed.length > LISTED) lines.push(`and ${failed.length - LISTED} more; --json lists them all`);
  if (unknown.length > 0) {
    lines.push(`${plural(unknown.length, 'program')} without a task in ${data.join('+')}: ${listed(unknown, IDS)}`);
  }
  const { wrong, no_task, invalid, passed_over } = failureCounts(result);
  const reasons = [
    ...(wrong > 0 ? [`${grouped(wrong)} wrong`] : []),
    ...(no_task > 0 ? [`${grouped(no_task)} without a task`] : []),
    ...(invalid > 0 ? [`${grouped(invalid)} invalid`] : []),
  ];
  if (reasons.length > 0) lines.push(`not solved: ${reasons.join(', ')}`);
  if (passed_over > 0) lines.push(`passed over: ${plural(passed_over, 'piece')} of the text`);
  const figures = `${grouped(solved)} of ${plural(total, 'program')} solved`;
  const right = `${grouped(pairsRight)} of ${plural(pairs, 'pair')} right`;
  lines.push(`${style.bold(figures)}, ${right}, ${seconds.map(duration).join(' ')}`);
  return lines.join('\n');
}
