import { expect, test } from 'vitest';
import { phaseChart } from '../../src/report/phaseChart.ts';
import { styleOf } from '../../src/report/style.ts';
import { timingSummary } from '../../src/report/timing.ts';

const timing = new Map([
  ['main.parse_batteries', 0.0015],
  ['run_batt.check_batt', 0.02],
  ['run_batt.phase4_demo_cpu', 0.018],
  ['run_batt.phase3b_file_ops', 0.01],
  ['main.run_batt', 0.0312],
  ['backend.upload', 0.004],
  ['backend.load', 0.05],
  ['dsl.fill', 0.003],
]);

test("the original's keys first, busy time apart, then what is of batt alone, the steps of a backend, and functions", () => {
  expect(timingSummary(timing)).toBe(`
Timing summary (seconds):
  main.run_batt                       0.031
  run_batt.check_batt                 0.020
  run_batt.phase3b_file_ops           0.010

Busy time (seconds, summed over programs or samples):
  run_batt.phase4_demo_cpu            0.018

Only in batt (seconds):
  main.parse_batteries                0.002

Backend (busy seconds: batches overlap with each other and with the above):
  backend.load                        0.050
  backend.upload                      0.004

Slowest functions (busy seconds, with what they call):
  dsl.fill                            0.003
`);
});

test('a bar a phase, in their order', () => {
  expect(phaseChart(timing, styleOf(false), 8)).toBe(`
Phases (wall time):
  parse  0.0015 s   5 %  ▋
  score  0.0200 s  63 %  ████████
  files  0.0100 s  32 %  ████
`);
});
