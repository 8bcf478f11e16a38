// A lane for each GPU, the kernels loaded.
import { existsSync } from 'node:fs';
import { BackendAbsentError, type Held } from '../backend.ts';
import { computed, type Ops } from '../spread.ts';
import type { StepClock, StepSeconds } from '../stepClock.ts';
import { CUDA_SOURCE, cudaOps } from './cudaOps.ts';
import { type CudaLane, CudaThread } from './cudaThread.ts';
import { CudaError, type Driver, driverVersion, versionText } from './driver.ts';
import { Gpu, releaseContext } from './gpu.ts';
import type { CudaGpu } from './gpus.ts';
import { type Capability, loadNvrtc, type Nvrtc } from './nvrtc.ts';

/** A GPU that is open. */
interface OpenGpu {
  readonly gpu: CudaGpu;
  readonly lane: CudaLane;
  /** Records that it computes at once. */
  readonly partRecords: number;
}

/** A GPU that did not open. */
interface ShutGpu {
  readonly gpu: CudaGpu;
  readonly lane: CudaLane;
  readonly error: BackendAbsentError;
}

/**
 * Opens GPUs, one at least, a thread each; without a program for it the calling thread does it all.
 * @param all whether one that does not open is an error; otherwise it is left out, as long as another one opens
 * @param clock is told of the time that compiling takes
 * @param program `worker.ts`, built
 * @throws BackendAbsentError
 */
export async function openLanes(
  driver: Driver,
  gpus: readonly CudaGpu[],
  { all, clock, program }: { all: boolean; clock: StepClock; program: URL },
): Promise<{ open: readonly OpenGpu[]; shut: readonly ShutGpu[] }> {
  const isBuilt = existsSync(program);
  // the threads make their contexts while the kernels are compiled here
  const lanes = gpus.map(({ ordinal }) =>
    isBuilt
      ? new CudaThread(program, { file: driver.file, ordinal }, () => releaseContext(driver, ordinal))
      : new CudaHere(driver, ordinal),
  );
  try {
    const nvrtc = loadNvrtc(driver, gpus);
    const kernels = `kernels by nvrtc ${nvrtc.version} for a driver of CUDA ${versionText(driverVersion(driver))}`;
    const imageFor = imagesOf(nvrtc);
    const tried = await Promise.all(
      gpus.map(async (gpu, k): Promise<OpenGpu | ShutGpu> => {
        const lane = lanes[k]!;
        try {
          const image = clock.time('compile', () => imageFor(gpu.capability));
          return { gpu, lane, partRecords: await lane.open(image, kernels) };
        } catch (error) {
          if (!(error instanceof BackendAbsentError)) throw error;
          return { gpu, lane, error };
        }
      }),
    );
    const shut = tried.filter((each) => 'error' in each);
    if (shut.length > (all ? 0 : gpus.length - 1)) throw shut[0]!.error;
    await Promise.all(shut.map(({ lane }) => lane.close()));
    return { open: tried.filter((each) => 'partRecords' in each), shut };
  } catch (error) {
    await Promise.all(lanes.map((lane) => lane.close()));
    throw error;
  }
}

/** The kernels for a GPU, compiled once for GPUs of one kind. */
function imagesOf(nvrtc: Nvrtc): (capability: Capability) => Uint8Array {
  const images = new Map<Capability, Uint8Array>();
  return (capability) => {
    const image = images.get(capability) ?? nvrtc.compile(CUDA_SOURCE, capability);
    images.set(capability, image);
    return image;
  };
}

/** A GPU used by the calling thread: in the sources, which have no program for another one. */
class CudaHere implements CudaLane {
  readonly #driver: Driver;
  readonly #ordinal: number;
  #gpu: Gpu | undefined;
  #ops: Ops | undefined;

  constructor(driver: Driver, ordinal: number) {
    this.#driver = driver;
    this.#ordinal = ordinal;
  }

  get held(): Held {
    return { tensors: 0, buffers: this.#gpu?.held ?? 0 };
  }

  get steps(): StepSeconds {
    return this.#gpu!.steps;
  }

  async open(image: Uint8Array, kernels: string): Promise<number> {
    try {
      this.#gpu = new Gpu(this.#driver, this.#ordinal);
      this.#gpu.load(image);
    } catch (error) {
      if (!(error instanceof CudaError)) throw error;
      throw new BackendAbsentError('cuda', `GPU ${this.#ordinal}: ${error.message} (${kernels})`);
    }
    this.#ops = cudaOps(this.#gpu);
    return this.#gpu.partRecords;
  }

  pin(words: Int32Array): void {
    this.#gpu!.pin(words);
  }

  async call(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[] = []): Promise<Int32Array[]> {
    return computed(this.#ops!, op, arrays, numbers);
  }

  async close(): Promise<void> {
    this.#gpu?.close();
  }
}
