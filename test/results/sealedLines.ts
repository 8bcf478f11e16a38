// Results files made in tests: lines with their seals, and back.
import { sealed } from '../../src/results/seal.ts';

export type JsonObject = { [key: string]: unknown };

/** The text of a results file; what is no object has no seal. */
export function resultsText(lines: readonly unknown[]): string {
  return lines
    .map((line, k) => {
      const isObject = typeof line === 'object' && line !== null && !Array.isArray(line);
      return isObject ? sealed(line, k + 1) : `${JSON.stringify(line)}\n`;
    })
    .join('');
}

/** The lines of a results file, without their seals. */
export function linesIn(text: string): JsonObject[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { n: _, crc32: __, ...rest } = JSON.parse(line) as JsonObject;
      return rest;
    });
}
