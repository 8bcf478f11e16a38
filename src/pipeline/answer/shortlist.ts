// The candidates whose outputs come into question as answers to the test inputs of a task. Test results have no part in it.

/** A candidate, and what speaks for it. */
export interface Entrant {
  /** Its place in `graph.candidates`. */
  readonly number: number;
  /** Demo samples matched. */
  readonly demo: number;
  /** Mean share of right cells of the demo samples. */
  readonly nearness: number;
  /** Statements. */
  readonly size: number;
}

/** Candidates at most; more would seldom add an output, and each has to be run again. */
const MOST = 64;

/** Candidates at least, where so many have any demo cell right. Beyond these one has to match a demo sample. */
const LEAST = 4;

/**
 * The best by demo matches, then right demo cells, then fewest statements, then number: up to 64 that match a demo sample,
 * and where those are fewer than 4 the nearest others up to 4.
 */
export function shortlist<E extends Entrant>(entrants: Iterable<E>): E[] {
  const best: E[] = [];
  for (const entrant of entrants) {
    if (entrant.nearness === 0) continue;
    let place = best.length;
    while (place > 0 && isBetter(entrant, best[place - 1]!)) place--;
    if (place === MOST) continue;
    best.splice(place, 0, entrant);
    if (best.length > MOST) best.pop();
  }
  const matching = best.filter(({ demo }) => demo > 0).length;
  return best.slice(0, Math.max(matching, LEAST));
}

function isBetter(a: Entrant, b: Entrant): boolean {
  return (a.demo - b.demo || a.nearness - b.nearness || b.size - a.size || b.number - a.number) > 0;
}
