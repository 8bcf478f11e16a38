// Whole battery modules: what is read agrees with the companion file and with what was counted there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Battery, Body } from '../../src/lang/battery.ts';
import { parseBattery, readBattery } from '../../src/lang/parse.ts';
import { cases, expectedFiles, kept, modules, shared } from './shared.ts';
import { callWords } from './show.ts';

/** Statement number -> callee and arguments, as the companion has them: both eras hold them in the same order. */
function companion(path: string): Map<number, string[]> {
  const text = readFileSync(path, 'utf8').replace(/hint=.*?, value=/g, '');
  const entries = text.matchAll(/(\d+): (?:HintValue\(\(([^)]*)\)\)|'([^']*)')/g);
  return new Map([...entries].map(([, n, head, p4]) => [Number(n), (head ?? p4)!.match(/\w+/g)!]));
}

function statements(battery: Battery, body: Body): Map<number, string[]> {
  const word = (ref: number): string => (ref >= 0 ? `t${body.numbers[ref - body.firstCall]}` : battery.names[~ref]!);
  return new Map([...body.numbers].map((n, place) => [n, callWords(battery, body.firstCall + place, word)]));
}

function checkModule(path: string): Battery {
  const battery = readBattery(path);
  expect([battery.invalid, battery.warnings, battery.dialect]).toEqual([[], [], 'sic']);
  const [body, ...others] = battery.bodies;
  expect(others).toEqual([]);
  expect(statements(battery, body!)).toEqual(companion(path.replace('.py', '_call.py')));
  const text = readFileSync(path, 'utf8');
  expect(
    body!.outputs.map(
      (o) => `    o.append((${o.number}, ${o.evolved ? 'True' : 'False'}, '${o.solverId}', t${o.number}))`,
    ),
  ).toEqual(text.match(/^ {4}o\.append.*$/gm));
  expect(
    body!.differs.map((d) => `    s.append((${d.number}, '${d.solverId ?? 'None'}', '${d.name}', t${d.number}))`),
  ).toEqual(text.match(/^ {4}s\.append.*$/gm));
  for (const { ref, number } of [...body!.outputs, ...body!.differs]) expect(body!.numbers[ref]).toBe(number);
  return battery;
}

describe('modules kept here', () => {
  it.each(modules(kept))('%s', (name) => {
    checkModule(join(kept, name));
  });
  it('are one of each era', () => {
    expect(modules(kept)).toEqual(['closure12.py', 'closure12_head.py']);
  });
});

describe.skipIf(shared === undefined)('the shared cases', () => {
  it.each(modules(cases))('%s', (name) => {
    const battery = checkModule(join(cases, name));
    const [body] = battery.bodies;
    const expected = expectedFiles(name);
    expect(expected).not.toEqual([]);
    for (const file of expected) {
      const { counts } = JSON.parse(readFileSync(join(cases, file), 'utf8')) as { counts: Record<string, number> };
      expect([body!.outputs.length, body!.differs.length, body!.callCount]).toEqual([
        counts.programs,
        counts.s_items,
        counts.statements,
      ]);
    }
  });
});

describe.skipIf(shared === undefined)('the shared DSL programs', () => {
  it('are read as they are written', () => {
    const lines = readFileSync(join(shared!, 'dsl/vectors/programs.jsonl'), 'utf8').split('\n').filter(Boolean);
    const sources = [...new Set(lines.map((line) => (JSON.parse(line) as { source: string }).source))];
    expect(sources.length).toBeGreaterThan(300);
    const library = parseBattery(sources.join('\n'), { file: 'programs.py' });
    expect([library.invalid, library.warnings]).toEqual([[], []]);
    expect(library.bodies.map((body) => asWritten(library, body))).toEqual(sources);
  });
});

/** The text of a program whose every statement is one call, its variables x1, x2 … and O. */
function asWritten(battery: Battery, body: Body): string {
  const variable = (place: number): string => (place === body.callCount - 1 ? 'O' : `x${place + 1}`);
  const word = (ref: number): string => (ref >= 0 ? variable(ref - body.firstCall) : battery.names[~ref]!);
  const lines = Array.from({ length: body.callCount }, (_, place) => {
    const [callee, ...args] = callWords(battery, body.firstCall + place, word);
    return `    ${variable(place)} = ${callee}(${args.join(', ')})\n`;
  });
  return `def solve(I):\n${lines.join('')}    return ${word(body.outputs[0]!.ref)}\n`;
}
