// Evaluates the straight-line programs of the vector files: `name = callee(name, ...)` a line. Source: SPEC 5.
import type { Names } from '../../src/dsl/table.ts';
import { callAll, type Value } from '../../src/value/value.ts';
import { FormatError } from './decode.ts';

const STATEMENT = /^(\w+)\s*=\s*(\w+)\(([\w\s,]*)\)$/;

/** The value that the program `source` returns for `grid`; raises its exception. */
export function evaluateStraightLine(names: Names, source: string, grid: Value): Value {
  const lines = source.split('\n').map((line) => line.trim());
  const body = lines.filter((line) => line !== '');
  if (body.shift() !== 'def solve(I):') throw new FormatError('a program starts with def solve(I):');
  const variables = new Map<string, Value>([['I', grid]]);
  const resolve = (name: string): Value => {
    const value = variables.has(name) ? variables.get(name) : names.get(name);
    if (value === undefined) throw new FormatError(`unknown name ${name}`);
    return value;
  };
  for (const line of body) {
    const returned = /^return (\w+)$/.exec(line);
    if (returned !== null) return resolve(returned[1]!);
    const statement = STATEMENT.exec(line);
    if (statement === null) throw new FormatError(`no statement: ${line}`);
    const [, name, callee, list] = statement;
    const args = list!.split(',').map((arg) => arg.trim());
    variables.set(name!, callAll(resolve(callee!), args.filter((arg) => arg !== '').map(resolve)));
  }
  throw new FormatError('a program without return');
}
