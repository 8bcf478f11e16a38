// Vulkan: its loader, and the manifests of its drivers in the places where the loader looks.
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Answer, answerOf } from './answer.ts';
import { isFile, listNames, smallText } from './files.ts';
import { findLibraries, type Library } from './libraries.ts';
import { homeFolder, listedFolders, type Surroundings } from './surroundings.ts';

/** A driver, by its manifest. */
export interface VulkanDriver {
  readonly manifest: string;
  /** The driver's library, or why the manifest is of no use. */
  readonly library: Answer<string>;
}

export interface VulkanDrivers {
  /** The variable that named the manifests, in place of the standard folders. */
  readonly variable?: string;
  readonly drivers: readonly VulkanDriver[];
}

/** Finds the loader, `libvulkan.so.1`. */
export async function findVulkanLoader(surroundings: Surroundings): Promise<Library> {
  const [first] = await findLibraries(/^libvulkan\.so\.1$/, [], surroundings);
  return first;
}

/** Finds the manifests. @throws Error that says where was looked, when there is none */
export async function findVulkanDrivers(surroundings: Surroundings): Promise<VulkanDrivers> {
  const variable = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'].find((name) => surroundings.env[name]);
  if (variable !== undefined) {
    const drivers = await manifestsAt(listedFolders(surroundings, variable));
    if (drivers.length === 0) throw new Error(`${variable} names none: ${surroundings.env[variable]}`);
    return { variable, drivers };
  }
  const folders = manifestFolders(surroundings);
  const drivers = await manifestsAt([...listedFolders(surroundings, 'VK_ADD_DRIVER_FILES'), ...folders]);
  if (drivers.length === 0) throw new Error(`no manifest in ${folders.join(', ')}`);
  return { drivers };
}

function manifestFolders(surroundings: Surroundings): string[] {
  const { env, root } = surroundings;
  const home = homeFolder(surroundings);
  const data = [
    ...(home === undefined ? [] : [env.XDG_CONFIG_HOME || join(home, '.config')]),
    ...(env.XDG_CONFIG_DIRS ? listedFolders(surroundings, 'XDG_CONFIG_DIRS') : [join(root, 'etc/xdg')]),
    join(root, 'etc'),
    ...(home === undefined ? [] : [env.XDG_DATA_HOME || join(home, '.local/share')]),
    ...(env.XDG_DATA_DIRS
      ? listedFolders(surroundings, 'XDG_DATA_DIRS')
      : [join(root, 'usr/local/share'), join(root, 'usr/share')]),
  ];
  return data.map((folder) => join(folder, 'vulkan/icd.d'));
}

/** The manifests of a list of files and folders; a file that is not there is one of no use. */
async function manifestsAt(places: readonly string[]): Promise<VulkanDriver[]> {
  const drivers: VulkanDriver[] = [];
  for (const place of places) {
    const names = await listNames(place, /\.json$/);
    const manifests = place.endsWith('.json') ? [place] : names.map((name) => join(place, name));
    for (const manifest of manifests) drivers.push({ manifest, library: await answerOf(() => libraryOf(manifest)) });
  }
  return drivers;
}

async function libraryOf(manifest: string): Promise<string> {
  if (!(await isFile(manifest))) throw new Error('no file is there');
  const document = JSON.parse(await smallText(manifest)) as { ICD?: { library_path?: unknown } } | null;
  const path = document?.ICD?.library_path;
  if (typeof path !== 'string') throw new Error(`found ICD.library_path ${JSON.stringify(path)}, expected a path`);
  if (!path.includes('/')) return path; // the loader looks for a bare name
  const library = isAbsolute(path) ? path : resolve(dirname(manifest), path);
  if (!(await isFile(library))) throw new Error(`its library ${library} is not there`);
  return library;
}
