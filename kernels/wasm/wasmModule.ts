// The WASM module of the kernels: its exports, compiled once a process.
import { BackendAbsentError } from '../backend.ts';
import { WASM_BASE64 } from './binary.ts';

/** The exports, see `assembly/`: arguments are byte offsets in the memory, and counts. */
export interface Kernels {
  gridMatch(outputs: number, expected: number, index: number, result: number, rows: number): void;
  scoreTable(
    match: number,
    candidate: number,
    sample: number,
    weights: number,
    sums: number,
    rows: number,
    firstCandidate: number,
    candidates: number,
    firstSample: number,
    samples: number,
  ): void;
  /** 1 when a block of the job was computed, 0 when none was left. */
  work(job: number): number;
}

let compiled: WebAssembly.Module | undefined;

/**
 * The compiled module.
 * @throws BackendAbsentError where WASM or its SIMD is not there
 */
export function wasmModule(): WebAssembly.Module {
  try {
    compiled ??= new WebAssembly.Module(Buffer.from(WASM_BASE64, 'base64'));
  } catch (error) {
    throw new BackendAbsentError('wasm', `its kernels do not compile, they need WASM with SIMD (${error})`);
  }
  return compiled;
}

/** The kernels on a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Kernels;
}
