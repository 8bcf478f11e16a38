// Errors of the CUDA driver, and what they mean to a person.

/** What helps, by the driver's number of the error (CUresult). */
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
