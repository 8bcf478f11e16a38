// Runs the programs of the vector files as the product does: battery text to graph to evaluation.
import type { Names } from '../../src/dsl/table.ts';
import { Evaluator } from '../../src/engine/evaluator.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Battery } from '../../src/lang/battery.ts';
import { BatteryError } from '../../src/lang/errors.ts';
import { parseBattery } from '../../src/lang/parse.ts';
import * as errors from '../../src/value/errors.ts';
import type { Value } from '../../src/value/value.ts';
import { FormatError } from './decode.ts';

const RAISED = new Map<string, errors.PyError>(
  Object.values(errors).flatMap((error) => (error instanceof errors.PyError ? [[`error:${error.name}`, error]] : [])),
);

function parsed(source: string, names: Names): Battery {
  try {
    return parseBattery(source, { file: 'case.py', known: (name) => names.has(name) });
  } catch (error) {
    throw error instanceof BatteryError ? new FormatError(error.message) : error;
  }
}

/** The value that the program `source` returns for `input`, without a budget; raises its exception. */
export function evaluateText(names: Names, source: string, input: Value): Value {
  const battery = parsed(source, names);
  const [fault] = battery.invalid;
  if (fault !== undefined) throw new FormatError(`line ${fault.line}: ${fault.reason}`);
  const graph = new Graph(() => names);
  graph.add(battery);
  if (graph.candidates.length !== 1) throw new FormatError(`${graph.candidates.length} programs`);
  let result: Value | errors.PyError | undefined;
  new Evaluator(graph, { budget: 0 }).run(
    { input },
    {
      grid: (_candidate, _output, value) => {
        result = value;
      },
      notGrid: (_candidate, value) => {
        result = value;
      },
      ended: (_candidate, verdict) => {
        result = RAISED.get(verdict);
      },
    },
  );
  if (result === undefined) throw new FormatError('no outcome');
  if (result instanceof errors.PyError) throw result;
  return result;
}
