// A comparison as one JSON document.
import type { Comparison } from '../compare/compare.ts';
import type { Side } from '../compare/side.ts';
import { rounded } from '../store/results/rounded.ts';
import { NAMED } from './compareWords.ts';
import { SCHEMA } from './runJson.ts';

/** The document, ready for JSON.stringify. */
export function comparisonJson({ a, b, verdict, sections, timings }: Comparison): object {
  return {
    schema: SCHEMA,
    type: 'compare',
    verdict,
    a: sideObject(a),
    b: sideObject(b),
    sections: sections.map(({ section, verdict, compared, waived, missing, differences, a, b }) => ({
      section,
      verdict,
      a: a ?? null,
      b: b ?? null,
      compared,
      left_out: waived,
      not_recorded: missing,
      different: differences.length,
      differences: differences.slice(0, NAMED),
    })),
    timing: {
      phases: timings.phases.map(({ key, wall, a, b, speedUp }) => ({
        key,
        wall,
        a,
        b,
        speed_up: speedUp === undefined ? null : rounded(speedUp),
      })),
      only_a: Object.fromEntries(timings.onlyA),
      only_b: Object.fromEntries(timings.onlyB),
    },
  };
}

function sideObject({ kind, path, found, tasks, notes }: Side): object {
  return { kind, path, found, tasks: tasks.length, notes };
}
