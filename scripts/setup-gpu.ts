// npm run setup:gpu: makes the backend `tensorflow` work on this machine, and shows that it does.
//
// Links tfjs-node to the TensorFlow that Python has (scripts/link-tensorflow, which gets the arguments). Where Python has none,
// installs @tensorflow/tfjs-node-gpu, whose install script downloads libtensorflow 2.9.1 for CUDA 11.2: a road that nobody has
// tried with batt. Then computes with the backend, and holds the results against the plain references.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { below } from '../bench/random.ts';
import type { Backend } from '../kernels/backend.ts';
import { gridMatchReference } from '../kernels/gridMatch/reference.ts';
import { openBackend } from '../kernels/open.ts';
import { packRecord, RECORD_WORDS } from '../kernels/record.ts';
import { scoreTableReference } from '../kernels/scoreTable/reference.ts';
import { linkedFolder } from '../kernels/tensorflow/addon.ts';
import { tracePlacement } from '../kernels/tensorflow/placement.ts';
import { visibleGpus } from '../kernels/tensorflow/visibleGpus.ts';
import { packageFolder } from '../src/arc/bundled.ts';
import { seeded } from '../src/pipeline/read/seeded.ts';

const NO_TENSORFLOW = 3;
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  install(process.argv.slice(2));
  const gpus = visibleGpus();
  await verify(await openBackend('tensorflow'));
  if (gpus.length > 1) await verify(await openBackend('tensorflow', { gpus: gpus.length }));
  const { ops } = await tracePlacement(new URL('../tensorflow.js', import.meta.url), process.env);
  const devices = [...new Set(ops.map(({ device }) => device))];
  say(`${ops.length} TensorFlow ops of one computation each ran on ${devices.join(' and ')}`);
  if (gpus.length === 0) say('there is no GPU: the backend computes on the CPU');
  else if (devices.join() !== 'GPU:0') throw new Error(`found ops on ${devices.join()}, expected all on GPU:0`);
} catch (error) {
  process.stderr.write(`setup:gpu: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

function install(args: readonly string[]): void {
  const stdio = 'inherit';
  const { status } = spawnSync(join(packageFolder(), 'scripts', 'link-tensorflow'), args, { stdio });
  if (status === 0) return;
  if (status !== NO_TENSORFLOW) throw new Error('tfjs-node could not be linked, see above');
  const folder = linkedFolder();
  say(`trying @tensorflow/tfjs-node-gpu with its own download, which is not verified, in ${folder}`);
  mkdirSync(folder, { recursive: true });
  const npm = ['install', '--prefix', folder, '--no-save', '--no-package-lock', '@tensorflow/tfjs-node-gpu@4.22.0'];
  if (spawnSync('npm', npm, { stdio }).status !== 0) {
    throw new Error(
      '@tensorflow/tfjs-node-gpu could not be installed, see above; pip install tensorflow, and try again',
    );
  }
}

/** Computes with all ops on random grids, and closes the backend. */
async function verify(backend: Backend): Promise<void> {
  const [candidates, samples] = [5000, 4];
  const count = candidates * samples;
  const random = seeded(1);
  const outputs = backend.records(count);
  for (let k = 0; k < count; k++) {
    const cells = Uint8Array.from({ length: 900 }, () => below(random, 10));
    packRecord(outputs, k, 1 + below(random, 30), 1 + below(random, 30), cells);
  }
  const expected = outputs.slice(0, 100 * RECORD_WORDS);
  const index = Int32Array.from({ length: count }, (_, k) => (k < 50 ? k : below(random, 100)));
  const match = gridMatchReference(outputs, expected, index);
  const rows = {
    match,
    candidate: Int32Array.from(index, (_, k) => Math.floor(k / samples)),
    sample: Int32Array.from(index, (_, k) => k % samples),
    weights: Int32Array.of(1, 0, 1, 0, 1, 0, 0, 1),
    candidates,
    top: 100,
  };
  const table = scoreTableReference(rows);
  const start = performance.now();
  const found = [await backend.gridMatch(outputs, expected, index), ...Object.values(await backend.scoreTable(rows))];
  const milliseconds = performance.now() - start;
  const wanted = [match, table.sums, table.ranking];
  const names = ['gridMatch', 'the sums of scoreTable', 'the ranking of scoreTable'];
  wanted.forEach((array, k) => {
    const at = array.findIndex((word, i) => word !== found[k]![i]);
    if (at >= 0) throw new Error(`${names[k]}: found ${found[k]![at]} in word ${at}, expected ${array[at]}`);
  });
  await backend.close();
  say(`${backend.device}: all results are right, ${count} rows in ${milliseconds.toFixed(0)} ms with the first start`);
}
