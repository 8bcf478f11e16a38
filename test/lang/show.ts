// Writes what was parsed as short text, so that a test can state the whole of it.
import type { Battery, Body, Ref } from '../../src/lang/battery.ts';
import { parseBattery } from '../../src/lang/parse.ts';

/** A ref as a word: `#k` for the result of call k, else the name. */
export function shownRef(battery: Battery, ref: Ref): string {
  return ref >= 0 ? `#${ref}` : battery.names[~ref]!;
}

/** Callee and arguments of call k, as words given by `word`. */
export function callWords(battery: Battery, call: number, word: (ref: Ref) => string): string[] {
  const from = battery.at[call]!;
  const args = battery.code.subarray(from + 2, from + 2 + battery.code[from + 1]!);
  return [battery.code[from]!, ...args].map(word);
}

/** The calls of a body in order, then what it returns: `#0 = fill(I, ONE)`, …, `-> #0`. */
export function shownBody(battery: Battery, body: Body): string[] {
  const lines: string[] = [];
  for (let call = body.firstCall; call < body.firstCall + body.callCount; call++) {
    const [callee, ...args] = callWords(battery, call, (ref) => shownRef(battery, ref));
    lines.push(`#${call} = ${callee}(${args.join(', ')})`);
  }
  for (const output of body.outputs) lines.push(`-> ${shownRef(battery, output.ref)}`);
  return lines;
}

/** `shownBody` of the only body of a text that is valid in full. */
export function shownSolver(text: string): string[] {
  const battery = parseBattery(text, { file: 'test.py' });
  if (battery.bodies.length !== 1 || battery.invalid.length + battery.warnings.length > 0) {
    throw new Error(`not one valid body: ${JSON.stringify([battery.invalid, battery.warnings])}`);
  }
  return shownBody(battery, battery.bodies[0]!);
}

/** Invalid candidates as `name@line:column reason`. */
export function shownInvalid(battery: Battery): string[] {
  return battery.invalid.map(({ name, line, column, reason }) => `${name}@${line}:${column} ${reason}`);
}

/** Warnings as `line:column reason`. */
export function shownWarnings(battery: Battery): string[] {
  return battery.warnings.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
}
