// Filtering never drops the only copy of a behaviour: what programs with their duplicates do, the scored ones do.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBattery } from '../../src/pipeline/read/battery.ts';
import { buildGraph } from '../../src/pipeline/read/candidates.ts';
import { evaluate } from '../../src/pipeline/single/outcomeList.ts';

const grid = { height: 2, width: 3, cells: Uint8Array.of(1, 0, 2, 3, 3, 0) };
const unary = fc.constantFrom('vmirror', 'hmirror', 'rot90', 'identity', 'tophalf', 'first', 'size', 'dmirror');
/** A chain of calls, each of the value before it or of the input again. */
const program = fc.array(fc.tuple(unary, fc.boolean()), { minLength: 1, maxLength: 4 });

function textOf(calls: readonly (readonly [string, boolean])[], name: string): string {
  const lines = calls.map(([callee, again], k) => `    x${k} = ${callee}(${again || k === 0 ? 'I' : `x${k - 1}`})\n`);
  return `def solve_${name}(I):\n${lines.join('')}    return x${calls.length - 1}\n`;
}

function behaviour(text: string): string[] {
  const set = buildGraph([parseBattery(text, { file: 'a.py' })]);
  return evaluate(set, grid).map((outcome) => {
    if (outcome.kind === 'grid') return `${outcome.grid.height} ${Array.from(outcome.grid.cells)}`;
    return outcome.kind === 'stopped' ? outcome.verdict : String(outcome.value);
  });
}

test('of plain programs', () => {
  fc.assert(
    fc.property(fc.array(program, { minLength: 1, maxLength: 12 }), (programs) => {
      const texts = programs.map((calls, k) => textOf(calls, `p${k}`));
      const set = buildGraph([parseBattery(texts.join('\n'), { file: 'a.py' })]);
      const { read, invalid, duplicate, skipped, scored } = set.counts;
      expect([read, invalid, skipped]).toEqual([programs.length, 0, 0]);
      expect(duplicate + scored).toBe(read);
      // every id is there once, as the first of its duplicates or among them
      const ids = set.graph.candidates.flatMap(({ solverId, also }) => [solverId, ...also]);
      expect(ids.sort()).toEqual(programs.map((_, k) => `p${k}`).sort());
      const kept = new Set(behaviour(texts.join('\n')));
      for (const text of texts) for (const one of behaviour(text)) expect(kept).toContain(one);
      // and each does what the one that stands for it does
      const all = behaviour(texts.join('\n'));
      set.graph.candidates.forEach(({ also }, k) => {
        for (const id of also) expect(behaviour(texts[Number(id.slice(1))]!)).toEqual([all[k]]);
      });
    }),
  );
});
