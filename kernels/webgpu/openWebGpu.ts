// The backend `webgpu`: the ops in WGSL, through tfjs.
import type { OpenOptions } from '../backend.ts';
import { chooseAdapter } from './adapters.ts';
import { openDevice, tfjsOn } from './device.ts';
import { WebGpuBackend } from './webGpuBackend.ts';

/**
 * Opens the backend on the fastest adapter, or on the first one in whose name `device` occurs, or else in whose vendor,
 * architecture, device or driver. An adapter in software is taken when there is no other, or when it is named.
 * @param partBytes the most to hand to the device as one array
 * @throws BackendAbsentError where a package, a driver or that adapter is not there
 */
export async function openWebGpu(
  { device }: Pick<OpenOptions, 'device'> = {},
  partBytes?: number,
): Promise<WebGpuBackend> {
  const start = performance.now();
  const named = await chooseAdapter(device);
  const tfjs = await tfjsOn(await openDevice(named));
  const backend = new WebGpuBackend(tfjs, `${named.name} (${named.adapter.info.description})`, partBytes);
  backend.clock.book('load', (performance.now() - start) / 1000);
  return backend;
}
