// node dist/scripts/soak.js [SECONDS [SVG]]: is memory flat over a long run? 100,000 candidates on all training tasks until a
// deadline, default an hour, the memory of the process read every ten seconds; the curve goes into an SVG. Linux.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../src/arc/bundled.ts';
import { runsIn } from '../src/results/find.ts';
import { readResults } from '../src/results/read.ts';
import { machine } from './machine.ts';
import { recombined } from './recombined.ts';
import { shared } from './shared.ts';
import { loadSuite } from './suite.ts';

const CANDIDATES = 100_000;
const EVERY = 10_000;
/** MiB that a run of so many candidates may take. */
const GOAL = 1024;

interface Point {
  readonly seconds: number;
  readonly mib: number;
}

if (shared === undefined) throw new Error('the shared folder with dsl/vectors and arc is not there; set ARC_DATA');
const seconds = Number(process.argv[2] ?? 3600);
const folder = mkdtempSync(join(tmpdir(), 'batt-soak-'));
try {
  const battery = join(folder, 'population.py');
  writeFileSync(battery, recombined(loadSuite(shared), CANDIDATES, 1));
  const data = join(shared, 'arc/agi2/training');
  const flags = ['--out', folder, '--deadline', String(seconds), '--quiet'];
  const points = await watch([join(packageFolder(), 'dist/batt.js'), 'run', '-b', battery, '--data', data, ...flags]);
  const { done } = readResults(join(runsIn(folder)[0]!, 'results.jsonl'));
  const { cpu, cores, node } = machine();
  const most = Math.max(...points.map(({ mib }) => mib));
  const title = `${CANDIDATES.toLocaleString('en')} candidates, ${done.size} tasks in ${(seconds / 60).toFixed(0)} minutes`;
  const about = `${cpu}, ${cores} cores, Node ${node}; most ${most.toFixed(0)} MiB, goal ${GOAL} MiB`;
  if (process.argv[3] !== undefined) writeFileSync(process.argv[3], curve(points, `${title}: resident memory`, about));
  process.stdout.write(`${title}\n${about}\n${tenths(points)}\n`);
  process.exitCode = most < GOAL ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a command to its end and reads its memory meanwhile. */
async function watch(args: readonly string[]): Promise<Point[]> {
  const points: Point[] = [];
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const timer = setInterval(() => {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    if (kib > 0) points.push({ seconds: (performance.now() - start) / 1000, mib: kib / 1024 });
  }, EVERY);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`batt run ended with exit code ${code}`);
  return points;
}

/** Median memory in each tenth of the time. */
function tenths(points: readonly Point[]): string {
  const rows = Array.from({ length: 10 }, (_, k) => {
    const part = points.slice(Math.floor((points.length * k) / 10), Math.floor((points.length * (k + 1)) / 10));
    const sorted = part.map(({ mib }) => mib).sort((a, b) => a - b);
    const [from, middle] = [part[0]?.seconds ?? 0, sorted[sorted.length >> 1] ?? 0];
    return `  from ${(from / 60).toFixed(1).padStart(5)} min  median ${middle.toFixed(0).padStart(5)} MiB`;
  });
  return rows.join('\n');
}

function curve(points: readonly Point[], title: string, about: string): string {
  const [width, height, left, top] = [720, 240, 56, 44];
  const end = points.at(-1)!.seconds;
  const x = (s: number): string => (left + (s / end) * (width - left - 16)).toFixed(1);
  const most = 512 * Math.ceil(Math.max(GOAL, ...points.map(({ mib }) => mib)) / 512);
  const y = (mib: number): string => (top + (1 - mib / most) * (height - top - 32)).toFixed(1);
  const line = points.map(({ seconds: s, mib }) => `${x(s)},${y(mib)}`).join(' ');
  const rules = Array.from({ length: most / 512 + 1 }, (_, k) => 512 * k).map(
    (mib) =>
      `<path d="M${left} ${y(mib)}H${width - 16}" stroke="#8884"/><text x="${left - 6}" y="${Number(y(mib)) + 4}" text-anchor="end">${mib}</text>`,
  );
  const ticks = Array.from({ length: 7 }, (_, k) => (end * k) / 6).map(
    (s) => `<text x="${x(s)}" y="${height - 12}" text-anchor="middle">${(s / 60).toFixed(0)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" fill="#777">`,
    `<title>${title}</title>`,
    `<text x="${left}" y="16" font-size="14">${title} (MiB, minutes)</text><text x="${left}" y="32">${about}</text>`,
    ...rules,
    ...ticks,
    `<polyline points="${line}" fill="none" stroke="#2a7de1" stroke-width="1.5"/></svg>\n`,
  ].join('\n');
}
