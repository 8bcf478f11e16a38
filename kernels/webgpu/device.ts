// A device of our own, and tfjs's WebGPU backend on it, beside whatever else the process does with tfjs.
/// <reference types="@webgpu/types" />
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { BackendAbsentError } from '../backend.ts';
import type { NamedAdapter } from './adapters.ts';
import { loaded } from './packages.ts';

/** What tfjs's backend looks for in the global scope while it runs. */
const GLOBALS = ['GPUBuffer', 'GPUTexture', 'GPUBufferUsage', 'GPUTextureUsage', 'GPUMapMode'];

/**
 * Opens a device with all that its adapter can do.
 * @throws BackendAbsentError with the reason
 */
export async function openDevice({ adapter, name }: NamedAdapter): Promise<GPUDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension } = adapter.limits;
  try {
    return await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize, maxComputeWorkgroupsPerDimension },
    });
  } catch (error) {
    throw new BackendAbsentError('webgpu', `the adapter ${name} gives no device: ${error}`);
  }
}

/**
 * tfjs's WebGPU backend on a device. tfjs's registry of backends stays as it is; classes of WebGPU that are not global yet become
 * so.
 * @throws BackendAbsentError where a package is not installed
 */
export async function tfjsOn(device: GPUDevice): Promise<WebGPUBackend> {
  const { globals } = await loaded('webgpu', import('webgpu'));
  const tfjs = await loaded('@tensorflow/tfjs-backend-webgpu', import('@tensorflow/tfjs-backend-webgpu'));
  for (const each of GLOBALS) {
    if (!(each in globalThis)) Object.defineProperty(globalThis, each, { value: Reflect.get(globals, each) });
  }
  return withNavigator(() => new tfjs.WebGPUBackend(device));
}

/** Calls `make` with a `navigator.gpu`, whose presence is all that tfjs asks for. */
function withNavigator<T>(make: () => T): T {
  const scope = globalThis as { navigator?: { gpu?: unknown } };
  if (scope.navigator?.gpu !== undefined) return make();
  // Node has a navigator from 21 on
  const place = scope.navigator === undefined ? scope : scope.navigator;
  const [key, value] = place === scope ? ['navigator', { gpu: {} }] : ['gpu', {}];
  Object.defineProperty(place, key, { value, configurable: true });
  try {
    return make();
  } finally {
    Reflect.deleteProperty(place, key);
  }
}
