// Loads TensorFlow: the addon of tfjs-node alone, which is all that the ops need; tfjs itself is not loaded.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { BackendAbsentError } from '../backend.ts';
import { visibleGpus } from './visibleGpus.ts';

/** What the addon of tfjs-node exports, as far as it is used. Tensors go by numbers that it gives out. */
export interface Addon {
  readonly TF_Version: string;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_TYPE: number;
  /** Whether TensorFlow found a GPU. */
  isUsingGpuDevice(): boolean;
  /** int32 stays in host memory, all else goes to the device. The memory of `values` is used where it is aligned. */
  createTensor(shape: readonly number[], dtype: number, values: Int32Array | Float32Array | Uint8Array): number;
  executeOp(name: string, attrs: readonly AddonAttr[], inputs: readonly number[], outputs: number): AddonTensor[];
  /** A copy of a tensor of dtype int32. */
  tensorDataSync(id: number): Int32Array;
  deleteTensor(id: number): void;
  getNumOfTensors(): number;
}

export interface AddonAttr {
  readonly name: string;
  readonly type: number;
  readonly value: number;
}

export interface AddonTensor {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

const PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'];
const HELP = '`npm run setup:gpu` in the folder of arc-batt builds it for a TensorFlow that is installed';

/** In effect while TensorFlow loads, unless they are set: say nothing but what ends the process, take memory as needed. */
const SETTINGS: Readonly<Record<string, string>> = {
  TF_CPP_MIN_LOG_LEVEL: '3',
  TF_ENABLE_ONEDNN_OPTS: '0', // its notice comes at any log level, and none of our ops is one of oneDNN's
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
};

/** Where `scripts/link-tensorflow` puts tfjs-node. */
export function linkedFolder({ XDG_CACHE_HOME: xdg = '', HOME: home }: NodeJS.ProcessEnv = process.env): string {
  return join(isAbsolute(xdg) ? xdg : join(home || homedir(), '.cache'), 'batt', 'tensorflow');
}

/** Folders of tfjs-node-gpu and tfjs-node: as Node finds them from here, then where they are linked. */
export function tfjsNodeFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  const require = createRequire(import.meta.url);
  const resolved = PACKAGES.flatMap((name) => {
    try {
      return [dirname(require.resolve(`${name}/package.json`))];
    } catch {
      return [];
    }
  });
  const linked = PACKAGES.map((name) => join(linkedFolder(env), 'node_modules', name));
  return [...new Set([...resolved, ...linked.filter((folder) => existsSync(folder))])];
}

/** The addon's file in a folder of {@link tfjsNodeFolders}, if it was built. */
export function addonFile(folder: string): string | undefined {
  const lib = join(folder, 'lib');
  const versions = existsSync(lib) ? readdirSync(lib).filter((name) => /^napi-v\d+$/.test(name)) : [];
  const newest = versions.sort((a, b) => Number(b.slice(6)) - Number(a.slice(6)));
  return newest.map((name) => join(lib, name, 'tfjs_binding.node')).find((file) => existsSync(file));
}

/**
 * Loads the addon; TensorFlow sees one GPU, the first of those that are visible. A second call gives the same addon.
 * @throws BackendAbsentError with the reason and what helps
 */
export function loadAddon(): Addon {
  const folders = tfjsNodeFolders();
  if (folders.length === 0) {
    throw new BackendAbsentError('tensorflow', `neither ${PACKAGES.join(' nor ')} is installed; ${HELP}`);
  }
  const file = folders.map(addonFile).find((found) => found !== undefined);
  if (file === undefined) {
    throw new BackendAbsentError(
      'tensorflow',
      `${folders.join(', ')}: found no lib/napi-v*/tfjs_binding.node; ${HELP}`,
    );
  }
  const [gpu] = visibleGpus();
  const settings = { ...SETTINGS, ...process.env, ...(gpu === undefined ? {} : { CUDA_VISIBLE_DEVICES: gpu.id }) };
  const before = { ...process.env };
  try {
    Object.assign(process.env, settings);
    return createRequire(import.meta.url)(file) as Addon;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendAbsentError('tensorflow', `${file} does not load: ${reason}; ${HELP}`);
  } finally {
    for (const name of Object.keys(settings)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
