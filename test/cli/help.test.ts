// `--help` of each command on terminals of several widths.
import { describe, expect, test } from 'vitest';
import { useBatt } from './command.ts';

const batt = useBatt();
const COMMANDS = ['run', 'verify', 'eval', 'compare', 'report', 'export', 'merge', 'submit', 'doctor'];

describe.each([40, 60, 80, 120])('%i columns', (width) => {
  test.each([[], ...COMMANDS.map((command) => [command])])('batt %s --help', (...command) => {
    const { code, stdout, stderr } = batt.run([...command, '--help'], { COLUMNS: String(width) });
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    // a word that does not fit stands alone
    expect(lines.filter((line) => line.length > width && /\S\s+\S/.test(line))).toEqual([]);
    expect(lines.filter((line) => /\s$/.test(line))).toEqual([]);
    const examples = stdout.slice(stdout.indexOf('\nExamples:\n'));
    const joined = examples.replace(/ \\\n +/g, ' ');
    expect(joined).toMatch(new RegExp(`^\\nExamples:\\n( {2}batt ${command[0] ?? ''}.*\\n){1,3}$`));
  });
});

test('the words are the same at each width', () => {
  for (const command of COMMANDS) {
    const words = (width: number) =>
      batt
        .run([command, '--help'], { COLUMNS: String(width) })
        .stdout.replaceAll(' \\\n', ' ')
        .split(/\s+/)
        .join(' ');
    expect(words(40)).toBe(words(120));
  }
});

test('a narrow terminal has descriptions below their flags', () => {
  const { stdout } = batt.run(['verify', '--help'], { COLUMNS: '40' });
  expect(stdout).toContain('Usage: batt verify [options]\n  <library...>\n');
  expect(stdout).toContain(
    '  --repeat <n>\n      run everything n times in one\n      process and say the seconds of\n      each\n',
  );
  expect(stdout).toContain('  batt verify solvers.py --data \\\n    train\n');
});
