// What CUDA finds on this machine, without computing anything on it.
import { BackendAbsentError } from '../backend.ts';
import { driverVersion, loadKoffi, openDriver, versionText } from './driver.ts';
import { type CudaGpu, listGpus } from './gpus.ts';
import { loadNvrtc } from './nvrtc.ts';

/** A driver that works, its GPUs, and the compiler that goes with it. */
export interface CudaLook {
  /** The newest CUDA that the driver runs, such as `12.4`. */
  readonly cuda: string;
  /** The driver's library; its bare name where the loader knew it. */
  readonly library: string;
  /** Those that `CUDA_VISIBLE_DEVICES` leaves visible. */
  readonly gpus: readonly CudaGpu[];
  /** The one that would be used, or why there is none. */
  readonly nvrtc: { readonly file: string; readonly version: string } | { readonly reason: string };
}

/**
 * Loads koffi, the driver and nvrtc.
 * @throws BackendAbsentError where koffi, a driver that works or a GPU is missing
 */
export async function lookAtCuda(): Promise<CudaLook> {
  const koffi = await loadKoffi();
  const driver = openDriver(koffi);
  const gpus = listGpus(driver);
  const found = { cuda: versionText(driverVersion(driver)), library: driver.file, gpus };
  try {
    const { file, version } = loadNvrtc(driver, gpus);
    return { ...found, nvrtc: { file, version } };
  } catch (error) {
    if (!(error instanceof BackendAbsentError)) throw error;
    return { ...found, nvrtc: { reason: error.reason } };
  }
}
