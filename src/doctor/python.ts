// The machine's `python3`, and the TensorFlow that is installed for it.
import { join } from 'node:path';
import { listNames } from './files.ts';
import { runCommand } from './runCommand.ts';
import type { Surroundings } from './surroundings.ts';

export interface Python {
  readonly version: string;
  readonly executable: string;
  /** Folders from which it imports. */
  readonly folders: readonly string[];
}

/** A TensorFlow for Python. */
export interface PythonTensorFlow {
  readonly version: string;
  /** The package's folder. */
  readonly folder: string;
  /** The libraries of its C API; absent in a TensorFlow that was linked into one file. */
  readonly libraries: readonly string[];
}

/** Folders of Python's own library. */
const STANDARD = /\/(python[\d.]+|lib-dynload|python\d+\.zip)$/;

/** TensorFlow's builds, as the installer names them; tensorflow_estimator and the like have versions of their own. */
const TENSORFLOW = /^(tensorflow|tf_nightly)(_cpu|_gpu|_intel|_rocm|_cpu_aws|_aarch64)?-(\d[^-]*)\.dist-info$/i;

/** Asks `python3`; it imports nothing but what its own start imports, and nothing from the working folder. */
export async function askPython({ env }: Surroundings): Promise<Python> {
  const program = 'import sys; print(sys.version.split()[0], sys.executable, *sys.path[1:], sep="\\n")';
  const [version = '', executable = '', ...folders] = (await runCommand('python3', ['-c', program], env)).split('\n');
  return { version, executable, folders: folders.filter((folder) => folder.startsWith('/') && !STANDARD.test(folder)) };
}

/** Finds TensorFlow by what the installer left, without importing it. */
export async function findPythonTensorFlow({ version: python, folders }: Python): Promise<PythonTensorFlow> {
  for (const place of folders) {
    const [name] = await listNames(place, TENSORFLOW);
    if (name === undefined) continue;
    const folder = join(place, 'tensorflow');
    const libraries = await listNames(folder, /^libtensorflow_(cc|framework)\.so/);
    return {
      version: TENSORFLOW.exec(name)![3]!,
      folder,
      libraries: libraries.map((library) => join(folder, library)),
    };
  }
  throw new Error(`python3 ${python} has none in ${folders.join(', ')}`);
}
