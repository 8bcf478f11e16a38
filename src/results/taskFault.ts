// Whether the parts of a task line fit together: its columns, its figures and the numbers of its candidates.
import { type Fault, fault } from '../json/check.ts';
import type { CountsFields, TaskLine } from './lines.ts';

/**
 * What does not fit in a line whose fields are each as they have to be.
 * @param candidates number of them in the run
 */
export function taskFault(line: TaskLine, candidates: number): Fault | undefined {
  return (
    countsFault(line.counts) ??
    knownFault(line) ??
    columnsFault(line) ??
    verdictsFault(line) ??
    candidatesFault(line, candidates) ??
    gridsFault(line)
  );
}

/** Every program that was read is accounted for. */
export function countsFault({ read, invalid, duplicate, skipped, scored }: CountsFields): Fault | undefined {
  const sum = invalid + duplicate + skipped + scored;
  return read === sum ? undefined : fault(read, `${sum}, the sum of the others`, 'counts.read');
}

function knownFault({ demos, tests, known }: TaskLine): Fault | undefined {
  if (known[0] > demos) return fault(known[0], `${demos} at most: the demos`, 'known[0]');
  if (known[1] > tests) return fault(known[1], `${tests} at most: the tests`, 'known[1]');
  return undefined;
}

function columnsFault({ scores, counts, known }: TaskLine): Fault | undefined {
  const rows = counts.scored;
  for (const name of ['demo', 'test', 'cells', 'verdicts'] as const) {
    const column = scores[name] ?? undefined;
    if (column !== undefined && column.length !== rows) {
      return fault(column, `${rows} entries, one for each scored candidate`, `scores.${name}`);
    }
  }
  return (
    outside(scores.demo, known[0] + 1, 'scores.demo', 'known demos') ??
    outside(scores.test ?? [], known[1] + 1, 'scores.test', 'known tests') ??
    outside(scores.verdicts, scores.kinds.length, 'scores.verdicts', 'places in kinds')
  );
}

/** Checks that numbers are below an end. */
function outside(numbers: readonly number[], end: number, path: string, what: string): Fault | undefined {
  const place = numbers.findIndex((number) => number >= end);
  return place < 0 ? undefined : fault(numbers[place], `a number below ${end} (${what})`, `${path}[${place}]`);
}

/** Every scored candidate has a verdict a sample, and the sums over all of them are those of the line. */
function verdictsFault({ scores, demos, tests, verdicts }: TaskLine): Fault | undefined {
  const rowsOf = new Array<number>(scores.kinds.length).fill(0);
  for (const place of scores.verdicts) rowsOf[place]!++;
  const sums = new Map<string, number>();
  for (const [place, kind] of scores.kinds.entries()) {
    let samples = 0;
    for (const [verdict, n] of Object.entries(kind)) {
      samples += n;
      sums.set(verdict, (sums.get(verdict) ?? 0) + n * rowsOf[place]!);
    }
    if (samples !== demos + tests) {
      const expected = `${demos + tests}, one for each sample`;
      return { path: `scores.kinds[${place}]`, found: `${samples} verdicts`, expected };
    }
  }
  const stated = new Map(Object.entries(verdicts));
  for (const verdict of [...stated.keys(), ...sums.keys()]) {
    const [found, expected] = [stated.get(verdict) ?? 0, sums.get(verdict) ?? 0];
    if (found !== expected) return fault(found, `${expected}, as in scores`, `verdicts[${JSON.stringify(verdict)}]`);
  }
  return undefined;
}

function candidatesFault(line: TaskLine, candidates: number): Fault | undefined {
  const { scores, best, stored = [], unlinked = [], attempts = [], shown = [] } = line;
  const lists: [path: (place: number) => string, numbers: readonly number[]][] = [
    [(k) => `best[${k}]`, best],
    [(k) => `stored[${k}].candidate`, stored.map(({ candidate }) => candidate)],
    ...unlinked.map(({ candidates }, group): (typeof lists)[number] => [
      (k) => `unlinked[${group}].candidates[${k}]`,
      candidates,
    ]),
    [(k) => `shown[${k}].candidate`, shown.map(({ candidate }) => candidate)],
    ...attempts.map((list, test): (typeof lists)[number] => [
      (k) => `attempts[${test}][${k}].candidate`,
      list.map(({ candidate }) => candidate),
    ]),
  ];
  const expected = `the number of one of the ${candidates} candidates`;
  for (const [path, numbers] of lists) {
    const place = numbers.findIndex((number) => number >= candidates);
    if (place >= 0) return fault(numbers[place], expected, path(place));
  }
  if (scores.demo.length > candidates) {
    return fault(scores.demo, `${candidates} entries at most, one for each candidate`, 'scores.demo');
  }
  return undefined;
}

function gridsFault({ demos, tests, attempts = [], shown = [] }: TaskLine): Fault | undefined {
  if (attempts.length > 0 && attempts.length !== tests) {
    return fault(attempts, `${tests} lists, one for each test`, 'attempts');
  }
  const place = shown.findIndex(({ outputs }) => outputs.length !== demos + tests);
  if (place < 0) return undefined;
  return fault(shown[place]!.outputs, `${demos + tests} grids, one for each sample`, `shown[${place}].outputs`);
}
