// A value as Python prints it, cut off when it is long.
import { Fn, Tuple, type Value } from '../value/value.ts';

/** Characters after which the text is cut off. */
const LONGEST = 400;

/** `repr(value)`; sets in their iteration order. A long value ends in `…`, with its closing brackets left out. */
export function repr(value: Value, longest: number = LONGEST): string {
  const parts: string[] = [];
  let left = longest;
  const write = (text: string): boolean => {
    parts.push(text);
    left -= text.length;
    return left >= 0;
  };
  const list = (items: readonly Value[], open: string, close: string): boolean => {
    if (!write(open)) return false;
    for (let k = 0; k < items.length; k++) {
      if (k > 0 && !write(', ')) return false;
      if (!visit(items[k]!)) return false;
    }
    return write(close);
  };
  const visit = (v: Value): boolean => {
    if (v === null) return write('None');
    if (typeof v === 'boolean') return write(v ? 'True' : 'False');
    if (typeof v === 'number') return write(Number.isFinite(v) ? String(v) : floatText(v));
    if (typeof v === 'bigint') return write(bigText(v, longest));
    if (v instanceof Fn) return write(v.name === null ? '<function>' : `<function ${v.name}>`);
    if (v instanceof Tuple) return list(v.items(), '(', v.length === 1 ? ',)' : ')');
    if (v.length === 0) return write('frozenset()');
    return v.length > longest ? write(`frozenset of ${v.length} items`) : list(v.items(), 'frozenset({', '})');
  };
  visit(value);
  const text = parts.join('');
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

// Decimal digits of a huge integer take time that grows with their square: it gets its size in words.
function bigText(n: bigint, longest: number): string {
  const bits = 4 * longest;
  return BigInt.asIntN(bits, n) === n ? n.toString() : `an integer of more than ${bits} bits`;
}

function floatText(x: number): string {
  return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
}
