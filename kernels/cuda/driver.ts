// The CUDA driver API, as far as it is used, and what its errors mean to a person.
import type { LibraryHandle } from 'koffi';
import { BackendAbsentError } from '../backend.ts';
import { driverFolders, loadLibrary } from './libraries.ts';

/** The package; loaded only where it is used. */
export type Koffi = typeof import('koffi');

/**
 * The functions by their exact names: of several versions of one, that of CUDA 11, which later drivers keep. Handles are
 * numbers of 64 bits, as addresses on the device are; what is written to a pointer goes to an array.
 */
const PROTOTYPES = [
  'int cuInit(unsigned int flags)',
  'int cuDriverGetVersion(void *version)',
  'int cuDeviceGetCount(void *count)',
  'int cuDeviceGet(void *device, int ordinal)',
  'int cuDeviceGetName(void *name, int length, int device)',
  'int cuDeviceGetAttribute(void *value, int attribute, int device)',
  'int cuDeviceTotalMem_v2(void *bytes, int device)',
  'int cuDevicePrimaryCtxRetain(void *context, int device)',
  'int cuDevicePrimaryCtxRelease_v2(int device)',
  'int cuCtxSetCurrent(uint64_t context)',
  'int cuMemGetInfo_v2(void *free, void *total)',
  'int cuMemAlloc_v2(void *address, size_t bytes)',
  'int cuMemFree_v2(uint64_t address)',
  'int cuMemHostRegister_v2(void *words, size_t bytes, unsigned int flags)',
  'int cuMemHostUnregister(void *words)',
  'int cuMemcpyHtoDAsync_v2(uint64_t to, void *from, size_t bytes, uint64_t stream)',
  'int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, uint64_t stream)',
  'int cuMemsetD32Async(uint64_t address, unsigned int value, size_t count, uint64_t stream)',
  'int cuStreamCreate(void *stream, unsigned int flags)',
  'int cuStreamSynchronize(uint64_t stream)',
  'int cuStreamDestroy_v2(uint64_t stream)',
  'int cuEventCreate(void *event, unsigned int flags)',
  'int cuEventRecord(uint64_t event, uint64_t stream)',
  'int cuEventElapsedTime(void *milliseconds, uint64_t start, uint64_t end)',
  'int cuEventDestroy_v2(uint64_t event)',
  'int cuModuleLoadData(void *module, void *image)',
  'int cuModuleGetFunction(void *function, uint64_t module, const char *name)',
  'int cuModuleUnload(uint64_t module)',
  'int cuLaunchKernel(uint64_t function, unsigned int blocksX, unsigned int blocksY, unsigned int blocksZ, ' +
    'unsigned int threadsX, unsigned int threadsY, unsigned int threadsZ, unsigned int sharedBytes, uint64_t stream, ' +
    'void *parameters, void *extra)',
];

/** What helps against an error, by the driver's number of the error (CUresult). */
const MEANINGS: Readonly<Record<number, string>> = {
  2: 'the GPU has too little free memory; nvidia-smi shows who uses it',
  34: 'this libcuda is the stub of the CUDA toolkit, for linking only; the one of the driver must be found first',
  46: 'another process has the GPU for itself',
  100: 'the driver is there and no GPU that it drives, or CUDA_VISIBLE_DEVICES hides them',
  200: 'the driver does not take what nvrtc made; it may be too old for this nvrtc',
  209: 'the driver does not take what nvrtc made; it may be too old for this nvrtc',
  214: 'the memory of the GPU had an error that could not be corrected',
  218: 'the driver does not take what nvrtc made; it may be too old for this nvrtc',
  221: 'the driver cannot compile PTX: libnvidia-ptxjitcompiler is not there',
  222: 'the driver is too old for what nvrtc made',
  700: 'a kernel was at an address that it does not have',
  702: 'a kernel took longer than the GPU allows',
  719: 'a kernel failed, or the GPU did',
  802: 'the GPUs are not ready yet; on machines with NVSwitch the fabric manager must run',
  803: 'libcuda and the driver of the kernel are of different versions',
  804: 'this libcuda, of a compatibility package, does not work with this GPU',
  999: 'the driver does not say why; nvidia-smi or the log of the kernel may',
};

/** A call of the driver that failed. */
export class CudaError extends Error {
  override readonly name = 'CudaError';
  /** The driver's number of the error. */
  readonly code: number;

  /** @param text the driver's name of the error, and what it says of it */
  constructor(call: string, code: number, text: string) {
    const meaning = MEANINGS[code];
    super(`${call} gave ${code}, ${text}${meaning === undefined ? '' : `: ${meaning}`}`);
    this.code = code;
  }
}

/** Does what may fail on a device that was lost: cleaning up hides no reason. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof CudaError)) throw error;
  }
}

/** What the functions take. */
type Argument = number | bigint | string | NodeJS.ArrayBufferView | null;
type Function = (...args: readonly Argument[]) => number;
type Describe = (code: number, text: [string | null]) => number;

/** The driver's library. Every failing call is an error; nothing else is added to what the driver does. */
export class Driver {
  readonly koffi: Koffi;
  /** Where it was found; its bare name where the loader knew it. */
  readonly file: string;
  readonly #functions: ReadonlyMap<string, Function>;
  readonly #name: Describe;
  readonly #text: Describe;

  /** @throws Error where a function is missing */
  constructor(koffi: Koffi, library: LibraryHandle, file: string) {
    this.koffi = koffi;
    this.file = file;
    this.#functions = new Map(
      PROTOTYPES.map((prototype) => [/\w+(?=\()/.exec(prototype)![0], library.func(prototype)]),
    );
    const text = koffi.out(koffi.pointer('str'));
    this.#name = library.func('cuGetErrorName', 'int', ['int', text]);
    this.#text = library.func('cuGetErrorString', 'int', ['int', text]);
  }

  /**
   * Calls a function of the driver.
   * @throws CudaError
   */
  call(name: string, ...args: readonly Argument[]): void {
    const code = this.#functions.get(name)!(...args);
    if (code !== 0) throw new CudaError(name, code, this.#describe(code));
  }

  /** The handle, address or number that a function writes to its first parameter. */
  made(name: string, ...rest: readonly Argument[]): bigint {
    const made = new BigUint64Array(1);
    this.call(name, made, ...rest);
    return made[0]!;
  }

  #describe(code: number): string {
    const words = [this.#name, this.#text].map((describe) => {
      const text: [string | null] = [null];
      return describe(code, text) === 0 ? text[0] : null;
    });
    return words.filter((word) => word !== null).join(', ') || 'an error that the driver has no name for';
  }
}

/**
 * Loads the package koffi.
 * @throws BackendAbsentError where it is not installed, or does not load
 */
export async function loadKoffi(): Promise<Koffi> {
  try {
    return await import('koffi');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    throw new BackendAbsentError(
      'cuda',
      `the package koffi ${isMissing ? 'is not installed' : 'does not load'} (${message.split('\n', 1)}); npm install koffi`,
    );
  }
}

/**
 * Loads the driver's library and initialises it.
 * @param file where it is known to be
 * @throws BackendAbsentError where there is no library, or it finds no GPU or does not work
 */
export function openDriver(koffi: Koffi, file?: string): Driver {
  const make = (library: LibraryHandle, path: string): Driver => {
    try {
      return new Driver(koffi, library, path);
    } catch (error) {
      throw new Error(`too old, or no driver: ${(error as Error).message}`);
    }
  };
  const found = loadLibrary(koffi, ['libcuda.so.1'], driverFolders(), make, file);
  if ('reason' in found) throw new BackendAbsentError('cuda', `no NVIDIA driver: ${found.reason}`);
  const driver = found.made;
  try {
    driver.call('cuInit', 0);
  } catch (error) {
    throw absent(error);
  }
  return driver;
}

/** What a failure while opening means: the backend is absent. */
export function absent(error: unknown): unknown {
  return error instanceof CudaError ? new BackendAbsentError('cuda', error.message) : error;
}

/** The newest CUDA that the driver runs: 12.4 is 12040. */
export function driverVersion(driver: Driver): number {
  return Number(driver.made('cuDriverGetVersion')) & 0xffffffff;
}

/** A version as CUDA writes it in one number: 12040 is `12.4`. */
export function versionText(version: number): string {
  return `${Math.floor(version / 1000)}.${Math.floor((version % 1000) / 10)}`;
}
