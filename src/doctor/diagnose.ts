// Looks at all that a run may meet on this machine.
import type { BackendName } from '../../kernels/backend.ts';
import type { CudaLook } from '../../kernels/cuda/lookAtCuda.ts';
import { tfjsNodeFolders } from '../../kernels/tensorflow/addon.ts';
import { type AutoChoice, chooseBackend } from '../backend/auto.ts';
import type { Crossover } from '../backend/crossover.ts';
import { crossoverPath, readCrossover } from '../backend/crossoverFile.ts';
import { machineTraits } from '../backend/machine.ts';
import { type Answer, answerOf, reasonOf } from './answer.ts';
import {
  type BackendState,
  crossoverOf,
  findAdapters,
  findBackends,
  findCuda,
  isOf,
  measureBackends,
} from './backends.ts';
import { findCudaDriver, findNvrtc } from './cuda.ts';
import { describeHost, type Host } from './host.ts';
import type { Library } from './libraries.ts';
import { findNodeTensorFlow, type NodeTensorFlow } from './nodeTensorFlow.ts';
import { askNvidiaSmi, findNvidiaDriver, type KernelDriver, type NvidiaSmi } from './nvidia.ts';
import { askPython, findPythonTensorFlow, type PythonTensorFlow } from './python.ts';
import { saveCrossover } from './saveCrossover.ts';
import type { Surroundings } from './surroundings.ts';
import { findVulkanDrivers, findVulkanLoader, type VulkanDrivers } from './vulkan.ts';

/** What is installed, loaded or plugged in, found without loading any of it. */
export interface Installed {
  readonly nvidiaSmi: Answer<NvidiaSmi>;
  readonly nvidiaDriver: Answer<KernelDriver>;
  readonly cudaDriver: Answer<Library>;
  readonly nvrtc: Answer<readonly Library[]>;
  readonly pythonTensorFlow: Answer<PythonTensorFlow>;
  readonly nodeTensorFlow: Answer<NodeTensorFlow>;
  readonly vulkanLoader: Answer<Library>;
  readonly vulkanDrivers: Answer<VulkanDrivers>;
}

/** What was measured, now or before. */
export interface CrossoverState {
  /** Undefined where nothing could be measured. */
  readonly crossover?: Crossover;
  /** Where it is kept; undefined where the user has no cache folder. */
  readonly path?: string;
  /** What is wrong with the file, or with keeping it, and why it was measured anew. */
  readonly notes: readonly string[];
}

/** What `auto` would choose for a number of comparisons. */
interface Chosen extends AutoChoice {
  readonly comparisons: number;
}

export interface Diagnosis {
  readonly host: Host;
  readonly installed: Installed;
  /** Adapters that WebGPU finds. */
  readonly adapters: Answer<readonly string[]>;
  /** What CUDA finds. */
  readonly cuda: Answer<CudaLook>;
  readonly backends: readonly BackendState[];
  readonly crossover: CrossoverState;
  readonly auto: readonly Chosen[];
}

export interface DiagnoseOptions {
  /** The command batt: backends are tried in processes of it. */
  readonly program: string;
  /** Whether to measure even where that was done before. */
  readonly measure: boolean;
  /** Is told which backend is measured next. */
  readonly telling: (name: BackendName) => void;
}

/** Numbers of comparisons for which the choice of `auto` is shown. */
const CHOSEN_FOR = [1e3, 1e5, 1e7];

/** Looks at everything. What is absent, fails or hangs is reported; every part has a limit of time. */
export async function diagnose({ program, measure, telling }: DiagnoseOptions): Promise<Diagnosis> {
  const surroundings: Surroundings = { root: '/', env: process.env };
  const host = describeHost();
  const traits = machineTraits();
  const path = await answerOf(() => crossoverPath(traits));
  const kept = 'found' in path ? readCrossover(path.found, traits) : { note: `no cache folder: ${path.reason}` };
  const notes = kept.note === undefined ? [] : [kept.note];
  let crossover = measure ? undefined : kept.crossover;
  // first all that may run side by side, then, with the machine at rest, what is measured
  const [installed, adapters, cuda, found] = await Promise.all([
    findInstalled(surroundings),
    answerOf(() => findAdapters(program), 60),
    answerOf(() => findCuda(program), 60),
    crossover === undefined ? undefined : findBackends(program),
  ]);
  let backends = found;
  if (crossover !== undefined && backends !== undefined && !isOf(crossover, backends)) {
    notes.push('measured anew: other backends or devices are there than were measured');
    backends = undefined;
  }
  if (backends === undefined) {
    backends = await measureBackends(program, telling);
    crossover = crossoverOf(backends, new Date());
    if ('found' in path && crossover !== undefined) {
      await saveCrossover(path.found, traits, crossover).catch((error: unknown) => {
        notes.push(`not kept, so that runs do not know of it: ${reasonOf(error)}`);
      });
    }
  }
  // what a run will read, which is not what was measured where that could not be kept
  const known = 'found' in path ? readCrossover(path.found, traits).crossover : undefined;
  return {
    host,
    installed,
    adapters,
    cuda,
    backends,
    crossover: {
      notes,
      ...(crossover === undefined ? {} : { crossover }),
      ...('found' in path ? { path: path.found } : {}),
    },
    auto: CHOSEN_FOR.map((comparisons) => ({ comparisons, ...chooseBackend(known, comparisons) })),
  };
}

/** Looks for everything at the same time. */
export async function findInstalled(surroundings: Surroundings): Promise<Installed> {
  const python = answerOf(() => askPython(surroundings));
  const [nvidiaSmi, nvidiaDriver, cudaDriver, nvrtc, pythonTensorFlow, nodeTensorFlow, vulkanLoader, vulkanDrivers] =
    await Promise.all([
      answerOf(() => askNvidiaSmi(surroundings), 15),
      answerOf(() => findNvidiaDriver(surroundings)),
      answerOf(() => findCudaDriver(surroundings)),
      answerOf(async () => {
        const asked = await python;
        return findNvrtc('found' in asked ? asked.found.folders : [], surroundings);
      }, 20),
      answerOf(async () => {
        const asked = await python;
        if ('reason' in asked) throw new Error(asked.reason);
        return findPythonTensorFlow(asked.found);
      }, 20),
      answerOf(() => findNodeTensorFlow(tfjsNodeFolders(surroundings.env))),
      answerOf(() => findVulkanLoader(surroundings)),
      answerOf(() => findVulkanDrivers(surroundings)),
    ]);
  return {
    nvidiaSmi,
    nvidiaDriver,
    cudaDriver,
    nvrtc,
    pythonTensorFlow,
    nodeTensorFlow,
    vulkanLoader,
    vulkanDrivers,
  };
}
