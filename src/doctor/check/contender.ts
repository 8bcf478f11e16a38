// Who is measured against whom, in turn, so that noise hits all alike.
import { EXACT, MATCH_WORDS } from '../../../kernels/gridMatch/op.ts';
import { median } from '../median.ts';

export interface Contender {
  readonly name: string;
  /** Seconds that it takes to compare all rows so many times. */
  seconds(times: number): number | Promise<number>;
  /** What it found: the words of gridMatch or, of one that finds no more than that, the word EXACT of each row. */
  result(): Int32Array | Promise<Int32Array>;
}

/** Seconds of one pass over all rows. */
export interface Timing {
  readonly median: number;
  readonly best: number;
}

/** Least seconds that are measured at once. */
const LEAST = 0.02;
/** Seconds after which a contender takes no part in further rounds, from the third on. */
const ENOUGH = 12;

/** Throws when a contender's result differs from `truth`, the words of gridMatch. */
export async function checkResult(contender: Contender, truth: Int32Array): Promise<void> {
  await contender.seconds(1);
  const found = await contender.result();
  const onlyExact = found.length * MATCH_WORDS === truth.length;
  const expected = onlyExact ? truth.filter((_, at) => at % MATCH_WORDS === EXACT) : truth;
  const at = expected.findIndex((word, k) => word !== found[k]);
  if (found.length !== expected.length || at >= 0) {
    throw new Error(`${contender.name}: word ${at} of ${found.length} is ${found[at]}, expected ${expected[at]}`);
  }
}

/** Measures the contenders, warm, in rounds, each round in another order. */
export async function measure(contenders: readonly Contender[], rounds: number): Promise<Map<string, Timing>> {
  const times = new Map<string, number>();
  const spent = new Map<string, number>();
  const measured = new Map<string, number[]>();
  for (const contender of contenders) {
    const once = await warm(contender);
    times.set(contender.name, Math.max(1, Math.ceil(LEAST / once)));
    measured.set(contender.name, []);
    spent.set(contender.name, 0);
  }
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < contenders.length; k++) {
      const contender = contenders[(k + round) % contenders.length]!;
      const { name } = contender;
      if (spent.get(name)! > ENOUGH && measured.get(name)!.length >= 3) continue;
      const seconds = await contender.seconds(times.get(name)!);
      spent.set(name, spent.get(name)! + seconds);
      measured.get(name)!.push(seconds / times.get(name)!);
    }
  }
  return new Map([...measured].map(([name, list]) => [name, { median: median(list), best: Math.min(...list) }]));
}

/** Seconds of one pass, after as many as V8 needs to compile for good. */
async function warm(contender: Contender): Promise<number> {
  let once = await contender.seconds(1);
  for (let spent = once, k = 0; spent < 0.5 && k < 200; k++) {
    once = await contender.seconds(1);
    spent += once;
  }
  return once;
}
