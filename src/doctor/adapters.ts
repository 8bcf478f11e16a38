// The graphics adapters that WebGPU finds.

/** A name that no adapter has. */
const NOBODY = '(none)';

/**
 * Names of all adapters, software ones among them, each with the interface it is reached by, such as `vulkan`.
 * @throws Error where the package is not installed or finds none
 */
export async function listAdapters(): Promise<string[]> {
  const webgpu = await import('webgpu').catch((error: NodeJS.ErrnoException) => {
    throw error.code?.endsWith('MODULE_NOT_FOUND') ? new Error('the package webgpu is not installed') : error;
  });
  // There is no call that lists them; an adapter that does not exist is refused with the names of those that do.
  const refusal = await webgpu
    .create([`adapter=${NOBODY}`])
    .requestAdapter()
    .then(
      () => '',
      (error: unknown) => String(error),
    );
  const names = Array.from(
    refusal.matchAll(/backend: '([^']*)', name: '([^']*)'/g),
    ([, backend, name]) => `${name} (${backend})`,
  );
  if (names.length === 0) throw new Error('the package webgpu finds no adapter');
  return names;
}
