// What `batt doctor` tells a person.

import { PREFERENCE } from '../../kernels/open.ts';
import type { Crossover } from '../backend/crossover.ts';
import type { Answer } from '../doctor/answer.ts';
import type { CrossoverState, Diagnosis } from '../doctor/diagnose.ts';
import type { Library } from '../doctor/libraries.ts';
import type { VulkanDriver } from '../doctor/vulkan.ts';
import { whyChosen } from './autoWords.ts';
import { columns } from './columns.ts';
import { capabilityText, duration, grouped, plural, rate } from './numbers.ts';
import type { Style } from './style.ts';

/** A line: what it is about, and what was found; one that says that something is absent stands back. */
interface Line {
  readonly label: string;
  readonly text: string;
  readonly absent: boolean;
}

/** Width of the labels. */
const LABELS = 15;

/** All that was found, in sections. */
export function doctorText(diagnosis: Diagnosis, style: Style): string {
  const { installed, adapters, cuda, backends, crossover, auto } = diagnosis;
  const { nvidiaSmi, nvidiaDriver, cudaDriver, nvrtc } = installed;
  const section = (title: string, lines: readonly Line[]): string[] => [
    style.bold(title),
    ...lines.map((line) => inStyle(line, style)),
    '',
  ];
  const lines = [
    ...section(`batt ${diagnosis.host.engine}`, hostLines(diagnosis)),
    ...section(
      'Backends',
      backends.flatMap(({ name, state }) =>
        answerLines(name, state, ({ device, note }) => [device, ...(note === undefined ? [] : [`but: ${note}`])]),
      ),
    ),
    ...section('GPUs', [
      ...answerLines('nvidia-smi', nvidiaSmi, ({ gpus, driver, cuda }) => [
        ...gpus.map(({ name, memoryBytes }) => (memoryBytes ? `${name}, ${gibibytes(memoryBytes)}` : name)),
        `driver ${driver}${cuda === undefined ? '' : `, runs CUDA up to ${cuda}`}`,
      ]),
      ...answerLines('NVIDIA driver', nvidiaDriver, ({ version, gpus }) => [[version, ...gpus].join(', ')]),
      ...answerLines('WebGPU', adapters, (names) => names),
    ]),
    ...section('CUDA', [
      ...answerLines('driver', cudaDriver, (library) => [libraryText(library)]),
      ...answerLines('nvrtc', nvrtc, (libraries) => libraries.map(libraryText)),
      ...answerLines('GPUs', cuda, ({ cuda: version, gpus, nvrtc: compiler }) => [
        ...gpus.map(
          ({ name, memoryBytes, capability }) =>
            `${name}, ${gibibytes(memoryBytes)}, compute capability ${capabilityText(capability)}`,
        ),
        `runs CUDA up to ${version}, ${'reason' in compiler ? compiler.reason : `kernels by nvrtc ${compiler.version}, ${compiler.file}`}`,
      ]),
    ]),
    ...section('TensorFlow', [
      ...answerLines('for Python', installed.pythonTensorFlow, ({ version, folder, libraries }) => [
        `${version}, ${folder}${libraries.length === 0 ? ', without the libraries of its C API' : ''}`,
      ]),
      ...answerLines('for Node', installed.nodeTensorFlow, ({ name, version, addon }) => [
        `${name} ${version}, ${addon}`,
      ]),
    ]),
    ...section('Vulkan', [
      ...answerLines('loader', installed.vulkanLoader, (library) => [libraryText(library)]),
      ...answerLines('drivers', installed.vulkanDrivers, ({ variable, drivers }) => [
        ...(variable === undefined ? [] : [`named by ${variable}`]),
        ...drivers.map(manifestText),
      ]),
    ]),
    ...crossoverLines(crossover, style),
    style.bold('What --backend auto chooses'),
    ...columns(
      auto.map((choice) => [grouped(choice.comparisons), choice.backend, whyChosen(choice, choice.comparisons)]),
      'rll',
    ).map((line) => `  ${line}`),
    style.dim(`  of those that are about as fast: the first of ${PREFERENCE.join(', ')}`),
  ];
  return lines.join('\n');
}

function hostLines({ host: { node, cpu, memory } }: Diagnosis): Line[] {
  const supported = node.supported
    ? `in the supported range ${node.expected}`
    : `NOT supported, expected ${node.expected}`;
  const limit = memory.limit === undefined ? '' : `, limited to ${gibibytes(memory.limit)}`;
  return [
    present('Node', `${node.version} ${node.platform} ${node.arch}, ${supported}`),
    present('', node.path),
    present('CPU', `${cpu.model}, ${plural(cpu.cores, 'core')}, ${grouped(cpu.usable)} usable`),
    present('memory', `${gibibytes(memory.total)}${limit}, ${gibibytes(memory.available)} available`),
  ];
}

function crossoverLines({ crossover, path, notes }: CrossoverState, style: Style): string[] {
  return [
    style.bold('Measured: comparisons a second, with upload and readback'),
    ...(crossover === undefined ? [style.dim('  nothing could be measured')] : tableLines(crossover, style)),
    ...(crossover === undefined
      ? []
      : [`  ${crossover.measured.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}, ${path ?? 'not kept'}`]),
    ...notes.map((note) => style.red(`  ${note}`)),
    '',
  ];
}

function tableLines({ backends }: Crossover, style: Style): string[] {
  const sizes = [...new Set(backends.flatMap(({ points }) => points.map(({ comparisons }) => comparisons)))];
  const rows = [
    ['comparisons', ...backends.map(({ backend }) => backend)],
    ['opening', ...backends.map(({ openSeconds }) => duration(openSeconds))],
    ...sizes
      .sort((a, b) => a - b)
      .map((size) => [
        grouped(size),
        ...backends.map(({ points }) => {
          const point = points.find(({ comparisons }) => comparisons === size);
          return point === undefined ? '–' : rate(size / point.seconds);
        }),
      ]),
  ];
  const [head, ...lines] = columns(rows, 'r'.repeat(backends.length + 1));
  return [style.dim(`  ${head}`), ...lines.map((line) => `  ${line}`)];
}

function answerLines<T>(label: string, answer: Answer<T>, texts: (found: T) => readonly string[]): Line[] {
  if ('reason' in answer) return [{ label, text: `absent: ${answer.reason}`, absent: true }];
  return labelled(texts(answer.found), label);
}

function labelled(texts: readonly string[], label = ''): Line[] {
  return texts.map((text, k) => present(k === 0 ? label : '', text));
}

function present(label: string, text: string): Line {
  return { label, text, absent: false };
}

function inStyle({ label, text, absent }: Line, style: Style): string {
  const line = `  ${label.padEnd(LABELS)}${text}`.trimEnd();
  return absent ? style.dim(line) : line;
}

function libraryText({ file, version }: Library): string {
  return version === undefined ? file : `${version}, ${file}`;
}

function manifestText({ manifest, library }: VulkanDriver): string {
  return 'found' in library ? `${manifest} (${library.found})` : `${manifest}: of no use: ${library.reason}`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
