// Numbers as people read them.

/** An integer with a comma every three digits. */
export function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 task`, `2 tasks`. */
export function plural(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** The first so many of a list, and how many more there are: `a, b and 1,234 more`. */
export function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

/** Seconds with the digits that matter: `0.0123 s`, `1.23 s`, `123 s`. */
export function duration(seconds: number): string {
  const digits = seconds >= 100 ? 0 : seconds >= 10 ? 1 : seconds >= 1 ? 2 : seconds >= 0.1 ? 3 : 4;
  return `${seconds.toFixed(digits)} s`;
}

/** A rate, two digits or more: `23,400`. */
export function rate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–';
  const step = 10 ** Math.max(0, Math.floor(Math.log10(perSecond)) - 2);
  return grouped(Math.round(perSecond / step) * step);
}

/** A compute capability of CUDA that is written in one number: 89 is `8.9`. */
export function capabilityText(capability: number): string {
  return `${Math.floor(capability / 10)}.${capability % 10}`;
}
