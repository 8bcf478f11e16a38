// kaggle/bundle: builds the bundle of this commit, and says where it is, how large, and its digest.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeArchive } from './archive.ts';
import { fillTree } from './fill.ts';
import { addLicenceIndex } from './licences.ts';
import { Tree } from './tree.ts';

const LIMIT = 60_000_000;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dirty: { type: 'boolean' } } });
const [output = 'kaggle/out', ...rest] = positionals;
const scratch = mkdtempSync(join(tmpdir(), 'batt-bundle-'));
try {
  if (rest.length > 0) throw new Error(`found a second folder ${rest[0]}, expected one`);
  await bundle();
} catch (error) {
  process.stderr.write(`bundle: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function bundle(): Promise<void> {
  const changed = git('status', '--porcelain');
  if (changed !== '' && values.dirty !== true) {
    throw new Error(`found changes that are in no commit, expected none (or --dirty):\n${changed}`);
  }
  const [commit = '', time = ''] = git('log', '-1', '--format=%H %ct').split(' ');
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });

  const tree = new Tree(join(scratch, 'tree/batt'));
  const parts = await fillTree(tree, scratch);
  addLicenceIndex(tree, parts);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const about = {
    format: 1,
    name: 'arc-batt',
    version,
    platform: 'linux-x64',
    glibc: '2.35',
    commit,
    dirty: changed !== '',
  };
  tree.add('manifest.json', 'arc-batt', `${JSON.stringify({ ...about, parts, files: tree.sorted() }, null, 1)}\n`);
  const files = tree.sorted();
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const sums = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  tree.add('SHA256SUMS', 'arc-batt', `# arc-batt ${version} ${commit}\n# bytes ${bytes}\n${sums}`);

  mkdirSync(output, { recursive: true });
  const archive = `batt-${version}-linux-x64.tar.gz`;
  const file = join(output, archive);
  await writeArchive(join(scratch, 'tree'), ['SHA256SUMS', ...files.map(({ path }) => path)], Number(time), file);
  copyFileSync('kaggle/run.sh', join(output, 'run.sh'));
  const packed = readFileSync(file);
  if (packed.length > LIMIT) throw new Error(`${file}: found ${packed.length} bytes, expected ${LIMIT} at most`);
  const digest = createHash('sha256').update(packed).digest('hex');
  writeFileSync(`${file}.sha256`, `${digest}  ${archive}\n`);
  process.stdout.write(`${file}  ${packed.length} bytes  sha256 ${digest}\n`);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}
