// The licences of all that is inside, with an index.
import type { Tree } from './tree.ts';

/** One part of the bundle, as the manifest names it. */
export interface Part {
  readonly name: string;
  readonly version: string;
  /** As SPDX writes it. */
  readonly licence: string;
  /** Where it comes from. */
  readonly source: string;
  /** Of the package that it was taken from. */
  readonly digest?: string;
  /** What was changed, and other remarks. */
  readonly note?: string;
  /** Its texts, below `licences`. */
  readonly licences: readonly string[];
}

/** Adds the index. @throws Error where a part has no text */
export function addLicenceIndex(tree: Tree, parts: readonly Part[]): void {
  const bare = parts.filter(({ licences }) => licences.length === 0).map(({ name }) => name);
  if (bare.length > 0) throw new Error(`found no licence of ${bare.join(', ')}`);
  const lines = parts.map(({ name, version, licence, source, note, licences }) => {
    const files = licences.map((file) => `licences/${file}`).join(', ');
    return `${name} ${version}\n  ${licence}: ${files}\n  from ${source}\n${note === undefined ? '' : `  ${note}\n`}`;
  });
  tree.add('licences/index.txt', 'arc-batt', `What is in this bundle, and under which terms.\n\n${lines.join('\n')}`);
}
