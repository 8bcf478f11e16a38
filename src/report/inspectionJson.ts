// The line of `batt eval --json`: a program on a sample, ready for JSON.stringify.
import type { Task } from '../arc/task.ts';
import type { Battery } from '../lang/battery.ts';
import type { Inspection } from '../pipeline/single/inspect.ts';
import { messageOf } from '../pipeline/single/programTrace.ts';
import { SCHEMA } from './runJson.ts';
import { calleeText, rowsOf, valueJson } from './valueText.ts';

/** @param source the lines of the program's file */
export function inspectionJson(
  { program, id, name, sample, outcome, verdict, trace }: Inspection,
  task: Task,
  battery: Battery,
  source: readonly string[],
): object {
  const { statements, stopped } = trace;
  const textOf = (line: number): string => source[line - 1]?.trim() ?? '';
  const body = battery.bodies[program.body]!;
  // a batt module has one body for all its programs: the text is what this one needs of it
  const lines =
    body.outputs[0]?.number === undefined
      ? source.slice(body.line - 1, program.line)
      : [...statements.map(({ line }) => line), program.line].map(textOf);
  const error = verdict.replace(/^error:/, '');
  return {
    schema: SCHEMA,
    type: 'eval',
    program: id,
    source: program.source,
    line: program.line,
    text: lines.join('\n'),
    task: task.id,
    sample: name,
    verdict,
    input: rowsOf(sample.input),
    expected: sample.output === null ? null : rowsOf(sample.output),
    output: outcome.kind === 'stopped' ? null : valueJson(outcome.value),
    statements: statements.map(({ line, value }) => ({
      line,
      text: textOf(line),
      ...(value === undefined ? { kind: null, value: null } : valueJson(value)),
    })),
    error:
      outcome.kind !== 'stopped'
        ? null
        : {
            class: error,
            message: (stopped && messageOf(stopped, error)) ?? null,
            file: program.source,
            line: outcome.line,
            text: textOf(outcome.line),
            call: stopped === undefined ? null : calleeText(stopped.callee),
            arguments: stopped?.args.map(valueJson) ?? [],
          },
  };
}
