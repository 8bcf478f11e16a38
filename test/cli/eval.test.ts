// `batt eval` as a user calls it.
import { expect, test } from 'vitest';
import { batteryFile, useBatt } from './command.ts';

const batt = useBatt();
const grid = {
  train: [{ input: [[1, 2]], output: [[2, 1]] }],
  test: [
    {
      input: [
        [3, 4],
        [5, 6],
      ],
    },
  ],
};

function shown(program: string, ...args: string[]): string {
  batt.write('task.json', JSON.stringify(grid));
  batt.write('program.py', program);
  const { code, stdout, stderr } = batt.run(['eval', 'program', '-i', 'task', '--data', 'task.json', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

test('input, output and expected side by side, as digits where there is no terminal', () => {
  expect(shown('def solve_task(I):\n    return vmirror(I)\n')).toBe(
    [
      'task  demo:0  ok',
      'input 1 × 2   output 1 × 2   expected 1 × 2',
      ' 1 2           2 1            2 1',
      '',
      'task  test:0  ok (no expected output is known)',
      'input 2 × 2   output 2 × 2',
      ' 3 4           4 3',
      ' 5 6           6 5',
      '',
      '',
    ].join('\n'),
  );
});

test('wrong cells are marked', () => {
  expect(shown('def solve_task(I):\n    return replace(I, ONE, TWO)\n', '--sample', 'demo:0')).toBe(
    'task  demo:0  mismatch\ninput 1 × 2   output 1 × 2   expected 1 × 2\n 1 2           2*2            2 1\n\n',
  );
});

test('a result that is no grid is printed as Python would', () => {
  expect(shown('def solve_task(I):\n    return shape(I)\n', '--sample', 'demo:0')).toContain(
    'task  demo:0  not_grid\ninput 1 × 2   expected 1 × 2\n 1 2           2 1\noutput  (1, 2)\n',
  );
});

test('an exception is shown with its statement', () => {
  expect(
    shown('def solve_task(I):\n    x1 = vmirror(I)\n    x2 = first(ZERO)\n    return x1\n', '--sample', 'test:0'),
  ).toBe(
    [
      'task  test:0  error:TypeError',
      'input 2 × 2',
      ' 3 4',
      ' 5 6',
      'stopped at program.py:3: x2 = first(ZERO)',
      '  TypeError in first(…)',
      '  argument 1  int  0',
      '',
      '',
    ].join('\n'),
  );
});

test('--trace: every statement with its value, grids drawn, and what was not run', () => {
  const program =
    'def solve_task(I):\n    x1 = vmirror(I)\n    x2 = shape(x1)\n    x3 = ofcolor(x1, ONE)\n    x4 = x2(x1, x3)\n    return crop(x1, x4, x2)\n';
  expect(shown(program, '--sample', 'demo:0', '--trace')).toBe(
    [
      'task  demo:0  error:TypeError',
      'input 1 × 2   expected 1 × 2',
      ' 1 2           2 1',
      'program.py:2: x1 = vmirror(I)',
      '  grid 1 × 2',
      '   2 1',
      'program.py:3: x2 = shape(x1)',
      '  tuple  (1, 2)',
      'program.py:4: x3 = ofcolor(x1, ONE)',
      '  frozenset  frozenset({(0, 1)})',
      'program.py:5: x4 = x2(x1, x3)',
      '  no value',
      'program.py:6: return crop(x1, x4, x2)',
      '  no value',
      'stopped at program.py:5: x4 = x2(x1, x3)',
      "  TypeError in (1, 2)(…): 'tuple' object is not callable",
      '  argument 1  grid 1 × 2',
      '     2 1',
      '  argument 2  frozenset  frozenset({(0, 1)})',
      '',
      '',
    ].join('\n'),
  );
});

test('a call that is written twice has its value in both places; nested calls give the value of the statement', () => {
  const program =
    'def solve_task(I):\n    x1 = vmirror(I)\n    x2 = vmirror(I)\n    x3 = hconcat(hmirror(x1), x2)\n    return x3\n';
  shown(program);
  const [line] = batt.json(['eval', 'program', '-i', 'task', '--data', 'task.json', '--sample', 'demo:0']);
  expect(line).toEqual({
    schema: 1,
    type: 'eval',
    program: 'task',
    source: 'program.py',
    line: 5,
    text: program.trimEnd(),
    task: 'task',
    sample: 'demo:0',
    verdict: 'shape',
    input: [[1, 2]],
    expected: [[2, 1]],
    output: { kind: 'grid', value: '((2, 1, 2, 1),)', grid: [[2, 1, 2, 1]] },
    statements: [
      { line: 2, text: 'x1 = vmirror(I)', kind: 'grid', value: '((2, 1),)', grid: [[2, 1]] },
      { line: 3, text: 'x2 = vmirror(I)', kind: 'grid', value: '((2, 1),)', grid: [[2, 1]] },
      { line: 4, text: 'x3 = hconcat(hmirror(x1), x2)', kind: 'grid', value: '((2, 1, 2, 1),)', grid: [[2, 1, 2, 1]] },
    ],
    error: null,
  });
});

test('--json of an error: class, message, call, arguments; its value is cut off where it is long', () => {
  const program = 'def solve_task(I):\n    x1 = interval(ZERO, 1000, ONE)\n    x2 = vmirror(I, x1)\n    return x2\n';
  shown('def solve_task(I):\n    return I\n');
  batt.write('program.py', program.replace('1000', 'TEN'));
  const [line] = batt.json(['eval', 'program', '-i', 'task', '--data', 'task.json', '--sample', 'demo:0']);
  expect(line).toMatchObject({
    verdict: 'error:TypeError',
    output: null,
    error: {
      class: 'TypeError',
      message: 'vmirror() takes 1 positional argument but 2 were given',
      file: 'program.py',
      line: 3,
      call: 'vmirror',
      arguments: [
        { kind: 'grid', value: '((1, 2),)', grid: [[1, 2]] },
        { kind: 'tuple', value: '(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)' },
      ],
    },
  });
  const budget = batt.json([
    'eval',
    'program',
    '-i',
    'task',
    '--data',
    'task.json',
    '--sample',
    'demo:0',
    '--budget',
    '3',
  ]);
  expect(budget[0]).toMatchObject({ verdict: 'budget', error: { class: 'budget', message: null, call: 'interval' } });
  const wide = 'def solve_task(I):\n    x1 = upscale(I, TEN)\n    x2 = asindices(x1)\n    return x2\n';
  const text = shown(wide, '--sample', 'demo:0', '--trace');
  expect(text).toMatch(/\n {2}frozenset {2}frozenset\(\{.{380,}…\n/);
});

test('of a library the program of the task, of one program that one, else the ids are listed', () => {
  const of = (...args: string[]) => batt.run(['eval', batteryFile, '--data', 'bundled', ...args]);
  expect(of('-i', 'rays_up', '--sample', 'test:0').stdout).toMatch(/^rays_up {2}test:0 {2}ok\n/);
  const none = of('-i', 'sort_bars');
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(
    /battery\.py: no program for task sort_bars; --program shows one of: self_tile, .* and \d+ more\n$/,
  );
  batt.write('lone.py', 'def solve(I):\n    return I\n');
  expect(batt.run(['eval', 'lone', '-i', 'rays_up', '--data', 'bundled']).stdout).toMatch(/^lone {2}demo:0 /);
});

test('--program: any program of a battery by its id, that of a duplicate too', () => {
  const of = (...args: string[]) =>
    batt.run(['eval', batteryFile, '--data', 'bundled', '-i', 'rays_up', '--sample', 'demo:0', ...args]);
  expect(of('--program', 'fill_rooms').stdout).toMatch(/^fill_rooms {2}demo:0 {2}(mismatch|shape)\n/);
  const again = of('--program', 'self_tile_again').stdout;
  expect(again).toBe(of('--program', 'self_tile').stdout.replace('self_tile', 'self_tile_again'));
  expect(of('--program', 'rays_up').stdout).toBe(of().stdout);
  const none = of('--program', 'ray');
  expect([none.code, none.stdout]).toEqual([2, '']);
  expect(none.stderr).toMatch(/battery\.py: no program ray; --program shows one of: self_tile, .* and \d+ more\n$/);
  // one program alone is what a task shows, not what any id shows
  batt.write('lone.py', 'def solve_lone(I):\n    return I\n');
  const lone = ['eval', 'lone', '-i', 'rays_up', '--data', 'bundled', '--program'];
  expect(batt.run([...lone, 'one']).stderr).toMatch(/lone\.py: no program one; --program shows one of: lone\n$/);
  batt.write('bad.py', 'def solve_a(I):\n    return I\n\ndef solve_b(I):\n    return nosuch(I)\n');
  expect(batt.run(['eval', 'bad', '-i', 'rays_up', '--data', 'bundled', '--program', 'b']).stderr).toContain(
    'bad.py:5:12: solve_b is invalid:',
  );
});

test('--program of a batt module; of several programs with one id all are shown, with their lines', () => {
  const lines = [
    'def batt(task_id, S, I, C, log_path):',
    '    s = []',
    '    o = []',
    '    t1 = hconcat(I, I)',
    "    o.append((1, True, 'one', t1))",
    '    t2 = vconcat(I, I)',
    "    o.append((2, False, 'two', t2))",
    "    o.append((2, False, 'three', t2))",
    '    t3 = vconcat(t2, I)',
    "    o.append((3, False, 'two', t3))",
    '    return o, s',
  ];
  batt.write('module.py', `${lines.join('\n')}\n`);
  batt.write('task.json', JSON.stringify(grid));
  const of = (id: string) =>
    batt.run(['eval', 'module', '-i', 'task', '--data', 'task.json', '--sample', 'demo:0', '--program', id]).stdout;
  expect(of('one')).toBe(
    'one  demo:0  shape\ninput 1 × 2   output 1 × 4   expected 1 × 2\n 1 2          *1*2*1*2        2 1\n\n',
  );
  expect(of('three')).toMatch(/^three {2}demo:0 {2}shape\ninput 1 × 2 {3}output 2 × 2 /);
  expect(of('two').match(/^two .*|output \d × \d/gm)).toEqual([
    'two  module.py:7  demo:0  shape',
    'output 2 × 2',
    'two  module.py:10  demo:0  shape',
    'output 3 × 2',
  ]);
});

test('bad input: exit 2 with the reason', () => {
  batt.write('bad.py', 'def solve_rays_up(I):\n    return nosuch(I)\n');
  for (const [args, message] of [
    [['bad.py', '-i', 'rays_up'], 'bad.py:2:12: solve_rays_up is invalid:'],
    [['absent.py', '-i', 'rays_up'], 'absent.py: found no such file or folder'],
    [
      [batteryFile, '-i', 'rays_up', '--sample', 'demo:7'],
      '--sample demo:7: task rays_up has demo:0, demo:1, demo:2, test:0',
    ],
    [[batteryFile, '-i', 'nowhere'], 'task nowhere: no such task among 14'],
    [[batteryFile, '-i'], "'-i, --task_id <task>' argument missing"],
  ] as const) {
    const { code, stdout, stderr } = batt.run([
      'eval',
      ...args,
      ...(args.at(-1) === '-i' ? [] : ['--data', 'bundled']),
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  }
});
