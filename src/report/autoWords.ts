// Why `auto` chooses a backend, in words.
import type { AutoChoice } from '../backend/auto.ts';
import { duration, grouped } from './numbers.ts';

type Estimate = AutoChoice['estimates'][number];

/** @param comparisons for which it was chosen */
export function whyChosen({ backend, estimates }: AutoChoice, comparisons: number): string {
  const [best] = estimates;
  if (best === undefined) return 'nothing is measured on this machine; batt doctor does so';
  const wasm = estimates.find((one) => one.backend === 'wasm');
  const what = `${grouped(comparisons)} comparisons`;
  const of = (one: Estimate) => `${one.backend} ${duration(one.seconds)}`;
  if (wasm !== undefined && best !== wasm && backend === 'wasm') {
    return `no other is clearly faster: ${of(best)}, ${of(wasm)} for ${what}`;
  }
  if (backend !== best.backend) {
    const chosen = estimates.find((one) => one.backend === backend)!;
    return `preferred to ${of(best)}, since about as fast: ${duration(chosen.seconds)} for ${what}`;
  }
  const fastest = `fastest for ${what}, ${duration(best.seconds)}`;
  if (wasm === undefined) return `${fastest}; wasm is not there`;
  return best === wasm ? fastest : `clearly faster: ${of(best)}, ${of(wasm)} for ${what}`;
}
