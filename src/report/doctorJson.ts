// The line of `batt doctor --json`.
import type { CudaLook } from '../../kernels/cuda/lookAtCuda.ts';
import { PREFERENCE } from '../../kernels/open.ts';
import type { Answer } from '../doctor/answer.ts';
import type { BackendState } from '../doctor/backends.ts';
import type { CrossoverState, Diagnosis, Installed } from '../doctor/diagnose.ts';
import { whyChosen } from './autoWords.ts';
import { capabilityText } from './numbers.ts';
import { SCHEMA } from './runJson.ts';

/** All that was found; ready for JSON.stringify. Bytes and seconds. */
export function doctorLine({ host, installed, adapters, cuda, backends, crossover, auto }: Diagnosis): object {
  return {
    schema: SCHEMA,
    type: 'doctor',
    engine: host.engine,
    node: host.node,
    cpu: host.cpu,
    memory: host.memory,
    backends: backends.map(backendFields),
    ...installedFields(installed, adapters, cuda),
    crossover: crossoverFields(crossover),
    preference: PREFERENCE,
    auto: auto.map((choice) => {
      const { comparisons, backend } = choice;
      return { comparisons, backend, why: whyChosen(choice, comparisons) };
    }),
  };
}

function backendFields({ name, state }: BackendState): object {
  return {
    name,
    ...answerFields(state, ({ device, openSeconds, note }) => ({
      device,
      open_seconds: openSeconds,
      ...(note === undefined ? {} : { note }),
    })),
  };
}

function installedFields(installed: Installed, adapters: Answer<readonly string[]>, cuda: Answer<CudaLook>): object {
  return {
    gpus: {
      nvidia_smi: answerFields(installed.nvidiaSmi, ({ driver, cuda, gpus }) => ({
        driver,
        ...(cuda === undefined ? {} : { cuda }),
        gpus: gpus.map(({ name, memoryBytes }) => ({
          name,
          ...(memoryBytes === undefined ? {} : { memory: memoryBytes }),
        })),
      })),
      nvidia_driver: answerFields(installed.nvidiaDriver, (driver) => driver),
      webgpu_adapters: answerFields(adapters, (names) => ({ names })),
    },
    cuda: {
      driver: answerFields(installed.cudaDriver, (library) => library),
      nvrtc: answerFields(installed.nvrtc, (libraries) => ({ libraries })),
      gpus: answerFields(cuda, ({ cuda: version, library, gpus, nvrtc }) => ({
        cuda: version,
        library,
        nvrtc: 'reason' in nvrtc ? { present: false, ...nvrtc } : { present: true, ...nvrtc },
        gpus: gpus.map(({ name, memoryBytes, capability }) => ({
          name,
          memory: memoryBytes,
          capability: capabilityText(capability),
        })),
      })),
    },
    tensorflow: {
      python: answerFields(installed.pythonTensorFlow, (found) => found),
      node: answerFields(installed.nodeTensorFlow, (found) => found),
    },
    vulkan: {
      loader: answerFields(installed.vulkanLoader, (library) => library),
      drivers: answerFields(installed.vulkanDrivers, ({ variable, drivers }) => ({
        ...(variable === undefined ? {} : { variable }),
        manifests: drivers.map(({ manifest, library }) => ({
          manifest,
          ...answerFields(library, (file) => ({ library: file })),
        })),
      })),
    },
  };
}

function crossoverFields({ crossover, path, notes }: CrossoverState): object {
  return {
    ...(path === undefined ? {} : { path }),
    ...(crossover === undefined ? {} : { measured: crossover.measured }),
    backends: (crossover?.backends ?? []).map(({ backend, device, openSeconds, points }) => ({
      backend,
      device,
      open_seconds: openSeconds,
      points: points.map(({ comparisons, seconds }) => ({ comparisons, seconds, per_second: comparisons / seconds })),
    })),
    notes,
  };
}

function answerFields<T>(answer: Answer<T>, fields: (found: T) => object): object {
  return 'found' in answer ? { present: true, ...fields(answer.found) } : { present: false, reason: answer.reason };
}
