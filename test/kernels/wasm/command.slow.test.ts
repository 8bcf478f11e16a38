// The built command has the backend in it.
import { expect, test } from 'vitest';
import { useBatt } from '../../cli/command.ts';

const batt = useBatt();

test('batt doctor finds it', () => {
  const [answer] = batt.json(['doctor']);
  expect(answer!.backends).toContainEqual(expect.objectContaining({ name: 'wasm', present: true }));
});
