// How exact figures are in results and in `--json`.

/** Six decimals: of seconds the microsecond. */
export function rounded(figure: number): number {
  return Math.round(figure * 1e6) / 1e6;
}
