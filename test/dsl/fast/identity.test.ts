// Functions of sets give the same when the tuples of their elements are made anew while they run.
import { expect, test } from 'vitest';
import { namesOf } from '../../../src/dsl/dialects.ts';
import { gridValue } from '../../../src/engine/inputs.ts';
import { ID_COUNT } from '../../../src/value/ids.ts';
import { PatchSet, tupleOf } from '../../../src/value/patch.ts';
import { callAll, type Fn, type FrozenSet, type Value } from '../../../src/value/value.ts';
import { fn, outcome } from '../values.ts';

const names = namesOf('plain');
const grid = gridValue({ height: 12, width: 12, cells: new Uint8Array(144) });

function call(name: string, ...args: Value[]): Value {
  return callAll(names.get(name)!, args);
}

/** Touches more ids than tuples are kept. */
function flood(): void {
  for (let id = ID_COUNT - (1 << 19); id < ID_COUNT; id++) tupleOf(id);
}

/** The function, which at its `at`-th call sees to it that the tuples of before are no longer kept. */
function flooding(name: string, at: number): Fn {
  let calls = 0;
  return fn((x: Value) => {
    if (calls++ === at) flood();
    return call(name, x);
  });
}

/** A fresh set of locations whose iteration order differs from that in which they are listed. */
function locations(): FrozenSet {
  const { ids } = call('asindices', grid) as PatchSet;
  return new PatchSet([...ids].reverse());
}

const cases: readonly [string, (f: (name: string) => Fn) => Value][] = [
  ['apply', (f) => call('apply', f('increment'), locations())],
  ['apply to numbers', (f) => call('apply', f('first'), locations())],
  ['mapply', (f) => call('mapply', f('dneighbors'), locations())],
  [
    'prapply',
    (f) =>
      call(
        'prapply',
        fn((x: Value, y: Value) => call('connect', callAll(f('increment'), [x]), y)),
        locations(),
        call('initset', tupleOf(0)),
      ),
  ],
  ['argmax', (f) => call('argmax', locations(), f('first'))],
  ['argmin', (f) => call('argmin', locations(), f('first'))],
  ['extract', (f) => call('extract', locations(), f('first'))],
  ['order', (f) => call('order', locations(), f('first'))],
  ['sfilter', (f) => call('sfilter', locations(), f('first'))],
];

test.each(cases)('%s', (_, evaluate) => {
  const expected = outcome(() => evaluate((name) => names.get(name) as Fn));
  for (const at of [0, 70, 143]) {
    const made = new Map<string, Fn>();
    const found = outcome(() =>
      evaluate((name) => {
        if (!made.has(name)) made.set(name, flooding(name, at));
        return made.get(name)!;
      }),
    );
    expect(found).toBe(expected);
  }
});
