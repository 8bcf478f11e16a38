// What is no readable text: encodings, NUL bytes, and paths that lead to no file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BatteryError } from '../../src/lang/errors.ts';
import { parseBattery, readBattery } from '../../src/lang/parse.ts';

const folder = mkdtempSync(join(tmpdir(), 'lang-'));
afterAll(() => rmSync(folder, { recursive: true }));

function messageOf(source: Uint8Array | string): string {
  try {
    parseBattery(source, { file: 'a.py' });
  } catch (error) {
    if (error instanceof BatteryError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('text in another encoding', () => {
  const bad: [string, Uint8Array | string, string][] = [
    ['a NUL byte', 'def f(I):\n ä\0', '2:3: found a NUL byte, expected text'],
    [
      'UTF-16, little',
      Buffer.from('\ufeffdef', 'utf16le'),
      '1:1: found the wrong encoding: a byte order mark of UTF-16 or UTF-32, expected UTF-8',
    ],
    [
      'UTF-16, big',
      Buffer.from([0xfe, 0xff, 0, 100]),
      '1:1: found the wrong encoding: a byte order mark of UTF-16 or UTF-32, expected UTF-8',
    ],
    ['UTF-16 without a mark', Buffer.from('def', 'utf16le'), '1:2: found a NUL byte, expected text'],
    [
      'Latin-1',
      Buffer.from('# ok\r\n# caf\xe9\n', 'latin1'),
      '2:6: found the wrong encoding: byte 0xE9 at offset 11 is not UTF-8, expected UTF-8',
    ],
    [
      'a cut character',
      Buffer.from('# é').subarray(0, 3),
      '1:3: found the wrong encoding: byte 0xC3 at offset 2 is not UTF-8, expected UTF-8',
    ],
    [
      'a surrogate in bytes',
      Buffer.from([0xef, 0xbb, 0xbf, 35, 0xed, 0xa0, 0x80]),
      '1:2: found the wrong encoding: byte 0xED at offset 4 is not UTF-8, expected UTF-8',
    ],
    [
      'an overlong form',
      Buffer.from([35, 10, 13, 0xc0, 0x80]),
      '3:1: found the wrong encoding: byte 0xC0 at offset 3 is not UTF-8, expected UTF-8',
    ],
    [
      'a stray continuation',
      Buffer.from([35, 0xf0, 0x9f, 0x98, 0x80, 0x80]),
      '1:3: found the wrong encoding: byte 0x80 at offset 5 is not UTF-8, expected UTF-8',
    ],
    ['a lone surrogate', '# é\ud83d', '1:4: found a lone surrogate, expected text'],
  ];
  it.each(bad)('%s', (_, source, wanted) => {
    expect(messageOf(source)).toBe(`a.py:${wanted}`);
  });

  it('counts columns in characters', () => {
    const { invalid } = parseBattery('def f(I):\n é = "😀é" + I\n return é', { file: 'a.py' });
    expect(invalid[0]).toMatchObject({ line: 2, column: 6, reason: 'found the string "😀é", expected a name' });
    const { warnings } = parseBattery('"😀é" x\ndef f(I):\n return I', { file: 'a.py' });
    expect(warnings[0]).toMatchObject({ line: 1, column: 6 });
  });
});

describe('readBattery', () => {
  it('reads a file', () => {
    const path = join(folder, 'lib.py');
    writeFileSync(path, '\ufeffdef solve(I):\n return f(I)\n');
    const battery = readBattery(path, { known: (name) => name === 'f' });
    expect([battery.file, battery.bodies[0]!.outputs[0]!.solverId, battery.at.length]).toEqual([path, 'lib', 1]);
  });

  it.each([
    ['nothing', join(folder, 'none.py'), 'no such file, expected a battery'],
    ['a folder', folder, 'a folder, expected a file'],
    ['a device', '/dev/null', 'a device or socket, expected a file'],
    ['a file taken for a folder', join(folder, 'lib.py', 'x.py'), 'no such file, expected a battery'],
    [
      'a path that no file can have',
      `${folder}/${'x'.repeat(5000)}`,
      'an error when reading (ENAMETOOLONG), expected a battery',
    ],
  ])('says that there is %s', (_, path, wanted) => {
    expect(() => readBattery(path)).toThrow(
      new BatteryError(path, 0, 0, wanted.split(', ')[0]!, wanted.split(', expected ')[1]!),
    );
  });
});
