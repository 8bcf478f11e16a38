// Limits by default that a search can live with: what grows without end is stopped before much of it is made.
import { expect, test } from 'vitest';
import { shared } from '../../bench/shared.ts';
import { evaluatorsOf, graphOf, loadSuite, parsed } from '../../bench/suite.ts';
import { dslNames } from '../../src/dsl/names.ts';
import { plainNames } from '../../src/dsl/plain.ts';
import { DEFAULT_BUDGET, Evaluator } from '../../src/engine/evaluator.ts';
import { Grid } from '../../src/value/value.ts';

const PROGRAMS = [
  'def solve_a(I):\n    return upscale(upscale(upscale(I, TEN), TEN), TEN)\n',
  'def solve_b(I):\n    return upscale(upscale(upscale(upscale(I, NINE), NINE), NINE), NINE)\n',
  'def solve_c(I):\n    return vmirror(upscale(vupscale(hupscale(upscale(I, TEN), TEN), TEN), TEN))\n',
];

test('nested enlarging is refused before it is done', () => {
  const names = dslNames();
  const graph = graphOf(parsed(PROGRAMS.join('\n'), names), names);
  const evaluator = new Evaluator(graph);
  const input = new Grid(30, 30, new Array(900).fill(1));
  const ends: string[] = [];
  for (const k of graph.candidates.keys()) {
    evaluator.runOne(
      k,
      { input },
      { grid: () => {}, notGrid: () => {}, ended: (_, verdict) => void ends.push(verdict) },
    );
  }
  expect(ends).toEqual(['budget', 'budget', 'budget']);
});

test.runIf(shared !== undefined).each([
  ['fast', dslNames()],
  ['plain', plainNames()],
])('the budget is 20 times what the dearest of ordinary runs takes, the %s way', (_, names) => {
  const suite = loadSuite(shared!);
  const evaluators = evaluatorsOf(suite, names);
  const units = suite.runs.map(({ program, height, width, cells }) => {
    const evaluator = evaluators[program]!;
    evaluator.runOne(
      0,
      { input: new Grid(height, width, cells) },
      { grid: () => {}, notGrid: () => {}, ended: () => {} },
    );
    return evaluator.used;
  });
  expect(20 * Math.max(...units)).toBeLessThanOrEqual(DEFAULT_BUDGET);
});
