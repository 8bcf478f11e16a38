// The JSON Schemas of docs/schema against the lines of the built command: what it prints and keeps is valid, and nothing else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { taskJson } from '../../src/report/runJson.ts';
import { lineFault } from '../../src/results/lineFault.ts';
import { batteryFile, root, useBatt } from '../cli/command.ts';
import { resultsIn } from '../cli/runResults.ts';
import { linesOf, madeRuns } from '../results/runFile.ts';
import { resultsText } from '../results/sealedLines.ts';
import { type Described, type Json, type JsonObject, Schema } from './schemas.ts';

const batt = useBatt();

const NAMES = ['run', 'verify', 'results'] as const;
type Name = (typeof NAMES)[number];
const schemas = Object.fromEntries(NAMES.map((name) => [name, new Schema(name)])) as Record<Name, Schema>;

/** Lines by schema: those of the command, made-up ones, and some with what seldom happens. */
const lines: Record<Name, JsonObject[]> = { run: [], verify: [], results: [] };

const MIXED = `words that are no program
def solve_mirror_beside(I):
    return hconcat(I, vmirror(I))
def solve_twin(I):
    return hconcat(I, vmirror(I))
def solve_self_tile(I):
    return I
def solve_fall_down(I):
    return first(ZERO)
def solve_nowhere(I):
    return canvas(ZERO, UNITY)
def solve_rays_up(I):
    return nosuch(I)
`;

beforeAll(() => {
  batt.write('mixed.py', MIXED);
  batt.write('right.py', 'def solve_mirror_beside(I):\n    return hconcat(I, vmirror(I))\n');
  const differing = join(root, 'test/fixtures/battery/closure12.py');
  for (const args of [
    ['--data', 'bundled'],
    ['--data', 'bundled', '-i', 'mirror_beside', '-b', 'mixed.py', '--out', 'mixed'],
    ['--data', 'bundled', '-i', 'self_tile', '-b', differing, '--timing', '--out', 'differing'],
    ['--data', 'bundled', '-i', 'self_tile', '-b', batteryFile, '--save', 'all', '--out', 'many'],
    ['--data', 'bundled', '-i', 'self_tile', '-b', batteryFile, differing, '--save', 'all', '--out', 'many'],
  ]) {
    lines.run.push(...linesPrinted(['run', ...args, '--json']));
    if (args.includes('--out'))
      lines.results.push(...parsed(readFileSync(resultsIn(join(batt.folder, args.at(-1)!)), 'utf8')));
  }
  lines.verify.push(...linesPrinted(['verify', 'right.py', '--data', 'bundled', '--json']));
  lines.verify.push(...linesPrinted(['verify', 'mixed.py', '--data', 'bundled', '--repeat', '2', '--json']));
  for (const made of fc.sample(madeRuns({ whole: false }), { numRuns: 60, seed: 1 })) {
    lines.results.push(...parsed(resultsText(linesOf(made))));
    lines.run.push(...made.tasks.map((line) => jsonOf(taskJson(line, made.candidates))));
  }
  const fellBack = { from: 'webgpu', to: 'wasm', reason: 'lost' };
  const last = (name: Name, type: string): JsonObject => lines[name].findLast((line) => line.type === type)!;
  lines.run.push({ ...last('run', 'task'), fellBack }, { ...last('run', 'summary'), cut: 2, fellBack });
  // the time was over before its best candidates were run for it
  const { attempts: _, shown: __, ...bare } = last('results', 'task');
  lines.results.push({ ...bare, unsaved: true, cut: 'deadline', fellBack });
  const { id, started, node, shard } = last('results', 'run') as Record<string, Json>;
  lines.results.push({
    ...last('results', 'run'),
    merged: [{ id: id!, started: started!, node: node!, shard: shard! }],
  });
}, 60_000);

function linesPrinted(args: readonly string[]): JsonObject[] {
  const { code, stdout, stderr } = batt.run(args);
  if (code !== 0 && args[0] !== 'verify') throw new Error(stderr);
  return parsed(stdout);
}

function parsed(text: string): JsonObject[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject);
}

function jsonOf(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

describe.each(NAMES)('%s', (name) => {
  const schema = schemas[name];

  test('every line is valid', () => {
    expect(lines[name].map((line) => schema.fault(line)).filter((fault) => fault !== undefined)).toEqual([]);
  });

  test('a field that is always there is required, another one is sometimes left out', () => {
    const wrong = new Set<string>();
    const met = new Map<
      string,
      { fields: readonly string[]; required: readonly string[]; absent: Set<string>; present: Set<string> }
    >();
    for (const { place, fields, required, object } of lines[name].flatMap((line) => schema.described(line))) {
      const seen = met.get(place) ?? { fields, required, absent: new Set(), present: new Set() };
      met.set(place, seen);
      for (const field of fields) (field in object ? seen.present : seen.absent).add(field);
    }
    for (const [place, { fields, required, absent, present }] of met) {
      for (const field of fields) {
        if (!present.has(field)) wrong.add(`${place}/${field} is never there`);
        if (!required.includes(field) && !absent.has(field)) wrong.add(`${place}/${field} is always there`);
      }
    }
    expect([...wrong]).toEqual([]);
    expect(met.size).toBe(objectsIn(schema.root));
  });

  test('nothing may be missing, renamed or added, at any depth', () => {
    const tried = new Set<string>();
    for (const line of lines[name]) {
      for (const { place, object, required } of schema.described(line)) {
        for (const field of [...Object.keys(object), '']) {
          const change = `${place}/${field}`;
          if (tried.has(change)) continue;
          tried.add(change);
          if (required.includes(field)) {
            expect(
              schema.fault(changed(line, object, ({ [field]: _, ...rest }) => rest)),
              `${change} left out`,
            ).toBeDefined();
          }
          const renamed = changed(line, object, ({ [field]: value, ...rest }) => ({
            ...rest,
            [`${field}_`]: value ?? 0,
          }));
          expect(schema.fault(renamed), `${change}_`).toBeDefined();
        }
      }
    }
    expect(tried.size).toBeGreaterThan(25);
  });
});

/** Fields that are checked before a line is looked at. */
const SEAL = ['n', 'crc32'];

test('what reads results asks for the same fields as their schema', () => {
  const tried = new Set<string>();
  for (const line of lines.results) {
    for (const { place, object } of schemas.results.described(line)) {
      for (const field of Object.keys(object).filter((name) => !SEAL.includes(name))) {
        if (tried.has(`${place}/${field}`)) continue;
        tried.add(`${place}/${field}`);
        const without = changed(line, object, ({ [field]: _, ...rest }) => rest);
        const isWrong = schemas.results.fault(without) !== undefined;
        expect(lineFault(without, line.type === 'run') !== undefined, `${place}/${field} left out`).toBe(isWrong);
      }
    }
  }
});

test('definitions of one name are the same in all schemas', () => {
  const own = new Set(['task', 'summary']); // lines, which differ
  const first = new Map<string, unknown>();
  for (const schema of Object.values(schemas)) {
    for (const [name, definition] of Object.entries(schema.root.$defs)) {
      if (own.has(name)) continue;
      expect(definition, name).toEqual(first.get(name) ?? definition);
      first.set(name, definition);
    }
  }
});

test.each([
  ['run', 'task', { schema: 2 }],
  ['run', 'task', { cut: 'interrupted' }],
  ['run', 'summary', { seconds: -1 }],
  ['run', 'summary', { verdicts: { right: 1 } }],
  ['run', 'summary', { solved: '1' }],
  ['verify', 'verify', { pairs: 1.5 }],
  ['verify', 'verify', { repeats: [] }],
  ['results', 'run', { started: 'today' }],
  ['results', 'run', { flags: { timeout: [10] } }],
  ['results', 'task', { known: [1, 2, 3] }],
  ['results', 'task', { shown: [{ candidate: 0, outputs: ['0g'] }] }],
  ['results', 'task', { attempts: [[{ grid: 'a', demo: 0, votes: 1, size: 1, candidate: 0 }]] }],
] as const)('%s: a %s line with %j is not valid', (name, type, change) => {
  const line = lines[name].find((each) => each.type === type)!;
  expect(schemas[name].fault(jsonOf({ ...line, ...change }))).toBeDefined();
});

/** A line in which one object is another one. */
function changed(line: Json, object: JsonObject, change: (object: JsonObject) => JsonObject): Json {
  if (line === object) return change(object);
  if (Array.isArray(line)) return line.map((part) => changed(part, object, change));
  if (typeof line !== 'object' || line === null) return line;
  return Object.fromEntries(Object.entries(line).map(([key, part]) => [key, changed(part, object, change)]));
}

/** How many lists of fields a schema has. */
function objectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = typeof (value as Partial<Described>).required === 'object' && 'properties' in value ? 1 : 0;
  return Object.values(value).reduce((sum: number, part) => sum + objectsIn(part), own);
}
