// The public API of arc-batt.

/**
 * Scores candidate programs for ARC tasks. Tasks and batteries are read, the programs of all batteries are merged into one
 * graph, and the graph is evaluated on grids or scored on tasks.
 *
 * @example
 * import { buildGraph, evaluate, parseBattery, readTasks, scoreTask } from 'arc-batt';
 *
 * const battery = parseBattery('def solve_mine(I):\n    x1 = vmirror(I)\n    return hconcat(I, x1)\n', { file: 'mine.py' });
 * const graph = buildGraph([battery]);
 * const [task] = readTasks('examples/tasks', { only: ['mirror_beside'] });
 *
 * const { candidates } = scoreTask(graph, task!);
 * console.log(candidates[0]!.candidate.solverId, candidates[0]!.score.demo, candidates[0]!.score.test);
 * // mine [ 3, 3 ] [ 2, 2 ]
 *
 * const [outcome] = evaluate(graph, { height: 1, width: 2, cells: Uint8Array.of(1, 2) });
 * if (outcome!.kind === 'grid') console.log(outcome!.grid.width, Array.from(outcome!.grid.cells));
 * // 4 [ 1, 2, 2, 1 ]
 *
 * @module
 */

export { datasetDigest } from './arc/digest.ts';
export { ArcError, type ArcPlace } from './arc/error.ts';
export { DataNotFoundError, type DataPlace, findData } from './arc/find.ts';
export type { ArcGrid } from './arc/grid.ts';
export { openTasks, type ReadOptions, readTasks } from './arc/read.ts';
export type { Sample, Task } from './arc/task.ts';
export type { TaskSource } from './arc/taskSource.ts';
export type { BackendChoice } from './backend/openRunBackend.ts';
export { DEFAULT_BUDGET, type EvaluationOptions } from './engine/evaluator.ts';
export type { OutputGrid, Verdict } from './engine/verdict.ts';
export type { Candidate } from './graph/graph.ts';
export type { Battery, Invalid, Warning } from './lang/battery.ts';
export { BatteryError } from './lang/errors.ts';
export { candidateRows } from './pipeline/keep/taskLines.ts';
export type { Totals } from './pipeline/keep/totals.ts';
export type { DecidingOptions, RunPlan, Shard } from './pipeline/plan.ts';
export { parseBattery, readBattery } from './pipeline/read/battery.ts';
export {
  buildGraph,
  type CandidateSet,
  type Counts,
  type InvalidCandidate,
  type Stray,
} from './pipeline/read/candidates.ts';
export type { PreparedRun, RunRequest } from './pipeline/read/prepareRun.ts';
export type { TaskSelection } from './pipeline/read/selectTasks.ts';
export {
  type BegunEvent,
  type EndedEvent,
  PlanError,
  type ReadEvent,
  type RunEvent,
  type RunWork,
  runBatteries,
  type TaskEvent,
} from './pipeline/run.ts';
export { AccountsError } from './pipeline/score/accounts.ts';
export type { CandidateTable } from './pipeline/score/candidateTable.ts';
export { type ScoredCandidate, scoreTask, type TaskResult } from './pipeline/score/scoreTask.ts';
export { evaluate, type Outcome } from './pipeline/single/outcomeList.ts';
export { repr } from './report/repr.ts';
export type { CandidateFields, ScoreColumns, TaskLine } from './results/lines.ts';
export type { CandidateScore } from './score/scoreTable.ts';
export type { Value } from './value/value.ts';
