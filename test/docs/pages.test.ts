// What the pages say of the code is so: paths are there, functions are in the files that are named, no folder is left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { textFiles } from './tree.ts';

const root = packageFolder();
const pages = textFiles().filter(({ path }) => /^(README|docs\/[^/]+|kaggle\/README)\.md$/.test(path));
/** Made by the scripts, not kept. */
const MADE = ['kaggle/out'];
const PATH = /`((?:bench|docs|examples|kaggle|kernels|scripts|src|test)\/[\w./-]*)`/g;
const FUNCTION = /`#?(\w+)`(?:,? (?:and|or) `(\w+)`)?\s+(?:\(|in\s+)`((?:kernels|src)\/[\w./-]+\.ts)`/g;

test('paths are there', () => {
  const missing = pages.flatMap(({ path: page, text }) =>
    Array.from(text.matchAll(PATH), ([, path]) => path!)
      .filter((path) => !MADE.includes(path) && !existsSync(join(root, path)))
      .map((path) => `${page}: ${path}`),
  );
  expect(pages.length).toBeGreaterThan(7);
  expect(missing).toEqual([]);
});

test('functions are where the pages say', () => {
  const named = pages.flatMap(({ path: page, text }) =>
    Array.from(text.matchAll(FUNCTION), ([, first, second, file]) =>
      [first!, second].filter((name) => name !== undefined).map((name) => ({ page, name, file: file! })),
    ).flat(),
  );
  const missing = named.filter(
    ({ name, file }) => !new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, file), 'utf8')),
  );
  expect(named.length).toBeGreaterThan(60);
  expect(missing).toEqual([]);
});

test('the design names every folder of the code', () => {
  const design = readFileSync(join(root, 'docs/design.md'), 'utf8');
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !design.includes(`\`src/${name}/\``))).toEqual([]);
});
