// The scores of differs on a task, as the original's commit P4 counts them (docs/spec/battery.md 5.3).
import type { DifferItem } from '../../graph/graph.ts';
import type { Battery } from '../../lang/battery.ts';
import type { TaskResult } from '../score/scoreTask.ts';

/** The scores of one differ by solver id, every id of its batteries. */
export interface DifferScore {
  readonly name: string;
  readonly iz: ReadonlyMap<string, number>;
  readonly zo: ReadonlyMap<string, number>;
  /** The leading copy that its text is made from: place in `graph.differs`; undefined if there is none. */
  readonly leading: number | undefined;
}

interface Side {
  readonly iz: Map<string, number>;
  readonly zo: Map<string, number>;
  leading: number | undefined;
}

/** How often the values of a name, and an id or null, were above 0 and equal to 0. */
interface Found {
  above: number;
  zero: number;
}

/**
 * The original runs a battery once for every program and counts all items anew each time: so what the leading copies find
 * counts for every id as often as it has programs, and what an id's own copies find, too.
 */
export function differScores(
  batteries: readonly Battery[],
  differs: readonly DifferItem[],
  sizes: TaskResult['differSizes'],
): DifferScore[] {
  const scores = new Map<string, Side>();
  for (const [place, battery] of batteries.entries()) {
    const programs = programsById(battery);
    for (const [name, found] of countFound(differs, sizes, place)) {
      const side: Side = scores.get(name) ?? { iz: new Map(), zo: new Map(), leading: undefined };
      scores.set(name, side);
      const lead = found.get(null);
      for (const [id, count] of programs) {
        const own = found.get(id);
        add(side.iz, id, count * ((lead?.above ?? 0) + (own?.zero ?? 0)));
        add(side.zo, id, count * ((lead?.zero ?? 0) + (own?.above ?? 0)));
      }
    }
  }
  for (const [k, { name, solverId }] of differs.entries()) if (solverId === null) scores.get(name)!.leading = k;
  return Array.from(scores, ([name, side]) => ({ name, ...side }));
}

function countFound(
  differs: readonly DifferItem[],
  sizes: TaskResult['differSizes'],
  battery: number,
): Map<string, Map<string | null, Found>> {
  const names = new Map<string, Map<string | null, Found>>();
  for (const [k, { name, solverId, battery: place }] of differs.entries()) {
    if (place !== battery) continue;
    const ids = names.get(name) ?? new Map<string | null, Found>();
    names.set(name, ids);
    const found = ids.get(solverId) ?? { above: 0, zero: 0 };
    ids.set(solverId, found);
    for (const sample of sizes) {
      const size = sample[k];
      if (size === undefined) continue;
      if (size > 0) found.above++;
      else if (size === 0) found.zero++;
    }
  }
  return names;
}

function programsById({ bodies }: Battery): Map<string, number> {
  const programs = new Map<string, number>();
  for (const { outputs } of bodies) for (const { solverId } of outputs) add(programs, solverId, 1);
  return programs;
}

function add(sums: Map<string, number>, id: string, n: number): void {
  sums.set(id, (sums.get(id) ?? 0) + n);
}
