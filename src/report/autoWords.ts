// Why `auto` chooses a backend, in words.
import type { AutoChoice } from '../score/auto.ts';
import { duration, grouped } from './numbers.ts';

/** @param comparisons for which it was chosen */
export function whyChosen({ backend, estimates }: AutoChoice, comparisons: number): string {
  const [best] = estimates;
  if (best === undefined) return 'nothing is measured on this machine; batt doctor does so';
  const wasm = estimates.find((one) => one.backend === 'wasm');
  const what = `${grouped(comparisons)} comparisons`;
  const fastest = `fastest for ${what}, ${duration(best.seconds)}`;
  if (wasm === undefined) return `${fastest}; wasm is not there`;
  if (best === wasm) return fastest;
  const clear = backend === 'wasm' ? 'no other is clearly faster' : 'clearly faster';
  return `${clear}: ${best.backend} ${duration(best.seconds)}, wasm ${duration(wasm.seconds)} for ${what}`;
}
