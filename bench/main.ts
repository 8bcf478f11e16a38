// npm run bench [-- NAME... --json --quick]: measures what the project promises, the goal beside each figure.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { cold } from './cold.ts';
import { full } from './full.ts';
import { functions } from './functions.ts';
import { graph } from './graph.ts';
import { load, machine } from './machine.ts';
import { match } from './match.ts';
import { memory } from './memory.ts';
import { parse } from './parse.ts';
import { head, table } from './print.ts';
import { programs } from './programs.ts';
import type { Answer, Options, Question } from './question.ts';

const QUESTIONS: readonly Question[] = [programs, graph, cold, full, functions, parse, memory, match];

const USAGE = `usage: npm run bench [-- NAME... --json --quick]
  names: ${QUESTIONS.map(({ name }) => name).join(', ')}; all when none is given
  --json   one JSON document
  --quick  fewer repeats and smaller inputs
  --alone  one benchmark in this process, its answer as JSON (for profiling)`;

process.exitCode = await main(process.argv.slice(2));

/** Returns the exit code: 0, 1 a benchmark failed, 2 wrong usage. */
async function main(args: readonly string[]): Promise<0 | 1 | 2> {
  const flag = { type: 'boolean', default: false } as const;
  let parsed: { values: { json: boolean; quick: boolean; alone: boolean }; positionals: string[] };
  try {
    const options = { json: flag, quick: flag, alone: flag };
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals: names } = parsed;
  const unknown = names.find((name) => !QUESTIONS.some((question) => question.name === name));
  if (unknown !== undefined) return usage(`no benchmark is called ${unknown}`);
  const questions = QUESTIONS.filter(({ name }) => names.length === 0 || names.includes(name));
  if (!values.alone) return askAll(questions, values, ['npm run bench --', ...args].join(' '));
  if (questions.length !== 1) return usage('--alone: expected one name');
  print(JSON.stringify(await questions[0]!.ask(values)));
  return 0;
}

function usage(complaint: string): 2 {
  process.stderr.write(`${complaint}\n${USAGE}\n`);
  return 2;
}

/** Asks each question in a process of its own, so that none warms up or litters another. */
function askAll(questions: readonly Question[], { json, quick }: Options & { json: boolean }, command: string): 0 | 1 {
  const date = new Date().toISOString();
  const on = machine();
  if (!json) print(head(on, command, date, load()));
  let failed = false;
  const benchmarks = questions.map(({ name, about }) => {
    const before = load();
    const start = performance.now();
    const answer = askAlone(name, quick);
    const seconds = (performance.now() - start) / 1000;
    failed ||= answer === undefined;
    if (!json) {
      print(`\n${name}: ${about}`);
      print(answer === undefined ? '  failed' : textOf(answer));
      print(`  – took ${seconds.toFixed(0)} s, load ${before.toFixed(2)} → ${load().toFixed(2)}`);
    }
    return { name, about, ...(answer ?? { failed: true }), seconds, load: [before, load()] };
  });
  if (json) print(JSON.stringify({ schema: 1, type: 'bench', command, date, quick, machine: on, benchmarks }));
  return failed ? 1 : 0;
}

/** Undefined when the benchmark failed; it has said why. */
function askAlone(name: string, quick: boolean): Answer | undefined {
  const args = [fileURLToPath(import.meta.url), name, '--alone', ...(quick ? ['--quick'] : [])];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return status === 0 ? (JSON.parse(stdout) as Answer) : undefined;
}

function textOf(answer: Answer): string {
  if ('skipped' in answer) return `  left out: ${answer.skipped}`;
  return [table(answer.rows), ...answer.notes.map((note) => `  – ${note}`)].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
