// The graphics adapters that Dawn finds, and the choice of one.
/// <reference types="@webgpu/types" />
import { BackendAbsentError } from '../backend.ts';
import { loaded } from './packages.ts';

/** An adapter, with its driver's name for it where it is known. */
export interface NamedAdapter {
  readonly adapter: GPUAdapter;
  readonly name: string;
}

type Create = typeof import('webgpu').create;

/** A name that no adapter has. */
const NOBODY = '(none)';

/** Dawn would end under an adapter in use once its instance is collected, so that instances live as long as the process. */
const instances: GPU[] = [];

/**
 * Chooses an adapter: the fastest; or the first in whose name `wanted` occurs, or else in whose vendor, architecture, device or
 * driver. Of adapters with one name only the first can be chosen.
 * @throws BackendAbsentError with the reason, and with the names that there are
 */
export async function chooseAdapter(wanted: string | undefined): Promise<NamedAdapter> {
  const { create } = await loaded('webgpu', import('webgpu'));
  const names = await adapterNames(create);
  if (wanted !== undefined) {
    const isIn = (name: string) => Number(name.toLowerCase().includes(wanted.toLowerCase()));
    for (const name of names.toSorted((a, b) => isIn(b) - isIn(a))) {
      const adapter = await request(create, [`adapter=${name}`]);
      if (adapter === null) continue;
      const { vendor, architecture, device, description } = adapter.info;
      if ([name, vendor, architecture, device, description].some(isIn)) return { adapter, name };
    }
    throw new BackendAbsentError('webgpu', `no adapter is called ${wanted}, expected one of: ${names.join(', ')}`);
  }
  const adapter = await request(create, []);
  if (adapter === null) throw new BackendAbsentError('webgpu', whyNone());
  const { device, description } = adapter.info;
  const name = names.find((each) => lettersOf(each) === lettersOf(device));
  return { adapter, name: name ?? (device || description) };
}

/**
 * Names of all adapters, software ones among them, each once.
 * @throws BackendAbsentError where there is none
 */
export async function adapterNames(create: Create): Promise<string[]> {
  // There is no call that lists them; an adapter that does not exist is refused with the names of those that do.
  const refusal = await request(create, [`adapter=${NOBODY}`]).catch(String);
  if (typeof refusal !== 'string') throw new BackendAbsentError('webgpu', whyNone());
  return [...new Set(Array.from(refusal.matchAll(/backend: '[^']*', name: '([^']*)'/g), ([, name]) => name!))];
}

function request(create: Create, options: readonly string[]): Promise<GPUAdapter | null> {
  // Time stamps are rounded to 65 µs unless told otherwise, which is as long as a kernel takes.
  const gpu = create([...options, 'disable-dawn-features=timestamp_quantization']);
  instances.push(gpu);
  return gpu.requestAdapter({ powerPreference: 'high-performance' });
}

/** What a name and the device in an adapter's info have in common: the info is in lower case, with dashes. */
function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function whyNone(): string {
  if (process.platform !== 'linux') return 'no graphics adapter was found';
  const loader = 'libvulkan.so.1';
  if (!canOpen(loader)) return `the Vulkan loader ${loader} does not load; Debian's package libvulkan1 has it`;
  return (
    'the Vulkan loader finds no driver that works; a driver has a manifest in /usr/share/vulkan/icd.d or /etc/vulkan/icd.d, ' +
    'or is named by VK_DRIVER_FILES or VK_ICD_FILENAMES'
  );
}

function canOpen(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (error) {
    // Once it is open it is refused for being no addon.
    return String(error).includes('did not self-register');
  }
}
