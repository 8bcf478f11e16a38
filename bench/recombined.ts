// Candidates as an evolving population has them: programs of `programs.jsonl` with statements from one another.
import { seeded } from '../src/pipeline/read/seeded.ts';
import { below, pick } from './random.ts';
import type { Suite } from './suite.ts';

const STATEMENT = /^ {4}(\w+) = (\w+)\((.*)\)$/;

interface Statement {
  readonly callee: string;
  readonly args: readonly string[];
}

/**
 * Text of `count` solvers. Each is a program with one or two of its statements replaced by statements of other programs;
 * variables of these become random earlier ones.
 */
export function recombined({ sources }: Suite, count: number, seed: number): string {
  const random = seeded(seed);
  const programs = sources.map(statementsOf);
  const all = programs.flat();
  const parts = ['from dsl import *\nfrom constants import *\n'];
  for (let k = 0; k < count; k++) {
    const statements = pick(random, programs).slice();
    for (let changes = 1 + below(random, 2); changes > 0; changes--) {
      const at = below(random, statements.length);
      const { callee, args } = pick(random, all);
      statements[at] = { callee, args: args.map((arg) => (isVariable(arg) ? earlier(random, at) : arg)) };
    }
    parts.push(textOf(k.toString(16).padStart(8, '0'), statements));
  }
  return parts.join('\n\n');
}

function statementsOf(source: string): Statement[] {
  return source.split('\n').flatMap((line) => {
    const match = STATEMENT.exec(line);
    return match === null ? [] : [{ callee: match[2]!, args: match[3]!.split(', ') }];
  });
}

function isVariable(arg: string): boolean {
  return arg === 'I' || /^x\d+$/.test(arg);
}

/** The input or the result of a statement before statement `at`. */
function earlier(random: () => number, at: number): string {
  const k = below(random, at + 1);
  return k === 0 ? 'I' : `x${k}`;
}

function textOf(id: string, statements: readonly Statement[]): string {
  const last = statements.length - 1;
  const lines = statements.map(
    ({ callee, args }, k) => `    ${k === last ? 'O' : `x${k + 1}`} = ${callee}(${args.join(', ')})\n`,
  );
  return `def solve_${id}(I):\n${lines.join('')}    return O\n`;
}
