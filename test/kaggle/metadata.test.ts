// The metadata file of Kaggle's dataset keeps the rules that Kaggle's command line checks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';

interface Metadata {
  readonly title: string;
  readonly subtitle: string;
  readonly id: string;
  readonly licenses: readonly { readonly name: string }[];
}

test('dataset-metadata.json', () => {
  const text = readFileSync(join(packageFolder(), 'kaggle/dataset-metadata.json'), 'utf8');
  const { title, subtitle, id, licenses } = JSON.parse(text) as Metadata;
  const [owner, slug] = id.split('/');
  expect(owner).toBe('INSERT_USERNAME_HERE');
  expect(slug).toMatch(/^[a-z0-9-]{6,50}$/);
  expect(title).toMatch(/^.{6,50}$/);
  expect(subtitle).toMatch(/^.{20,80}$/);
  expect(licenses).toEqual([{ name: 'other' }]);
});
