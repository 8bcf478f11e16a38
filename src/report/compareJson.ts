// A comparison as one JSON document.
import type { Comparison } from '../compare/compare.ts';
import type { SideFigure } from '../compare/figure.ts';
import type { Side } from '../compare/side.ts';
import { rounded } from '../results/rounded.ts';
import { NAMED } from './compareWords.ts';
import { SCHEMA } from './runJson.ts';

/** The document, ready for JSON.stringify. */
export function comparisonJson({ a, b, verdict, solved, sections, timings }: Comparison): object {
  return {
    schema: SCHEMA,
    type: 'compare',
    verdict,
    a: sideObject(a),
    b: sideObject(b),
    solved: { a: solved.a ?? null, b: solved.b ?? null, both: solved.both, gained: solved.gained, lost: solved.lost },
    sections: sections.map(({ section, verdict, compared, waived, missing, both, differences, a, b }) => ({
      section,
      verdict,
      a: textOf(a),
      b: textOf(b),
      a_is: a?.is ?? null,
      b_is: b?.is ?? null,
      compared,
      left_out: waived,
      not_recorded: missing,
      recorded_by_both: both,
      different: differences.length,
      differences: differences.slice(0, NAMED),
    })),
    timing: {
      phases: timings.phases.map(({ key, wall, busy, a, b, speedUp }) => ({
        key,
        wall,
        busy,
        a,
        b,
        speed_up: speedUp === undefined ? null : rounded(speedUp),
      })),
      only_a: Object.fromEntries(timings.onlyA),
      only_b: Object.fromEntries(timings.onlyB),
    },
  };
}

/** A figure as text, null where nothing was recorded. */
function textOf(figure: SideFigure | undefined): string | null {
  return figure === undefined ? null : String(figure.value);
}

function sideObject({ kind, path, found, tasks, notes }: Side): object {
  return { kind, path, found, tasks: tasks.length, notes };
}
