// The texts of the repository: what people wrote, without what was installed, built or left by runs.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/arc/bundled.ts';

const LEFT_OUT = [
  'node_modules',
  'dist',
  '.git',
  'out',
  'runs',
  'solver_dir',
  'solver_md5',
  'differ_dir',
  'differ_md5',
];
const TEXT = /\.(ts|mjs|js|md|sh|cpp|h|html|css|ipynb)$|^(?!.*\.)/;

/** A file by its path from the root of the repository. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** @param folder where to look, from the root of the repository; all of it when left out */
export function textFiles(folder: string = ''): TextFile[] {
  const files: TextFile[] = [];
  for (const entry of readdirSync(join(packageFolder(), folder), { withFileTypes: true })) {
    if (LEFT_OUT.includes(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...textFiles(path));
    else if (entry.isFile() && TEXT.test(entry.name))
      files.push({ path, text: readFileSync(join(packageFolder(), path), 'utf8') });
  }
  return files;
}
