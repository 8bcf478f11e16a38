// Which original wrote a body, and which of its statements that original stored as garbled text.
import { type Battery, type Body, GUARD_HEAD, GUARD_HELPER, GUARD_NONE, GUARD_P4 } from '../battery.ts';

/**
 * How programs are rebuilt: `p4` as the original did (docs/spec/battery.md 3), with its garbled helper statements and the
 * needless statements that it takes names like `rot90` for; `right` so that the text computes what was scored.
 */
export type TextMode = 'p4' | 'right';

/** Is this a batt body of the P4 era, whose companion holds text (docs/spec/battery.md 3)? */
export function isP4(body: Body): boolean {
  const { guards, numbers } = body;
  if (numbers.length === 0) return false;
  return guards.includes(GUARD_P4) || (guards.includes(GUARD_HELPER) && !guards.includes(GUARD_HEAD));
}

/**
 * By call of the battery: 1 for the helper statements of P4 bodies, whose companion entries have parentheses and are misread
 * by the original (section 3). null if there is none: then nothing but a needless statement sets the modes apart.
 */
export function helperCalls(battery: Battery): Uint8Array | null {
  let helpers: Uint8Array | null = null;
  for (const body of battery.bodies) {
    if (!isP4(body)) continue;
    for (let place = 0; place < body.callCount; place++) {
      const guard = body.guards[place];
      if (guard !== GUARD_NONE && guard !== GUARD_HELPER) continue;
      helpers ??= new Uint8Array(battery.at.length);
      helpers[body.firstCall + place] = 1;
    }
  }
  return helpers;
}
