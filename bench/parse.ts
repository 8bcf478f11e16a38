// How fast battery text is parsed: a solver library and a batt module of about 50 MB each, made from a fixed seed.
import { performance } from 'node:perf_hooks';
import { parseBattery } from '../src/lang/parse.ts';
import { seeded } from '../src/pipeline/read/seeded.ts';
import type { Question, Row } from './question.ts';
import { below, pick } from './random.ts';
import { figures } from './stats.ts';

const RUNS = 5;
const MB = 1_000_000;
const GOAL = 30;

export const parse: Question = {
  name: 'parse',
  about: 'text of a fixed seed parsed in memory, warm; median of five; 1 MB is 10^6 bytes',
  ask: ({ quick }) => {
    const bytes = (quick ? 5 : 50) * MB;
    return {
      rows: [...measure('solver library', solverLibrary(bytes)), ...measure('batt module', battModule(bytes))],
      notes: [],
    };
  },
};

const FUNCTIONS =
  'objects ofcolor fill paint mapply apply compose fork rbind lbind argmax hconcat vconcat shift difference'.split(' ');
const CONSTANTS = 'T F ONE TWO ZERO BLUE RED ORIGIN I'.split(' ');
const known = new Set([...FUNCTIONS, ...CONSTANTS]);

/** Throws when the text is not read in full, since the figure would mean nothing. */
function measure(name: string, text: string): Row[] {
  const source = Buffer.from(text);
  const times: number[] = [];
  let candidates = 0;
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    const battery = parseBattery(source, { file: `${name}.py`, known: (name) => known.has(name) });
    times.push((performance.now() - start) / 1000);
    if (battery.invalid.length > 0) throw new Error(`${name}: ${battery.invalid[0]!.reason}`);
    candidates = battery.bodies.reduce((sum, body) => sum + body.outputs.length, 0);
  }
  const [first, ...warm] = times;
  const what = `${name}, ${(source.length / MB).toFixed(0)} MB, ${candidates} candidates`;
  const rate = (seconds: number): number => source.length / MB / seconds;
  return [
    { what: `${what}, warm`, ...figures(warm, rate), unit: 'MB/s', goal: GOAL },
    { what: `${what}, first parse`, value: rate(first!), unit: 'MB/s' },
  ];
}

/** Solvers of 4 to 27 statements. */
function solverLibrary(bytes: number): string {
  const random = seeded(1);
  const parts = ['from dsl import *\nfrom constants import *\n'];
  for (let length = 0, id = 0; length < bytes; id++) {
    const count = 4 + below(random, 24);
    const lines = [`\n\ndef solve_${hex(id)}(I):\n`];
    for (let k = 1; k <= count; k++) {
      const args = Array.from({ length: 1 + below(random, 3) }, () =>
        k > 1 && below(random, 2) > 0 ? `x${1 + below(random, k - 1)}` : pick(random, CONSTANTS),
      );
      lines.push(`    ${k === count ? 'O' : `x${k}`} = ${pick(random, FUNCTIONS)}(${args.join(', ')})\n`);
    }
    lines.push('    return O\n');
    const text = lines.join('');
    length += text.length;
    parts.push(text);
  }
  return parts.join('');
}

/** Guarded statements with the comment that precedes each, an output for every 9 and a differ for every 7 of them. */
function battModule(bytes: number): string {
  const random = seeded(2);
  const parts = ['from pile import *\n\n\ndef batt(task_id, S, I, C, log_path):\n    s = []\n    o = []\n'];
  for (let length = 0, n = 1; length < bytes; n++) {
    const callee = pick(random, FUNCTIONS);
    const args = Array.from({ length: 1 + below(random, 3) }, () =>
      n > 1 && below(random, 3) > 0 ? `t${Math.max(1, n - 1 - below(random, 40))}` : pick(random, CONSTANTS),
    );
    const items = [callee, ...args.map((arg) => ` ${arg}`)].map((item) => `'${item}'`).join(', ');
    let text =
      `    # t${n} - differ = False - solver = True - old_items = [${items}] - old_hints = None\n` +
      `    try:\n        t${n} = ${callee}(${args.join(', ')})\n` +
      '    except (TypeError, AttributeError, ValueError):\n' +
      `        t${n} = _get_safe_default(${callee})\n`;
    if (n % 9 === 0) text += `    o.append((${n}, False, '${hex(n)}', t${n}))\n`;
    if (n % 7 === 0) text += `    s.append((${n}, '${hex(n)}', 'differ_0ab5a1eac8facb589dc648fa0a3ce3b7', t${n}))\n`;
    length += text.length;
    parts.push(text);
  }
  parts.push('    return o, s\n');
  return parts.join('');
}

function hex(id: number): string {
  return id.toString(16).padStart(8, '0');
}
