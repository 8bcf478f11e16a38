// Whatever is changed in the results of one side is found, from both sides.
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, kept, leaveOriginal, leaveRun, linesOf, put, putLines, readExpected, useFolder } from './sides.ts';

const folder = useFolder();
const caseFile = join(kept, 'p4.expected.json');
const expected = readExpected(caseFile);
const headFile = join(kept, 'head.expected.json');

type Path = (string | number)[];

/** Fields that are not compared: times, and what other fields say too. */
const LEFT_OUT =
  /^(schema|type|tasks|timing|seconds|backend|case|battery|dataset|peer|samples|stdout|format|task$)|files_per_run|\.(n|evo|kind|outputs|label|last_t)$|counts\.(distinct|statements|s_items)|^differ_items/;

/** The paths of all figures and texts below a value. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return LEFT_OUT.test(path.join('.')) ? [] : [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

/** A copy with another figure or text in one place, or without it. */
function changed<T>(value: T, path: Path, how: 'change' | 'remove'): T {
  const copy = structuredClone(value);
  let at = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  if (how === 'remove') delete at[last];
  else at[last] = typeof at[last] === 'number' ? at[last] + 1 : `${String(at[last]).slice(0, -1)}0`;
  return copy;
}

function expectDifferent(a: string, b: string, logs: readonly string[] = []): void {
  const there = compare(a, b, logs);
  const back = compare(b, a, logs.slice().reverse());
  expect([there.verdict, back.verdict]).toEqual(['differs', 'differs']);
  const swapped = back.sections.map(({ section, differences }) => [
    section,
    differences.map(({ task, item, a, b }) => ({ task, item, a: b, b: a })),
  ]);
  const sorted = (list: unknown[]) => list.map((each) => JSON.stringify(each)).sort();
  for (const [k, { section, differences }] of there.sections.entries()) {
    expect(swapped[k]![0]).toBe(section);
    expect(sorted(swapped[k]![1] as unknown[])).toEqual(sorted([...differences]));
  }
}

/** All files below a folder. */
function filesBelow(at: string): string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(at, entry.name)) : [join(at, entry.name)],
  );
}

function copyOf(of: string): string {
  const to = folder();
  cpSync(of, to, { recursive: true, verbatimSymlinks: true });
  return to;
}

describe('a run of batt', () => {
  const run = leaveRun(folder(), expected);
  const lines = linesOf(expected);

  test('any figure of its task line', () => {
    const paths = leaves(lines.task);
    expect(paths.length).toBeGreaterThan(30);
    fc.assert(
      fc.property(fc.constantFrom(...paths), (path) => {
        const other = putLines(folder(), 'other.jsonl', { ...lines, task: changed(lines.task, path, 'change') });
        expectDifferent(run.results, other);
      }),
      { numRuns: 60 },
    );
  });

  test('any score that lacks', () => {
    const paths = leaves(lines.task).filter(
      ([top, ...more]) => top === 'scores' || more.includes('iz') || more.includes('zo'),
    );
    for (const path of paths) {
      const other = putLines(folder(), 'other.jsonl', { ...lines, task: changed(lines.task, path, 'remove') });
      expectDifferent(run.results, other);
    }
  });

  test('a candidate more, less or twice', () => {
    const [first, ...others] = lines.task.candidates;
    for (const candidates of [others, [...lines.task.candidates, first!], [first!, first!, ...others.slice(1)]]) {
      const other = putLines(folder(), 'other.jsonl', { ...lines, task: { ...lines.task, candidates } });
      expectDifferent(run.results, other);
      expectDifferent(caseFile, other);
    }
  });

  test('a score against a case', () => {
    for (const path of leaves(lines.task).filter(([top, , field]) => top === 'scores' || field === 'o_score')) {
      const other = putLines(folder(), 'other.jsonl', { ...lines, task: changed(lines.task, path, 'change') });
      expectDifferent(caseFile, other);
    }
  });

  test('another task, or another data set', () => {
    const task = { ...lines.task, task: '0000ffff' };
    expectDifferent(run.results, putLines(folder(), 'other.jsonl', { ...lines, task }));
    expectDifferent(caseFile, putLines(folder(), 'other.jsonl', { ...lines, task }));
    const summary = { ...lines.summary, data: { digest: 'e2' } };
    expectDifferent(run.results, putLines(folder(), 'other.jsonl', { ...lines, summary }));
  });
});

describe('any file or link', () => {
  const original = leaveOriginal(folder(), expected);
  const head = leaveOriginal(folder(), readExpected(headFile));
  const run = leaveRun(folder(), expected);
  const sides = [
    { name: 'of a run', at: run.folder, against: [run.folder, caseFile], log: undefined },
    {
      name: 'of the original',
      at: original.folder,
      against: [original.folder, caseFile, run.folder],
      log: original.log,
    },
    { name: 'of the original at HEAD', at: head.folder, against: [head.folder, headFile], log: head.log },
  ];

  describe.each(sides)('$name', ({ at, against, log }) => {
    const places = filesBelow(at)
      .map((file) => file.slice(at.length + 1))
      .filter((file) => file.endsWith('.py'));
    const logsFor = (other: string): string[] => (log === undefined ? [] : other === at ? [log, log] : [log]);
    const check = (change: (copy: string) => void): void => {
      const copy = copyOf(at);
      change(copy);
      for (const other of against) expectDifferent(copy, other, logsFor(other));
    };

    test.each(places)('%s', (place) => {
      check((copy) => rmSync(join(copy, place)));
      if (!place.includes('_dir')) {
        const bytes = readFileSync(join(at, place));
        check((copy) => writeFileSync(join(copy, place), bytes.subarray(0, -1)));
        const flipped = Buffer.from(bytes);
        flipped[bytes.length >> 1]! ^= 0x80;
        check((copy) => writeFileSync(join(copy, place), flipped));
        return;
      }
      const score = join(dirname(dirname(dirname(place))), '77');
      check((copy) => renameSync(join(copy, dirname(dirname(place))), join(copy, score)));
      // same score, another t_log: no difference
      const copy = copyOf(at);
      renameSync(join(copy, dirname(place)), join(copy, dirname(dirname(place)), '3'));
      for (const other of against) expect(compare(copy, other, logsFor(other)).verdict).toBe('same');
    });

    test('a file or link more', () => {
      if (at !== run.folder) {
        check((copy) =>
          copyFileSync(join(copy, `solver_md5/${'a'.repeat(32)}.py`), join(copy, `solver_md5/${'e'.repeat(32)}.py`)),
        );
      }
      const link = places.find((place) => place.startsWith('solver_dir'))!;
      check((copy) => {
        const more = join(copy, dirname(dirname(dirname(link))), '2', '15');
        mkdirSync(more, { recursive: true });
        symlinkSync('/nowhere', join(more, basename(link)));
      });
    });
  });

  test('any line of the log with a result', () => {
    const text = readFileSync(original.log, 'utf8');
    const match = "- o_solver_id = 'bbbbbbbb' - match = True\n";
    for (const other of [
      text.replace(match, ''),
      text.replace(match, match + match),
      text.replace(match, match.replace('bbbbbbbb', 'cccccccc')),
      text.replace('9 candidates', '8 candidates').replace('from 9', 'from 8'),
      text.replace('Filtered to 3', 'Filtered to 2'),
    ]) {
      const log = put(folder(), 'log.txt', other);
      expectDifferent(original.folder, original.folder, [original.log, log]);
      expectDifferent(original.folder, caseFile, [log]);
      expectDifferent(original.folder, run.folder, [log]);
    }
  });
});

test.each([caseFile, headFile])('any figure of a case: %s', (file) => {
  const whole = readExpected(file);
  const paths = leaves(whole);
  expect(paths.length).toBeGreaterThan(30);
  for (const path of paths) {
    expectDifferent(file, put(folder(), 'other.expected.json', JSON.stringify(changed(whole, path, 'change'))));
  }
});
