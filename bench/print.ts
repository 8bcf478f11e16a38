// A benchmark's answers as text.
import type { Machine } from './machine.ts';
import { isRate, type Reference, type Row, type Throughput } from './question.ts';

/** The lines that say what ran where. */
export function head(machine: Machine, command: string, date: string, load: number): string {
  const { cpu, cores, memoryBytes, node, v8, batt } = machine;
  return [
    `batt ${batt}, Node ${node} (V8 ${v8}), ${date}`,
    `${cpu}, ${cores} cores, ${(memoryBytes / 2 ** 30).toFixed(1)} GiB, load ${load.toFixed(2)}`,
    `$ ${command}`,
  ].join('\n');
}

const HEADINGS = ['', 'measured', 'best', 'goal', 'GB/s', 'of reading', 'references'];

/** A line a row; columns that no row fills are left out. */
export function table(rows: readonly Row[]): string {
  const lines = [HEADINGS, ...rows.map(columns)];
  const filled = HEADINGS.map((_, k) => k === 0 || lines.some((line, n) => n > 0 && line[k] !== ''));
  const widths = HEADINGS.map((_, k) => Math.max(...lines.map((line) => line[k]!.length)));
  return lines
    .map((line) => rowOf(line.map((cell, k) => cell.padEnd(widths[k]!)).filter((_, k) => filled[k])))
    .join('\n');
}

function rowOf(cells: readonly string[]): string {
  return `  ${cells.join('  ')}`.trimEnd();
}

function columns(row: Row): string[] {
  const { what, value, best, unit, references = [], throughput } = row;
  return [
    what,
    `${figure(value)} ${unit}`,
    best === undefined ? '' : figure(best),
    goalOf(row),
    throughput === undefined ? '' : figure(throughput.gigabytes),
    shareOf(throughput),
    references.map((r) => referenceOf(row, r)).join('; '),
  ];
}

function goalOf({ value, unit, goal }: Row): string {
  if (goal === undefined) return '';
  const met = isRate(unit) ? value >= goal : value <= goal;
  return `${isRate(unit) ? '≥' : '≤'} ${figure(goal)}${met ? '' : ' missed'}`;
}

function shareOf({ share, goal }: Partial<Throughput> = {}): string {
  if (share === undefined) return '';
  const text = `${figure(100 * share)} %`;
  if (goal === undefined) return text;
  return `${text}, ≥ ${figure(100 * goal)} %${share >= goal ? '' : ' missed'}`;
}

function referenceOf({ value, unit }: Row, reference: Reference): string {
  const ratio = isRate(unit) ? value / reference.value : reference.value / value;
  return `${figure(reference.value)} ${reference.from} (${figure(ratio)} ×)`;
}

/** Three digits that matter, thousands grouped. */
function figure(value: number): string {
  if (Number.isInteger(value)) return grouped(String(value));
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < 2) return value.toFixed(2 - magnitude);
  const step = 10 ** (magnitude - 2);
  return grouped(String(Math.round(value / step) * step));
}

function grouped(text: string): string {
  return text.replace(/\B(?=(\d{3})+$)/g, ',');
}
