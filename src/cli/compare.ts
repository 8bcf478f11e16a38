// `batt compare`: are the results of two runs the same, and which is faster?
import type { Command } from 'commander';
import { compareSides } from '../compare/compare.ts';
import { readSides } from '../compare/readSides.ts';
import { comparisonJson } from '../report/compareJson.ts';
import { comparisonMarkdown } from '../report/compareMarkdown.ts';
import { comparisonText } from '../report/compareText.ts';
import { styleOf, wantsColour } from '../report/style.ts';
import { EXIT_FAILED, EXIT_USAGE, UsageError } from './exit.ts';
import { log, print, printJson } from './output.ts';
import { values } from './values.ts';

interface CompareOptions {
  readonly log?: readonly string[];
  readonly markdown?: true;
  readonly json?: true;
}

export function define(command: Command): void {
  command
    .option('--log <file>', 'saved stdout of run_batt.py; one for each side that it left, in their order', values)
    .option('--markdown', 'print a results page')
    .option('--json', 'print one JSON document')
    .action((a: string, b: string, options: CompareOptions) => compare(a, b, options));
}

function compare(a: string, b: string, { log: logs = [], markdown, json }: CompareOptions): void {
  if (markdown && json) throw new UsageError('--markdown and --json: expected one of them');
  const comparison = compareSides(...readSides(a, b, logs));
  if (json) printJson(comparisonJson(comparison));
  else if (markdown) print(comparisonMarkdown(comparison));
  else print(comparisonText(comparison, styleOf(wantsColour(process.stdout))));
  if (comparison.verdict === 'differs') process.exitCode = EXIT_FAILED;
  if (comparison.verdict === 'not recorded') {
    log('the scores were not recorded by both sides, so the results are not known to be the same');
    process.exitCode = EXIT_USAGE;
  }
}
