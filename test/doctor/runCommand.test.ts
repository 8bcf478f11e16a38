// Commands that are absent, fail, hang or flood.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../src/doctor/runCommand.ts';
import { useFolder } from './folders.ts';

const folder = useFolder();
const env = { PATH: `${folder.path}:${process.env.PATH}` };

describe('runCommand', () => {
  test('gives what a command writes', async () => {
    folder.command('says', 'echo "$1 and $2"; echo noise >&2');
    expect(await runCommand('says', ['one', 'two  three'], env)).toBe('one and two  three\n');
  });

  test('says why there is no answer', async () => {
    folder.command('fails', 'echo "no device" >&2; echo second line >&2; exit 9');
    folder.command('dies', 'kill -SEGV $$');
    folder.write('not-executable', 'text');
    const refused = (name: string) => expect(runCommand(name, [], env)).rejects;
    await refused('fails').toThrow(/^fails ended with exit code 9: no device$/);
    await refused('dies').toThrow(/^dies ended with SIGSEGV$/);
    await refused('nowhere-to-be-found').toThrow('nowhere-to-be-found is not on PATH');
    await refused('not-executable').toThrow('EACCES');
  });

  test('kills one that hangs, and what it has started', async () => {
    folder.command('hangs', 'sleep 617.25 & sleep 617.25');
    await expect(runCommand('hangs', [], env, 0.5)).rejects.toThrow('hangs gave no answer within 0.5 s');
    await expect.poll(() => running('617.25')).toEqual([]);
  });

  test('keeps no more than a part of an endless output', async () => {
    folder.command('floods', 'head -c 20000000 /dev/zero');
    expect((await runCommand('floods', [], env)).length).toBe(1 << 20);
  });
});

/** Ids of the processes that have an argument. */
function running(argument: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return (
        /^\d+$/.test(id) &&
        readFileSync(join('/proc', id, 'cmdline'), 'utf8')
          .split('\0')
          .includes(argument)
      );
    } catch {
      return false; // it has ended meanwhile
    }
  });
}
