// The merging half of CPython 3.11's list.sort: powersort decides which runs are merged, galloping how.

/** Wins in a row from which on a merge looks for its next place by galloping. */
const GALLOP = 7;

interface Run {
  readonly start: number;
  length: number;
  /** The depth of the node between this run and the next one in powersort's tree of merges. */
  power: number;
}

/** Merges the runs of `places`, which are given from left to right; `before(a, b)` is a < b. */
export class Merger {
  readonly #places: number[];
  readonly #before: (a: number, b: number) => boolean;
  readonly #runs: Run[] = [];
  /** Grows while galloping does not pay, shrinks while it does; kept from merge to merge. */
  #threshold = GALLOP;

  constructor(places: number[], before: (a: number, b: number) => boolean) {
    this.#places = places;
    this.#before = before;
  }

  /** Adds the next run; merges those before it that lie deeper in the tree than the new node. */
  addRun(start: number, length: number): void {
    const runs = this.#runs;
    const last = runs.at(-1);
    if (last !== undefined) {
      const power = powerBetween(last, length, this.#places.length);
      while (runs.length > 1 && runs.at(-2)!.power > power) this.#mergeAt(runs.length - 2);
      runs.at(-1)!.power = power;
    }
    runs.push({ start, length, power: 0 });
  }

  mergeAll(): void {
    const runs = this.#runs;
    while (runs.length > 1) {
      const n = runs.length - 2;
      this.#mergeAt(n > 0 && runs[n - 1]!.length < runs[n + 1]!.length ? n - 1 : n);
    }
  }

  /** Merges run `i` with the next one. What is in its place already, at the start of the one and the end of the other, stays. */
  #mergeAt(i: number): void {
    const places = this.#places;
    const [left, right] = [this.#runs[i]!, this.#runs[i + 1]!];
    const middle = right.start;
    const end = middle + right.length;
    left.length += right.length;
    this.#runs.splice(i + 1, 1);
    const from = this.#firstAfter(places[middle]!, places, left.start, middle, left.start);
    if (from === middle) return;
    const to = this.#firstNotBefore(places[middle - 1]!, places, middle, end, end - 1);
    if (to === middle) return;
    if (middle - from <= to - middle) this.#mergeUp(from, middle, to);
    else this.#mergeDown(from, middle, to);
  }

  /** Where `key` belongs in a sorted stretch of `list`, before its equals. */
  #firstNotBefore(key: number, list: readonly number[], from: number, to: number, hint: number): number {
    return boundary((place) => this.#before(place, key), list, from, to, hint);
  }

  /** Where `key` belongs in a sorted stretch of `list`, behind its equals. */
  #firstAfter(key: number, list: readonly number[], from: number, to: number, hint: number): number {
    return boundary((place) => !this.#before(key, place), list, from, to, hint);
  }

  /**
   * Merges from the left, the first run out of a copy. The last of the first run is known to come last, so the merge ends
   * when it alone is left.
   */
  #mergeUp(from: number, middle: number, to: number): void {
    const places = this.#places;
    const first = places.slice(from, middle);
    const last = first.length - 1;
    let [i, j, out] = [0, middle, from];
    const takeFirst = (count: number): boolean => {
      for (const stop = i + count; i < stop; ) places[out++] = first[i++]!;
      return i < last;
    };
    const takeSecond = (count: number): boolean => {
      for (const stop = j + count; j < stop; ) places[out++] = places[j++]!;
      return j < to;
    };
    const step = (): number => {
      const second = this.#before(places[j]!, first[i]!);
      if (!(second ? takeSecond(1) : takeFirst(1))) return 0;
      return second ? 1 : -1;
    };
    const gallop = (): number => {
      const a = this.#firstAfter(places[j]!, first, i, first.length, i) - i;
      if ((a > 0 && !takeFirst(a)) || !takeSecond(1)) return 0;
      const b = this.#firstNotBefore(first[i]!, places, j, to, j) - j;
      if ((b > 0 && !takeSecond(b)) || !takeFirst(1)) return 0;
      return Math.max(a, b, 1);
    };
    if (takeSecond(1) && last > 0) this.#alternate(step, gallop);
    takeSecond(to - j);
    takeFirst(first.length - i);
  }

  /** Merges from the right, the second run out of a copy. The first of the second run is known to come first. */
  #mergeDown(from: number, middle: number, to: number): void {
    const places = this.#places;
    const second = places.slice(middle, to);
    let [i, j, out] = [middle - 1, second.length - 1, to - 1];
    const takeFirst = (count: number): boolean => {
      for (const stop = i - count; i > stop; ) places[out--] = places[i--]!;
      return i >= from;
    };
    const takeSecond = (count: number): boolean => {
      for (const stop = j - count; j > stop; ) places[out--] = second[j--]!;
      return j > 0;
    };
    const step = (): number => {
      const first = this.#before(second[j]!, places[i]!);
      if (!(first ? takeFirst(1) : takeSecond(1))) return 0;
      return first ? 1 : -1;
    };
    const gallop = (): number => {
      const a = i + 1 - this.#firstAfter(second[j]!, places, from, i + 1, i);
      if ((a > 0 && !takeFirst(a)) || !takeSecond(1)) return 0;
      const b = j + 1 - this.#firstNotBefore(places[i]!, second, 0, j + 1, j);
      if ((b > 0 && !takeSecond(b)) || !takeFirst(1)) return 0;
      return Math.max(a, b, 1);
    };
    if (takeFirst(1) && j > 0) this.#alternate(step, gallop);
    takeFirst(i + 1 - from);
    takeSecond(j + 1);
  }

  /**
   * One place at a time until a run wins often enough in a row, then by galloping as long as that takes many at once.
   * `step` gives 1 or -1 for the run it took from, `gallop` the most it took at once; both 0 when the merge is decided.
   */
  #alternate(step: () => number, gallop: () => number): void {
    for (;;) {
      let streak = 0;
      while (Math.abs(streak) < this.#threshold) {
        const winner = step();
        if (winner === 0) return;
        streak = winner * streak > 0 ? streak + winner : winner;
      }
      this.#threshold++;
      let most = GALLOP;
      while (most >= GALLOP) {
        if (this.#threshold > 1) this.#threshold--;
        most = gallop();
        if (most === 0) return;
      }
      this.#threshold++;
    }
  }
}

/**
 * How deep in powersort's tree the node between a run and the next one lies: the first binary digit in which the middles
 * of the two, as fractions of all `n` places, differ.
 */
function powerBetween(run: Run, next: number, n: number): number {
  let left = 2 * run.start + run.length;
  let right = left + run.length + next;
  for (let power = 1; ; power++) {
    if (left >= n) {
      left -= n;
      right -= n;
    } else if (right >= n) return power;
    left *= 2;
    right *= 2;
  }
}

/**
 * The first place of a sorted stretch of `list` for which `isBefore` is false: in steps that double away from `hint`, then
 * by halving.
 */
function boundary(
  isBefore: (place: number) => boolean,
  list: readonly number[],
  from: number,
  to: number,
  hint: number,
): number {
  const ahead = isBefore(list[hint]!);
  const most = ahead ? to - hint : hint + 1 - from;
  const direction = ahead ? 1 : -1;
  let near = 0;
  let far = 1;
  while (far < most && isBefore(list[hint + direction * far]!) === ahead) {
    near = far;
    far = 2 * far + 1;
  }
  far = Math.min(far, most);
  let low = ahead ? hint + near + 1 : hint - far + 1;
  let high = ahead ? hint + far : hint - near;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
