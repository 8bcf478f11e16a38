// The TensorFlow of Node: one of the packages of tfjs, and its addon.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isFile, namesIn, smallText } from './files.ts';

/** A tfjs package with TensorFlow behind it. */
export interface NodeTensorFlow {
  readonly name: string;
  readonly version: string;
  /** Its addon, linked against TensorFlow. */
  readonly addon: string;
}

/** In the order in which they are preferred. */
const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];

/**
 * Finds the package and its addon, without loading them.
 * @param from a file in the package that would load it; this module when left out
 */
export async function findNodeTensorFlow(from: string = import.meta.url): Promise<NodeTensorFlow> {
  const { resolve } = createRequire(from);
  const lacking: string[] = [];
  for (const name of PACKAGES) {
    const manifest = resolved(() => resolve(`${name}/package.json`));
    if (manifest === undefined) continue;
    const { version } = JSON.parse(await smallText(manifest)) as { version: string };
    const lib = join(dirname(manifest), 'lib');
    for (const folder of await namesIn(lib, /^napi-v\d+$/)) {
      const addon = join(lib, folder, 'tfjs_binding.node');
      if (await isFile(addon)) return { name, version, addon };
    }
    lacking.push(`${name} ${version} is installed, its addon is not built (looked in ${join(lib, 'napi-v*')})`);
  }
  throw new Error(lacking.join('; ') || `neither ${PACKAGES.join(' nor ')} is installed`);
}

function resolved(find: () => string): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
