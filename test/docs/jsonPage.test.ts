// docs/json.md: its examples are valid lines, and it describes every field of the schemas.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { sealOf } from '../../src/results/seal.ts';
import { type JsonObject, Schema } from './schemas.ts';

const page = readFileSync(join(packageFolder(), 'docs/json.md'), 'utf8');

/** The text under a heading of the second level. */
function chapter(heading: string): string {
  const [, text] = page.split(`\n## ${heading}\n`);
  if (text === undefined) throw new Error(`docs/json.md has no heading "${heading}"`);
  return text.split('\n## ')[0]!;
}

/** The lines that a chapter shows. */
function examples(heading: string): string[] {
  return Array.from(chapter(heading).matchAll(/^```jsonl\n(.*)\n```$/gm), ([, line]) => line!);
}

describe.each([
  ['run', 'batt run --json', ['task', 'summary']],
  ['verify', 'batt verify --json', ['verify']],
  ['results', 'results.jsonl', ['run', 'candidates', 'saving', 'task', 'summary']],
] as const)('%s', (name, heading, types) => {
  const schema = new Schema(name);

  test('each type of line has a valid example', () => {
    const lines = examples(heading).map((line) => JSON.parse(line) as JsonObject);
    expect(lines.map(({ type }) => type)).toEqual(types);
    expect(lines.map((line) => schema.fault(line))).toEqual(types.map(() => undefined));
  });

  test('every field is described', () => {
    // outside of the examples, which name them all
    const text = (chapter('What all lines share') + chapter(heading)).replaceAll(/^```jsonl\n.*\n```$/gm, '');
    expect([...schema.names()].filter((field) => !text.includes(`\`${field}\``))).toEqual([]);
  });
});

test('the seals of the examples are right', () => {
  const seals = examples('results.jsonl').map((line) => sealOf(Buffer.from(line)));
  expect(seals.map((seal) => [seal?.number, seal?.found])).toEqual(seals.map((seal, k) => [k + 1, seal?.stated]));
});
