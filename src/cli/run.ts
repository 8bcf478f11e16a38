// `batt run`: scores batteries on tasks. Flags in, a run, what it does printed, an exit code.
import type { Command } from 'commander';
import { threadsThatFit } from '../engine/addressSpace.ts';
import type { RunPlan } from '../pipeline/plan.ts';
import { type BegunEvent, type EndedEvent, runBatteries } from '../pipeline/run.ts';
import { plural } from '../report/numbers.ts';
import { rejections } from '../report/runText.ts';
import { backendChoice } from './backend.ts';
import { dataNotes, dataOptions } from './dataFlags.ts';
import { EXIT_CRASHED, EXIT_FAILED, EXIT_INTERRUPTED, UsageError } from './exit.ts';
import { limitsOf } from './limits.ts';
import { goOnWithoutReader, log } from './output.ts';
import { Progress } from './progress.ts';
import { addRunFlags, checkRunFlags, type RunFlags } from './runFlags.ts';
import { RunShow } from './runShow.ts';

export function define(command: Command): void {
  addRunFlags(command);
  command.allowExcessArguments().action((flags: RunFlags) => {
    const [word] = command.args;
    if (word !== undefined) throw new UsageError(`found "${word}", expected flags alone; batteries follow -b`);
    return run(flags);
  });
}

async function run(flags: RunFlags): Promise<void> {
  checkRunFlags(flags);
  threadsThatFit(); // before anything is read or written
  let show: RunShow | undefined;
  let progress: Progress | undefined;
  const heard = new AbortController();
  for await (const event of runBatteries(planOf(flags, heard.signal), (samples) => progress?.at(samples))) {
    switch (event.type) {
      case 'read':
        // a run that has nothing to score ends with these reasons
        if (!flags.quiet || event.run.set.counts.scored === 0) for (const line of rejections(event.run.set)) log(line);
        if (!flags.quiet) for (const note of dataNotes(event.run.data)) log(note);
        break;
      case 'begun':
        heedSignals(heard);
        if (event.folder !== undefined) goOnWithoutReader();
        if (!flags.quiet) for (const note of beginning(event, flags)) log(note);
        show = new RunShow(event, flags);
        progress = new Progress(event.work, flags.quiet === true);
        break;
      case 'task':
        if (!event.before) progress!.task(event.line);
        show!.task(event.line);
        break;
      case 'unsaved':
        log(event.error.message);
        process.exitCode = EXIT_FAILED;
        break;
      case 'ended':
        progress!.end();
        if (heard.signal.aborted) process.exitCode = EXIT_INTERRUPTED;
        if (event.by !== 'interrupted' && show!.hasCrashes) process.exitCode ??= EXIT_CRASHED;
        end(event, show!, flags);
    }
  }
}

function planOf(flags: RunFlags, signal: AbortSignal): RunPlan {
  const { batt_import, data, task_ids, start, count, seed, out } = flags;
  return {
    batteries: batt_import,
    data,
    ...dataOptions(flags),
    selection: { only: Array.isArray(task_ids) ? task_ids : [], start, count, seed },
    ...limitsOf(flags),
    dialect: flags.dialect,
    compat: flags.compat,
    firstMismatch: flags.firstMismatch === true,
    shard: flags.shard,
    backend: backendChoice(flags),
    jobs: flags.jobs,
    timing: flags.timing,
    save: flags.save,
    out,
    resume: flags.resume,
    deadline: flags.deadline,
    start: 0, // that of the process
    signal,
  };
}

/** What to say of a run that begins. */
function beginning({ folder, resumed, others, damage, fellBack }: BegunEvent, { out, resume }: RunFlags): string[] {
  const notes: string[] = [];
  if (fellBack !== undefined) notes.push(`${fellBack.reason}; the run goes on with ${fellBack.to}`);
  if (resume)
    notes.push(resumed ? `going on with ${folder}` : `--resume: ${out} has no run to go on with; a new one begins`);
  for (const { id, pid } of others) notes.push(`run ${id} is going on in this folder, too, in process ${pid}`);
  for (const line of damage) notes.push(`${line}; what is lost is done again`);
  return notes;
}

function end({ by, tasks, of, digest, fellBack }: EndedEvent, show: RunShow, flags: RunFlags): void {
  const goOn = show.runId === undefined ? '' : `; --resume ${show.runId} goes on`;
  const early = `after ${tasks} of ${plural(of, 'task')}${goOn}`;
  if (by === 'interrupted') log(`interrupted ${early}`);
  else show.summary(digest, by === 'deadline' ? `the deadline came ${early}` : undefined);
  if (fellBack !== undefined && !flags.quiet) log(`${fellBack.reason}; the run went on with ${fellBack.to}`);
}

/** The first signal lets what is done be saved; the second one ends the process at once. */
function heedSignals(heard: AbortController): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (heard.signal.aborted) process.exit(EXIT_INTERRUPTED);
      heard.abort();
    });
  }
}
