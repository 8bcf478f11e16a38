// NVIDIA's compiler for kernels at run time.
import type { LibraryHandle } from 'koffi';
import { BackendAbsentError } from '../backend.ts';
import { type Driver, driverVersion, type Koffi } from './driver.ts';
import type { CudaGpu } from './gpus.ts';
import { loadLibrary, nvrtcFolders } from './libraries.ts';

/** The oldest that gives machine code, and says for what: CUDA 11.2. */
const OLDEST = 11;
/** The newest that is asked for. */
const NEWEST = 14;

/** Major and minor number of what a GPU can: 8.9 of an L4 is 89. */
export type Capability = number;

/** The functions that are used; all but one return nvrtcResult. */
const PROTOTYPES = [
  'const char *nvrtcGetErrorString(int result)',
  'int nvrtcVersion(void *major, void *minor)',
  'int nvrtcGetNumSupportedArchs(void *count)',
  'int nvrtcGetSupportedArchs(void *capabilities)',
  'int nvrtcCreateProgram(void *program, const char *source, const char *name, int headers, void *texts, void *names)',
  'int nvrtcCompileProgram(uint64_t program, int count, const char **options)',
  'int nvrtcGetProgramLogSize(uint64_t program, void *bytes)',
  'int nvrtcGetProgramLog(uint64_t program, void *log)',
  'int nvrtcGetCUBINSize(uint64_t program, void *bytes)',
  'int nvrtcGetCUBIN(uint64_t program, void *cubin)',
  'int nvrtcGetPTXSize(uint64_t program, void *bytes)',
  'int nvrtcGetPTX(uint64_t program, void *ptx)',
  'int nvrtcDestroyProgram(void *program)',
];

type Argument = number | bigint | string | NodeJS.ArrayBufferView | readonly string[] | null;

/** An nvrtc that was loaded. */
export class Nvrtc {
  /** Where it was found; its bare name where the loader knew it. */
  readonly file: string;
  /** Such as `12.4`. */
  readonly version: string;
  /** For what it compiles, the least first. */
  readonly capabilities: readonly Capability[];
  readonly #functions: ReadonlyMap<string, (...args: readonly Argument[]) => unknown>;

  /** @throws Error where it is too old or of no use */
  constructor(library: LibraryHandle, file: string) {
    this.file = file;
    try {
      this.#functions = new Map(
        PROTOTYPES.map((prototype) => [/\w+(?=\()/.exec(prototype)![0], library.func(prototype)]),
      );
      const [major, minor] = [new Int32Array(1), new Int32Array(1)];
      this.#call('nvrtcVersion', major, minor);
      this.version = `${major[0]}.${minor[0]}`;
      const count = new Int32Array(1);
      this.#call('nvrtcGetNumSupportedArchs', count);
      const capabilities = new Int32Array(count[0]!);
      this.#call('nvrtcGetSupportedArchs', capabilities);
      this.capabilities = [...capabilities].sort((a, b) => a - b);
    } catch (error) {
      throw new Error(`expected nvrtc of CUDA 11.2 or later: ${(error as Error).message}`);
    }
  }

  /**
   * Compiles CUDA C.
   * @returns machine code for that capability; where this nvrtc does not know it, PTX of the nearest below, which the
   *   driver compiles
   * @throws BackendAbsentError where there is nothing for it, or with the log of the compiler
   */
  compile(source: string, capability: Capability): Uint8Array {
    const target = this.capabilities.findLast((each) => each <= capability);
    if (target === undefined) throw new BackendAbsentError('cuda', this.knowsOnly(capability));
    const isExact = target === capability;
    const program = new BigUint64Array(1);
    try {
      this.#call('nvrtcCreateProgram', program, source, 'batt.cu', 0, null, null);
      try {
        const options = [`--gpu-architecture=${isExact ? 'sm' : 'compute'}_${target}`];
        this.#call('nvrtcCompileProgram', program[0]!, options.length, options);
      } catch (error) {
        throw new Error(`${(error as Error).message}: ${this.#logOf(program[0]!)}`);
      }
      // with a zero byte at its end, as the driver wants PTX
      return this.#bytesOf(isExact ? 'nvrtcGetCUBIN' : 'nvrtcGetPTX', program[0]!);
    } catch (error) {
      throw new BackendAbsentError('cuda', `nvrtc ${this.version} for sm_${capability}: ${(error as Error).message}`);
    } finally {
      if (program[0] !== 0n) this.#call('nvrtcDestroyProgram', program);
    }
  }

  /** Says that it is not for a capability. */
  knowsOnly(capability: Capability): string {
    return `nvrtc ${this.version} knows no sm_${capability}, only ${this.capabilities.join(', ')}`;
  }

  #logOf(program: bigint): string {
    return Buffer.from(this.#bytesOf('nvrtcGetProgramLog', program)).toString().replace(/\0.*/s, '').trim();
  }

  /** What a pair of functions gives: `<name>Size` its bytes, `<name>` the content. */
  #bytesOf(name: string, program: bigint): Uint8Array {
    const size = new BigUint64Array(1);
    this.#call(`${name}Size`, program, size);
    const bytes = new Uint8Array(Number(size[0]));
    this.#call(name, program, bytes);
    return bytes;
  }

  #call(name: string, ...args: readonly Argument[]): void {
    const code = this.#functions.get(name)!(...args);
    if (code !== 0)
      throw new Error(`${name} gave ${code}, ${this.#functions.get('nvrtcGetErrorString')!(code as number)}`);
  }
}

/**
 * Finds an nvrtc for as many GPUs as there is one for: where none knows the oldest of them any more, for the others.
 * @param gpus one at least
 * @throws BackendAbsentError where there is none for any of them; it says why there is none for all
 */
export function loadNvrtc(driver: Driver, gpus: readonly CudaGpu[]): Nvrtc {
  const major = Math.floor(driverVersion(driver) / 1000);
  let reason: unknown;
  for (const least of [...new Set(gpus.map(({ capability }) => capability))].sort((a, b) => a - b)) {
    try {
      return loadNvrtcFrom(driver.koffi, major, least);
    } catch (error) {
      reason ??= error;
    }
  }
  throw reason;
}

/**
 * Finds an nvrtc: best of the driver's CUDA, since a driver runs what compilers of its own major version made, newer ones
 * of it too; else an older one, else a newer one. One that is broken, too old, or no longer knows a GPU, is passed over.
 * @param major major version of the driver's CUDA
 * @param least capability of the oldest GPU that it is to compile for
 */
function loadNvrtcFrom(koffi: Koffi, major: number, least: Capability): Nvrtc {
  const newest = Math.max(major, NEWEST);
  const majors = Array.from({ length: newest - OLDEST + 1 }, (_, k) => newest - k);
  const ordered = [...majors.filter((each) => each <= major), ...majors.filter((each) => each > major).reverse()];
  // those of CUDA 11.2 to 11.8 share a name
  const names = ordered.map((each) => (each === 11 ? 'libnvrtc.so.11.2' : `libnvrtc.so.${each}`));
  const found = loadLibrary(koffi, names, nvrtcFolders(), (library, file) => {
    const nvrtc = new Nvrtc(library, file);
    if (!(nvrtc.capabilities[0]! <= least)) throw new Error(nvrtc.knowsOnly(least));
    return nvrtc;
  });
  if ('made' in found) return found.made;
  if (found.isThere) throw new BackendAbsentError('cuda', `no nvrtc that does: ${found.reason}`);
  // up to 12 the major version is in the wheel's name; that of a later one would make what this driver does not run
  const wheel = `nvidia-cuda-nvrtc${major < 13 ? `-cu${major}` : ''}`;
  throw new BackendAbsentError('cuda', `no nvrtc: ${found.reason}; the CUDA toolkit has it, and pip install ${wheel}`);
}
