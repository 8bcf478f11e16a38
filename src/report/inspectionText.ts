// What `batt eval` shows of a program on a sample.
import type { Inspection } from '../pipeline/single/inspect.ts';
import { messageOf } from '../pipeline/single/programTrace.ts';
import { gridPanels, type Panel } from './grids.ts';
import { repr } from './repr.ts';
import type { Style } from './style.ts';
import { calleeText, valueLines } from './valueText.ts';

/**
 * A head with the verdict, and the place where several programs bear the id, then the grids, then an empty line; a result
 * that is no grid as Python prints it, an exception with its statement and the arguments of the call.
 * @param source the lines of the program's file
 * @param columns width of the terminal
 * @param all whether every statement is shown with its value
 */
export function inspectionText(
  { program, id, several, name, sample, outcome, verdict, trace }: Inspection,
  source: readonly string[],
  style: Style,
  columns: number,
  all: boolean,
): string {
  const { input, output: expected } = sample;
  const known = verdict === 'ok' && expected === null ? 'ok (no expected output is known)' : verdict;
  const said = verdict === 'ok' ? style.green(known) : style.red(known);
  const place = several ? `  ${program.source}:${program.line}` : '';
  const lines = [`${style.bold(id)}${place}  ${name}  ${said}`];
  const panels: Panel[] = [{ title: 'input', grid: input }];
  if (outcome.kind === 'grid') panels.push({ title: 'output', grid: outcome.grid, expected });
  if (expected !== null) panels.push({ title: 'expected', grid: expected });
  lines.push(...gridPanels(panels, style.colour, columns));
  const statementAt = (line: number): string => `${program.source}:${line}: ${source[line - 1]?.trim() ?? ''}`;
  if (all) {
    for (const { line, value } of trace.statements) {
      lines.push(statementAt(line));
      lines.push(...(value === undefined ? ['  no value'] : valueLines('  ', value, style.colour, columns)));
    }
  }
  if (outcome.kind === 'not_grid') lines.push(`output  ${repr(outcome.value)}`);
  if (outcome.kind === 'stopped') {
    lines.push(`stopped at ${statementAt(outcome.line)}`);
    const { stopped } = trace;
    if (stopped !== undefined) {
      const error = verdict.replace(/^error:/, '');
      const message = messageOf(stopped, error);
      lines.push(`  ${error} in ${calleeText(stopped.callee)}(…)${message === undefined ? '' : `: ${message}`}`);
      for (const [k, value] of stopped.args.entries()) {
        lines.push(...valueLines(`  argument ${k + 1}  `, value, style.colour, columns));
      }
    }
  }
  return `${lines.join('\n')}\n\n`;
}
