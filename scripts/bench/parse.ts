// How fast battery text is parsed: a solver library and a batt module of about 50 MB each, made from a fixed seed.
import { performance } from 'node:perf_hooks';
import { parseBattery } from '../../src/lang/parse.ts';

export interface ParseFigure {
  readonly name: string;
  readonly bytes: number;
  readonly candidates: number;
  readonly calls: number;
  /** Median of five parses in a warm process; 1 MB is 10^6 bytes. */
  readonly seconds: number;
  readonly mbPerSecond: number;
}

const RUNS = 5;
const BYTES = 50_000_000;
const FUNCTIONS =
  'objects ofcolor fill paint mapply apply compose fork rbind lbind argmax hconcat vconcat shift difference'.split(' ');
const CONSTANTS = 'T F ONE TWO ZERO BLUE RED ORIGIN I'.split(' ');

/** Parses both texts. Throws when one of them is not read in full, since the figure would mean nothing. */
export function benchParse(bytes: number = BYTES): ParseFigure[] {
  return [measure('solver library', solverLibrary(bytes)), measure('batt module', battModule(bytes))];
}

function measure(name: string, text: string): ParseFigure {
  const source = Buffer.from(text);
  const times: number[] = [];
  let candidates = 0;
  let calls = 0;
  for (let run = 0; run <= RUNS; run++) {
    const start = performance.now();
    const battery = parseBattery(source, { file: `${name}.py`, known: isKnown });
    if (run > 0) times.push((performance.now() - start) / 1000);
    if (battery.invalid.length > 0) throw new Error(`${name}: ${battery.invalid[0]!.reason}`);
    candidates = battery.bodies.reduce((sum, body) => sum + body.outputs.length, 0);
    calls = battery.at.length;
  }
  const seconds = times.sort((a, b) => a - b)[RUNS >> 1]!;
  return { name, bytes: source.length, candidates, calls, seconds, mbPerSecond: source.length / 1e6 / seconds };
}

function isKnown(name: string): boolean {
  return FUNCTIONS.includes(name) || CONSTANTS.includes(name);
}

/** Solvers of 4 to 27 statements. */
function solverLibrary(bytes: number): string {
  const random = generator(1);
  const parts = ['from dsl import *\nfrom constants import *\n'];
  for (let length = 0, id = 0; length < bytes; id++) {
    const count = 4 + random(24);
    const lines = [`\n\ndef solve_${hex(id)}(I):\n`];
    for (let k = 1; k <= count; k++) {
      const args = Array.from({ length: 1 + random(3) }, () =>
        k > 1 && random(2) > 0 ? `x${1 + random(k - 1)}` : pick(random, CONSTANTS),
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
  const random = generator(2);
  const parts = ['from pile import *\n\n\ndef batt(task_id, S, I, C, log_path):\n    s = []\n    o = []\n'];
  for (let length = 0, n = 1; length < bytes; n++) {
    const callee = pick(random, FUNCTIONS);
    const args = Array.from({ length: 1 + random(3) }, () =>
      n > 1 && random(3) > 0 ? `t${Math.max(1, n - 1 - random(40))}` : pick(random, CONSTANTS),
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

function pick(random: (below: number) => number, from: readonly string[]): string {
  return from[random(from.length)]!;
}

function hex(id: number): string {
  return id.toString(16).padStart(8, '0');
}

/** Whole numbers from 0 to below `below`, the same for the same seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
