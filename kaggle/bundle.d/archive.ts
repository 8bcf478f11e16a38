// Writes the archive: the same files give the same bytes, wherever and whenever.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

// with the Node of the bundle, so that it is always the same zlib; the header has neither name nor time
const GZIP = `const { createGzip } = require('node:zlib');
require('node:stream').pipeline(process.stdin, createGzip({ level: 9 }), require('node:fs').createWriteStream(process.argv[1]),
  (error) => { if (error) throw error; });`;

/**
 * Packs `parent`/batt.
 * @param paths below batt, in the order of the archive; `bin/node` is one of them
 * @param time of every file, in seconds since 1970
 */
export async function writeArchive(
  parent: string,
  paths: readonly string[],
  time: number,
  file: string,
): Promise<void> {
  const tar = spawn(
    'tar',
    [
      ...[
        '--create',
        '--format=ustar',
        '--no-recursion',
        `--mtime=@${time}`,
        '--owner=0',
        '--group=0',
        '--numeric-owner',
      ],
      ...['-C', parent, '--files-from=-'],
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const gzip = spawn(join(parent, 'batt/bin/node'), ['-e', GZIP, file], { stdio: ['pipe', 'inherit', 'inherit'] });
  tar.stdout.pipe(gzip.stdin);
  tar.stdin.end(paths.map((path) => `batt/${path}\n`).join(''));
  const ends = await Promise.all([once(tar, 'close'), once(gzip, 'close')]);
  if (ends.some(([code]) => code !== 0))
    throw new Error(`tar and gzip ended with ${ends.map(([code]) => code).join(' and ')}, expected 0`);
}
