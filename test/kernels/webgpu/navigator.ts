// Gives this process what a browser has: `navigator.gpu`, and the classes of WebGPU.
import { create, globals } from 'webgpu';

/** @returns whether there is an adapter */
export async function provideWebGpu(): Promise<boolean> {
  const gpu = create([]);
  if ((await gpu.requestAdapter()) === null) return false;
  Object.assign(globalThis, globals);
  // Node has a navigator from 21 on
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: {} });
  Object.defineProperty(Reflect.get(globalThis, 'navigator'), 'gpu', { value: gpu });
  return true;
}
