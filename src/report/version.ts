// Which batt this is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../arc/bundled.ts';

/** The version in package.json. */
export function engineVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}
