// A limited address space: fewer threads, and where there is too little of it a message in place of V8's dump.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { threadsThatFit } from '../../src/engine/addressSpace.ts';
import { MemoryError, memoryErrorOf } from '../../src/engine/memoryError.ts';
import { useBatt } from '../cli/command.ts';

const KB = 1024;

const batt = useBatt();

test('threads go by what there is', () => {
  expect(threadsThatFit(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(threadsThatFit(2_000_000 * KB)).toBe(1);
  expect(threadsThatFit(2_500_000 * KB)).toBe(2);
  expect(() => threadsThatFit(800_000 * KB)).toThrow(MemoryError);
});

test('memory that the system does not give is no verdict', () => {
  expect(memoryErrorOf(new RangeError('Array buffer allocation failed'))).toBeInstanceOf(MemoryError);
  expect(memoryErrorOf(new RangeError('Invalid array length'))).toBeUndefined();
});

test.runIf(existsSync('/proc/self/limits')).each([[[]], [['--backend', 'cpu']]])('a run says so: %j', (flags) => {
  const command = [process.execPath, batt.file, 'run', ...flags].join(' ');
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `ulimit -v 1200000 && exec ${command}`], {
    cwd: batt.folder,
    env: batt.env(),
    encoding: 'utf8',
  });
  expect(stderr).toBe('batt: the address space is limited to 1200000 kB (ulimit -v); a run needs 1500000 kB\n');
  expect(stdout).toBe('');
  expect(status).toBe(1);
});
