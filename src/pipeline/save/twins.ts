// Candidates of one task with one md5: one of them is stored.
import { figures, type Item, nameOf } from './savable.ts';

export class Twins {
  /** By md5, of those that were chosen. */
  readonly #best = new Map<string, Item>();

  /**
   * Of candidates with one md5 the best; one with other verdicts is named. Those of earlier calls count, too.
   * @param notes the names go there
   * @returns those to be stored
   */
  choose(items: readonly Item[], notes: string[]): Item[] {
    const chosen = new Map<string, Item>();
    for (const item of items) {
      const { md5 } = item.text;
      const twin = this.#best.get(md5);
      const isBest = twin === undefined || isBetter(item, twin);
      if (isBest) {
        this.#best.set(md5, item);
        chosen.set(md5, item);
      }
      if (twin === undefined || figures(twin.scored.score) === figures(item.scored.score)) continue;
      const [better, other] = isBest ? [item, twin] : [twin, item];
      notes.push(
        `${nameOf(other.scored)}: has the md5 of ${nameOf(better.scored)} (${md5}) and other verdicts; the better is stored`,
      );
    }
    return [...chosen.values()];
  }
}

function isBetter(a: Item, b: Item): boolean {
  const [x, y] = [a.scored.score, b.scored.score];
  return (a.linkScore - b.linkScore || x.oScore - y.oScore || x.cells - y.cells) > 0;
}
