// Checks of what JSON.parse gave against what a line has to be. A check returns what is wrong and where, or nothing.

/** What is wrong with a value: where in it, what was found there and what was expected. */
export interface Fault {
  /** Such as `counts.read`, `best[2]` or `timing["main.run_batt"]`; empty for the value itself. */
  readonly path: string;
  readonly found: string;
  readonly expected: string;
}

export type Check = (value: unknown) => Fault | undefined;

/** A check for each field of a type, the optional ones too. */
export type Fields<T> = { readonly [K in keyof Required<T>]: Check };

/** How much of a text a message shows. */
const SHOWN = 60;

/** A value in a message: short, on one line, without characters that a terminal would obey. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  return visible(JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value));
}

/** A text whose control characters are written as `\u001b`. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}

export function fault(value: unknown, expected: string, path = ''): Fault {
  return { path, found: shown(value), expected };
}

function within(key: string, { path, ...rest }: Fault): Fault {
  return { path: path === '' || path.startsWith('[') ? key + path : `${key}.${path}`, ...rest };
}

/** A value for which something holds. */
export function where(holds: (value: unknown) => boolean, expected: string): Check {
  return (value) => (holds(value) ? undefined : fault(value, expected));
}

export const text: Check = where((value) => typeof value === 'string', 'a text');

export function oneOf(...values: readonly (string | number | boolean)[]): Check {
  return where((value) => values.some((one) => one === value), values.map(shown).join(' or '));
}

export function integer(min: number, max: number): Check {
  return where((value) => isWithin(value, min, max) && Number.isInteger(value), `an integer ${min}..${max}`);
}

export function number(min: number, max: number): Check {
  return where((value) => isWithin(value, min, max), `a number ${min}..${max}`);
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

/** A long list of numbers: one plain loop without calls, as a line may have 100,000s. */
export function column(min: number, max: number, step: 'integers' | 'numbers'): Check {
  const isWhole = step === 'integers';
  const each = list(isWhole ? integer(min, max) : number(min, max));
  return (value) => {
    if (!Array.isArray(value)) return each(value);
    const entries = value as unknown[];
    for (let k = 0; k < entries.length; k++) {
      const entry = entries[k];
      if (typeof entry !== 'number' || !(entry >= min && entry <= max)) return each(value);
      if (isWhole && entry !== Math.floor(entry)) return each(value);
    }
    return undefined;
  };
}

/** null, or what passes a check. */
export function nullable(check: Check): Check {
  return (value) => {
    const wrong = value === null ? undefined : check(value);
    return wrong?.path === '' ? { ...wrong, expected: `${wrong.expected} or null` } : wrong;
  };
}

/** A field that may be left out. */
export function optional(check: Check): Check {
  return (value) => (value === undefined ? undefined : check(value));
}

export function list(each: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return fault(value, 'a list');
    for (let k = 0; k < value.length; k++) {
      const wrong = each(value[k]);
      if (wrong !== undefined) return within(`[${k}]`, wrong);
    }
    return undefined;
  };
}

/** A list of a fixed length. */
export function tuple(...checks: readonly Check[]): Check {
  return (value) => {
    if (!Array.isArray(value) || value.length !== checks.length) return fault(value, `a list of ${checks.length}`);
    for (const [k, check] of checks.entries()) {
      const wrong = check(value[k]);
      if (wrong !== undefined) return within(`[${k}]`, wrong);
    }
    return undefined;
  };
}

/** Values of one kind by names of any kind. */
export function record(each: Check): Check {
  return (value) => {
    if (!isObject(value)) return fault(value, 'an object');
    for (const [key, one] of Object.entries(value)) {
      const wrong = each(one);
      if (wrong !== undefined) return within(`[${shown(key)}]`, wrong);
    }
    return undefined;
  };
}

/** An object with these fields; others are let through. */
export function object<T>(fields: Fields<T>): Check {
  const entries = Object.entries<Check>(fields);
  return (value) => {
    if (!isObject(value)) return fault(value, 'an object');
    for (const [key, check] of entries) {
      const wrong = check(value[key]);
      if (wrong !== undefined) return within(key, wrong);
    }
    return undefined;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
