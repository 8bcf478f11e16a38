// What `batt submit --json` prints.
import type { RunResults } from '../results/read.ts';
import { rounded } from '../results/rounded.ts';
import type { Submitted } from '../submit/submit.ts';
import { SCHEMA } from './runJson.ts';
import { countsOf } from './submitText.ts';

/** The document, ready for JSON.stringify. `score` is null where no task has its solutions. */
export function submitJson(submitted: Submitted, { run, summary }: RunResults): object {
  const { file, answers, missing, cut, score, unscored } = submitted;
  const attempts = countsOf(submitted);
  return {
    schema: SCHEMA,
    type: 'submit',
    file,
    run: run.id,
    shard: run.shard,
    finished: summary !== undefined,
    tasks: answers.size,
    outputs: attempts.two + attempts.one + attempts.none,
    attempts,
    missing,
    cut,
    score: score === undefined ? null : { outputs: score.outputs, tasks: score.tasks, mean: rounded(score.mean) },
    unscored,
  };
}
