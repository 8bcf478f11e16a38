// Where the battery modules are: those kept here, and those of the shared folder, which may not be there.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The shared folder, beside `$ARC_DATA` or beside the repository. */
export const shared: string | undefined = [
  ...(process.env.ARC_DATA ? [dirname(process.env.ARC_DATA)] : []),
  join(root, '../shared'),
].find((path) => existsSync(join(path, 'battery/cases')));
if (shared === undefined)
  console.log('left out: the battery cases and DSL programs of the shared folder, which is not there');

export const kept: string = join(root, 'test/fixtures/battery');
/** The shared cases; empty if they are not there. */
export const cases: string = shared === undefined ? '' : join(shared, 'battery/cases');

export function modules(folder: string): string[] {
  if (folder === '') return [];
  return readdirSync(folder).filter((name) => name.endsWith('.py') && !name.endsWith('_call.py'));
}

/** The `expected.json` files of a case, one for each task that it was run on. */
export function expectedFiles(module: string): string[] {
  const stem = module.replace('.py', '');
  return readdirSync(cases).filter((file) => file.startsWith(`${stem}.`) && file.endsWith('.expected.json'));
}
