// Links under the 32-file rule: which of them have to be there depends, at its limit, on times and hash seeds.
import type { Found } from './compare.ts';
import type { Figure, Recorded } from './side.ts';

const NONE: ReadonlyMap<string, Figure> = new Map();

/**
 * Compares links. Sides of one kind have to agree in all. Otherwise a link that one side has must be on the other or be
 * optional there; where a full folder may have lost it, only links above the lowest score there are held against it.
 */
export function compareLinks(a: Recorded, b: Recorded, exact: boolean): Found {
  const differences: { item: string; a: Figure | null; b: Figure | null }[] = [];
  const [optionalA, optionalB] = [a.limit?.optional ?? NONE, b.limit?.optional ?? NONE];
  const items = new Set([
    ...a.values.keys(),
    ...b.values.keys(),
    ...(exact ? [...optionalA.keys(), ...optionalB.keys()] : []),
  ]);
  let waived = 0;
  for (const item of items) {
    const one = stateOf(item, a.values, optionalA);
    const other = stateOf(item, b.values, optionalB);
    if (one === other || (!exact && one !== null && other !== null)) continue;
    const optional = one === 'may be there' || other === 'may be there';
    const lost = one === null ? lostAtLimit(item, b, a) : lostAtLimit(item, a, b);
    if (!exact && (optional || lost)) waived++;
    else differences.push({ item, a: one, b: other });
  }
  return { compared: items.size - waived, waived, differences };
}

function stateOf(
  item: string,
  values: ReadonlyMap<string, Figure>,
  optional: ReadonlyMap<string, Figure>,
): string | null {
  return values.has(item) ? 'there' : optional.has(item) ? 'may be there' : null;
}

/** Whether a link of one side lacks on the other because the rule removed it there. A list with options names all that can be. */
function lostAtLimit(item: string, { values: having }: Recorded, { values, limit }: Recorded): boolean {
  if (limit?.full !== true || limit.optional !== undefined) return false;
  const lowest = Math.min(...[...values.values()].map(Number));
  return Number(having.get(item)) <= lowest;
}
