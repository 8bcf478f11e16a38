// The TensorFlow of Node: one of the packages of tfjs, and its addon.
import { join } from 'node:path';
import { addonFile } from '../../kernels/tensorflow/addon.ts';
import { smallText } from './files.ts';

/** A tfjs package with TensorFlow behind it. */
export interface NodeTensorFlow {
  readonly name: string;
  readonly version: string;
  /** Its addon, linked against TensorFlow. */
  readonly addon: string;
}

/**
 * Finds the package and its addon, without loading them.
 * @param folders of the packages that are installed, as the backend prefers them
 */
export async function findNodeTensorFlow(folders: readonly string[]): Promise<NodeTensorFlow> {
  for (const folder of folders) {
    const addon = addonFile(folder);
    if (addon === undefined) continue;
    const { name, version } = JSON.parse(await smallText(join(folder, 'package.json'))) as NodeTensorFlow;
    return { name, version, addon };
  }
  if (folders.length > 0) throw new Error(`${folders.join(', ')}: the addon is not built`);
  throw new Error('neither @tensorflow/tfjs-node-gpu nor @tensorflow/tfjs-node is installed');
}
