// What `batt submit` tells a person.
import type { RunResults } from '../results/read.ts';
import type { Submitted } from '../submit/submit.ts';
import { grouped, listed, plural } from './numbers.ts';

/** Tasks that are named, of those left out. */
const NAMED = 10;

/** The file, how much of it was found, what the run lacks, and the score. */
export function submitText(submitted: Submitted, { run, summary }: RunResults): string {
  const { file, answers, missing, cut, score, unscored } = submitted;
  const { index, of } = run.shard;
  const selected = new Set(run.data.tasks);
  const open = missing.filter((id) => selected.has(id)).length;
  const outputs = countsOf(submitted);
  const lines = [
    `${file}: ${plural(answers.size, 'task')}, ${plural(outputs.two + outputs.one + outputs.none, 'test output')}; checked`,
    `  attempts that candidates gave: two at ${grouped(outputs.two)}, one at ${grouped(outputs.one)}, none at ${grouped(outputs.none)}`,
  ];
  if (outputs.one + outputs.none > 0) lines.push('  in place of others stand the test input and a blank grid of 2 × 2');
  if (missing.length > open)
    lines.push(`  the run was not asked for ${plural(missing.length - open, 'task')} of the data`);
  if (open > 0) {
    const why =
      of > 1 ? `it did part ${index} of ${of}` : summary === undefined ? 'it is not finished' : 'it ended early';
    lines.push(`  the run has no results of ${plural(open, 'task')}: ${why}`);
  }
  if (cut.length > 0) lines.push(`  the deadline cut ${plural(cut.length, 'task')}: ${listed(cut, NAMED)}`);
  if (score === undefined) lines.push('score: not known, since no task has its solutions');
  else {
    const { outputs: byOutput, tasks, mean } = score;
    lines.push(
      `score: ${share(byOutput)} test outputs right in one of two attempts, as Kaggle counts`,
      `       ${share(tasks)} tasks with every test output right`,
      `       ${percent(mean)} the mean over the tasks of their share of right test outputs`,
    );
    if (unscored.length > 0) {
      lines.push(`  left out of the score, since not all solutions are there: ${listed(unscored, NAMED)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Test outputs by the number of attempts that are outputs of candidates. */
export function countsOf({ answers }: Pick<Submitted, 'answers'>): Record<'two' | 'one' | 'none', number> {
  const counts = [0, 0, 0];
  for (const list of answers.values()) for (const { found } of list) counts[found]!++;
  return { two: counts[2]!, one: counts[1]!, none: counts[0]! };
}

function share([right, all]: readonly [number, number]): string {
  return `${percent(right / all)} = ${grouped(right)} of ${grouped(all)}`;
}

function percent(part: number): string {
  return `${(100 * part).toFixed(2)} %`;
}
