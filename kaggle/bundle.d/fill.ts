// Fills the tree of the bundle, part by part.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dropVersion } from './elf.ts';
import { unpackDebian, unpackNpm } from './fetch.ts';
import type { Part } from './licences.ts';
import { DEBIAN, type DebianPart, INSTALLED, type InstalledPart, NPM, type NpmPart } from './parts.ts';
import { filesBelow, type Tree } from './tree.ts';

interface PackageJson {
  readonly version: string;
  readonly license: string;
}

const OWN_LICENCES = 'kaggle/bundle.d/licences';

/**
 * Adds everything but the index of licences and the manifest; the working folder is that of the clone, with `dist` built.
 * @param scratch for unpacked packages
 */
export async function fillTree(tree: Tree, scratch: string): Promise<Part[]> {
  return [
    batt(tree),
    node(tree, scratch),
    ...INSTALLED.map((part) => installed(tree, part)),
    tfjsNode(tree, scratch),
    ...(await compilerLibraries(tree, scratch)),
    await vulkanLoader(tree, scratch),
  ];
}

function batt(tree: Tree): Part {
  const part = 'arc-batt';
  const dist = filesBelow('dist').filter((path) => /\.c?js$/.test(path)); // no maps, types, compiled forms of another Node
  tree.copy('dist', dist, 'dist', part);
  tree.copy('examples', filesBelow('examples'), 'examples', part);
  const scripts = ['link-tensorflow'].filter((name) => existsSync(join('scripts', name)));
  tree.copy('scripts', scripts, 'scripts', part);
  tree.copy('kaggle', ['run.sh'], '', part);
  tree.copy('.', ['package.json'], '', part);
  const { version, license: licence } = json('package.json');
  tree.add('licences/arc-batt/LICENSE', part, readFileSync('LICENSE'));
  return { name: part, version, licence, source: 'this commit', licences: ['arc-batt/LICENSE'] };
}

function node(tree: Tree, scratch: string): Part {
  const folder = join(scratch, 'node');
  unpackNpm(NPM.node, folder);
  tree.copy(folder, ['bin/node'], '', 'node');
  // for scripts/link-tensorflow
  const headers = ['node_api.h', 'node_api_types.h', 'js_native_api.h', 'js_native_api_types.h'];
  tree.copy(
    folder,
    headers.map((name) => `include/node/${name}`),
    '',
    'node',
  );
  tree.copy(folder, ['LICENSE'], 'licences/node', 'node');
  return { ...fromNpm(NPM.node), name: 'node', licence: 'MIT', licences: ['node/LICENSE'] };
}

function installed(tree: Tree, { name, files, licence, text, note }: InstalledPart): Part {
  const folder = `node_modules/${name}`;
  const { version, license } = json(`${folder}/package.json`);
  if (files.length > 0) tree.copy(folder, ['package.json', ...files], folder, name);
  const from = [folder, 'node_modules', OWN_LICENCES].find((place) => existsSync(join(place, text)));
  if (from === undefined) throw new Error(`found no ${text} of ${name}`);
  const copy = `${name}/${text.split('/').at(-1)}`;
  tree.add(`licences/${copy}`, name, readFileSync(join(from, text)));
  const part = { name, version, licence: licence ?? license, source: npm(name, version), licences: [copy] };
  return note === undefined ? part : { ...part, note };
}

/** The sources of tfjs-node's addon, which scripts/link-tensorflow builds for the TensorFlow that is there. */
function tfjsNode(tree: Tree, scratch: string): Part {
  const folder = join(scratch, 'tfjs-node');
  unpackNpm(NPM.tfjsNode, folder);
  const { name } = NPM.tfjsNode;
  const sources = filesBelow(folder).filter((path) => path.startsWith('binding/'));
  tree.copy(folder, ['package.json', ...sources], `node_modules/${name}`, name);
  tree.copy(OWN_LICENCES, ['Apache-2.0.txt'], `licences/${name}`, name);
  return { ...fromNpm(NPM.tfjsNode), licence: 'Apache-2.0', licences: [`${name}/Apache-2.0.txt`] };
}

async function compilerLibraries(tree: Tree, scratch: string): Promise<Part[]> {
  const folder = join(scratch, 'gcc');
  for (const part of [DEBIAN.libstdcxx, DEBIAN.libgcc, DEBIAN.gccBase]) await unpackDebian(part, folder);
  // Debian's needs glibc 2.36 for arc4random alone; only std::random_device calls it, which nothing in the bundle does
  const libstdcxx = readFileSync(join(folder, 'usr/lib/x86_64-linux-gnu/libstdc++.so.6'));
  dropVersion(libstdcxx, 'libc.so.6', 'GLIBC_2.36');
  tree.add('lib/cxx/libstdc++.so.6', DEBIAN.libstdcxx.name, libstdcxx);
  tree.copy(join(folder, 'lib/x86_64-linux-gnu'), ['libgcc_s.so.1'], 'lib/cxx', DEBIAN.libgcc.name);
  const copyright = `${DEBIAN.gccBase.name}/copyright`;
  tree.copy(join(folder, 'usr/share/doc'), [copyright], 'licences', DEBIAN.gccBase.name);
  tree.copy(OWN_LICENCES, ['GPL-3.0.txt'], 'licences', DEBIAN.gccBase.name);
  const licence = 'GPL-3.0-or-later WITH GCC-exception-3.1';
  const licences = [copyright, 'GPL-3.0.txt'];
  const note =
    'modified: arc4random is needed without its version GLIBC_2.36 (kaggle/bundle.d/elf.ts); the source is that of gcc-12';
  return [
    { ...fromDebian(DEBIAN.libstdcxx), licence, licences, note },
    { ...fromDebian(DEBIAN.libgcc), licence, licences, note: 'as Debian has it; the source is that of gcc-12' },
    { ...fromDebian(DEBIAN.gccBase), licence, licences, note: 'only the copyright of the two libraries' },
  ];
}

async function vulkanLoader(tree: Tree, scratch: string): Promise<Part> {
  const folder = join(scratch, 'vulkan');
  await unpackDebian(DEBIAN.vulkan, folder);
  const { name } = DEBIAN.vulkan;
  tree.copy(join(folder, 'usr/lib/x86_64-linux-gnu'), ['libvulkan.so.1'], 'lib/vulkan', name);
  const copyright = `${name}/copyright`;
  tree.copy(join(folder, 'usr/share/doc'), [copyright], 'licences', name);
  tree.copy(OWN_LICENCES, ['Apache-2.0.txt'], `licences/${name}`, name);
  return { ...fromDebian(DEBIAN.vulkan), licence: 'Apache-2.0', licences: [copyright, `${name}/Apache-2.0.txt`] };
}

type Origin = Pick<Part, 'name' | 'version' | 'source' | 'digest'>;

function fromNpm({ name, version, integrity }: NpmPart): Origin {
  return { name, version, source: npm(name, version), digest: integrity };
}

function fromDebian({ name, version, path, sha256 }: DebianPart): Origin {
  return { name, version, source: `Debian, ${path}`, digest: `sha256-${sha256}` };
}

function npm(name: string, version: string): string {
  return `npm, ${name}@${version}`;
}

function json(file: string): PackageJson {
  return JSON.parse(readFileSync(file, 'utf8')) as PackageJson;
}
