// Values of options, read strictly: a flag is no value, and a number is a number.
import { InvalidArgumentError } from 'commander';
import type { Dialect } from '../lang/battery.ts';

/** Refuses a flag in the place of a value (a negative number is a value). */
export function value(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected a value, found nothing.');
  if (/^-(?!\d)/.test(text)) throw new InvalidArgumentError(`Expected a value, found the flag ${text}.`);
  return text;
}

/** Collects the values of an option that may be given more than once. */
export function values(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value(text)];
}

/** Reads an integer from `least` on. */
export function integer(least: number = Number.MIN_SAFE_INTEGER): (text: string) => number {
  return (text: string) => {
    const n = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(n) || n < least) {
      const expected = least === Number.MIN_SAFE_INTEGER ? 'an integer' : `an integer from ${least}`;
      throw new InvalidArgumentError(`Expected ${expected}.`);
    }
    return n;
  };
}

/** Reads a number of seconds above 0. */
export function seconds(text: string): number {
  const n = /^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!(n > 0)) throw new InvalidArgumentError('Expected a number of seconds above 0.');
  return n;
}

/** Reads the place of a part: `2/8` is the second of eight. */
export function share(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || of === undefined || index > of) {
    throw new InvalidArgumentError('Expected i/n with i from 1 to n.');
  }
  return { index, of };
}

/** Reads the name of a dialect. */
export function dialect(text: string): Dialect {
  if (text !== 'plain' && text !== 'sic') throw new InvalidArgumentError('Expected plain or sic.');
  return text;
}
