// The words of `batt doctor --check`.

import type { BackendTimes, MachineCheck, Outcome, SizeTimes } from '../doctor/check/machineCheck.ts';
import { leftOut, nameOf, nvidiaGpus } from '../doctor/check/subjects.ts';
import { columns } from './columns.ts';

export function checkText(result: MachineCheck): string {
  return [
    head(result),
    section('Conformance, against the plain references to the bit', conformance(result), 'lll'),
    section(
      `${['batt run', ...result.run].join(' ')}, whole processes, results compared with those of wasm`,
      runs(result),
      'llr',
    ),
    section('Comparisons a second, in millions, from own storage to results on the host', endToEnd(result)),
    section('Steps; GB/s of outputs uploaded, and of what the kernel reads and writes', steps(result)),
  ].join('\n\n');
}

function head({ date, diagnosis, quick, anyDevice }: MachineCheck): string {
  const { engine, node, cpu } = diagnosis.host;
  const { nvidiaSmi } = diagnosis.installed;
  const { driver = undefined, cuda = undefined } = 'found' in nvidiaSmi ? nvidiaSmi.found : {};
  return [
    `check of batt ${engine}, Node ${node.version}, ${date}`,
    `${nvidiaGpus(diagnosis).join(', ') || 'no NVIDIA GPU'}${driver === undefined ? '' : `, driver ${driver}`}${cuda === undefined ? '' : `, CUDA ${cuda}`}`,
    `${cpu.model}, ${cpu.cores} cores`,
    ...(quick || anyDevice ? ['a test of the check: its figures say nothing'] : []),
  ].join('\n');
}

/** Rows in columns; one of a single text is a line of its own. */
function section(title: string, rows: readonly (readonly string[])[], align?: string): string {
  const full = rows.filter((row) => row.length > 1);
  const lines = columns(full, align ?? `l${'r'.repeat((full[0]?.length ?? 1) - 1)}`);
  const texts = rows.map((row) => (row.length > 1 ? lines.shift()! : row[0]!));
  return [title, ...texts.map((line) => `  ${line}`)].join('\n');
}

function conformance({ conformance, diagnosis, anyDevice }: MachineCheck): string[][] {
  const absent = leftOut(diagnosis, anyDevice).map(({ backend, reason }) => [backend, `left out: ${reason}`, '']);
  const there = conformance.flatMap((subject) => {
    const { result } = subject;
    const failures = 'failures' in result ? result.failures.map((failure) => ['', failure, '']) : [];
    return [
      [
        nameOf(subject),
        said(result, ({ passed, failed, device }) => `${passed} passed, ${failed} failed, on ${device}`),
        seconds(result.seconds),
      ],
      ...failures,
    ];
  });
  return [...there, ...absent];
}

function runs({ runs }: MachineCheck): string[][] {
  return runs.map((subject) => [
    nameOf(subject),
    said(subject.result, ({ same }) => (same ? 'same' : 'OTHER RESULTS')),
    said(subject.result, ({ run_seconds }) => run_seconds.map(seconds).join(', '), ''),
  ]);
}

/** Rows of times by size. */
interface Contender {
  readonly name: string;
  readonly result: Outcome<Partial<Pick<BackendTimes, 'open' | 'first' | 'cut'>> & Pick<BackendTimes, 'sizes'>>;
}

function contenders({ timings, python }: MachineCheck): Contender[] {
  return [
    ...timings.map((subject) => ({ name: nameOf(subject), result: subject.result })),
    ...python.map(({ library, result }) => ({ name: 'version' in result ? result.version : library, result })),
  ];
}

function endToEnd(result: MachineCheck): string[][] {
  const all = contenders(result);
  const sizes = [...new Set(all.flatMap(({ result }) => sizesOf(result).map(({ comparisons }) => comparisons)))];
  const rows = all.flatMap(({ name, result }) => {
    if ('reason' in result) return [[`${name}: ${result.reason}`]];
    const { open, first, cut } = result;
    const rates = sizes.map((size) => {
      const found = result.sizes.find(({ comparisons }) => comparisons === size);
      return found === undefined ? '–' : figure(size / found.end_to_end / 1e6);
    });
    const row = [name, open === undefined ? '' : seconds(open), first === undefined ? '' : seconds(first), ...rates];
    return cut === undefined ? [row] : [row, [`${name}, larger ones: ${cut}`]];
  });
  return [['', 'open', 'first 1,000', ...sizes.map(grouped)], ...rows];
}

function steps(result: MachineCheck): string[][] {
  const rows = contenders(result).flatMap(({ name, result }) =>
    sizesOf(result).flatMap(({ comparisons, steps, no_steps }) => {
      if (steps === undefined) return no_steps === undefined ? [] : [[`${name}, ${grouped(comparisons)}: ${no_steps}`]];
      const { upload, kernel, readback, upload_gigabytes, kernel_gigabytes } = steps;
      return [
        [
          name,
          grouped(comparisons),
          millis(upload),
          figure(upload_gigabytes),
          millis(readback),
          millis(kernel),
          figure(kernel_gigabytes),
        ],
      ];
    }),
  );
  return [['', 'comparisons', 'upload', 'GB/s', 'readback', 'kernel', 'GB/s'], ...rows];
}

function sizesOf(result: Contender['result']): readonly SizeTimes[] {
  return 'sizes' in result ? result.sizes : [];
}

function said<T>(result: Outcome<T>, words: (found: T) => string, otherwise?: string): string {
  return 'reason' in result ? (otherwise ?? `FAILED: ${result.reason}`) : words(result);
}

function seconds(value: number): string {
  return `${figure(value)} s`;
}

function millis(value: number): string {
  return `${figure(1000 * value)} ms`;
}

/** Three digits that matter. */
function figure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumSignificantDigits: 3 });
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
