// A task in the list of the page: its figures at once, its grids as data that the page draws when they come into sight.
import type { Task } from '../../arc/task.ts';
import type { CandidateFields, TaskLine } from '../../results/lines.ts';
import { scoreRow } from '../../results/rows.ts';
import { grouped } from '../numbers.ts';
import { embedded, escaped } from './escape.ts';
import { STATES, solversOf, stateOf } from './state.ts';
import { cellShare, taskData } from './taskData.ts';

/** @param line undefined where the run has not come to the task */
export function taskRow(task: Task, line: TaskLine | undefined, candidates: readonly CandidateFields[]): string {
  const state = stateOf(line);
  const { sign, words } = STATES.get(state)!;
  const first = line?.best[0];
  const best = line === undefined || first === undefined ? undefined : scoreRow(line, first);
  const solvers = line === undefined ? 0 : solversOf(line);
  const cut = line?.cut === undefined ? '' : ' data-cut';
  const sorts = `data-cells="${best?.cells ?? -1}" data-solvers="${solvers}" data-seconds="${secondsOf(line)}"`;
  const name = first === undefined ? undefined : candidates[first]!.solver_id;
  return [
    `<li data-state="${state}"${cut} ${sorts}><details id="task-${escaped(task.id)}"><summary>`,
    '<span class="thumbs" aria-hidden="true"></span>',
    `<h3 data-find>${escaped(task.id)}</h3>`,
    `<span class="state"><i class="dot ${state}" aria-hidden="true">${sign}</i> ${words}`,
    `${cut === '' ? '' : ' <b class="cut">cut</b>'}</span>`,
    figure('demo', best?.demo.join('/')),
    figure('test', best?.test?.join('/')),
    figure('cells', best === undefined ? undefined : cellShare(best.cells)),
    figure(solvers === 1 ? 'solver' : 'solvers', line === undefined ? undefined : grouped(solvers)),
    `<span class="best">${name === undefined ? '' : `best <code data-find>${escaped(name)}</code>`}</span>`,
    `</summary><script type="application/json">${embedded(taskData(task, line, candidates))}</script></details></li>\n`,
  ].join('');
}

function figure(name: string, value = '–'): string {
  return `<span class="figure"><b>${value}</b> ${name}</span>`;
}

/** Wall time of a task. */
function secondsOf(line: TaskLine | undefined): number {
  return line?.timing['main.run_batt'] ?? 0;
}
