// What `batt eval` shows of a program on a sample.
import type { Inspection } from '../pipeline/single/inspect.ts';
import { gridPanels, type Panel } from './grids.ts';
import { repr } from './repr.ts';
import type { Style } from './style.ts';

/**
 * A head with the verdict, and the place where several programs bear the id, then the grids, then an empty line; a result that is no grid as Python prints it, an exception with its statement.
 * @param source the lines of the program's file
 * @param columns width of the terminal
 */
export function inspectionText(
  { program, id, several, name, sample, outcome, verdict }: Inspection,
  source: readonly string[],
  style: Style,
  columns: number,
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
  if (outcome.kind === 'not_grid') lines.push(`output  ${repr(outcome.value)}`);
  if (outcome.kind === 'stopped') {
    const statement = source[outcome.line - 1]?.trim() ?? '';
    lines.push(`stopped at ${program.source}:${outcome.line}: ${statement}`);
  }
  return `${lines.join('\n')}\n\n`;
}
