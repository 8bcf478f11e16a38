// What texts of the repository point to is there: pages, sections of the specification, targets of links.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFolder } from '../../src/arc/bundled.ts';
import { type TextFile, textFiles } from './tree.ts';

const CITATION = /docs\/(?:[\w-]+\/)*[\w-]+\.md(?: \d+(?:\.\d+)*(?:(?:,| and) \d+(?:\.\d+)*)*)?/g;
const LINK = /\]\(([^()\s]+)\)/g;
const HEADING = /^#+ +(.*)$/gm;

/** What `docs/<page>.md N.M` cites that is not there. A comment that goes on in its next line is read as one. */
function wrongCitations({ path, text }: TextFile): string[] {
  const running = text.replaceAll(/\n\s*(?:\/\/|\*|#) ?/g, ' ');
  const wrong: string[] = [];
  for (const [citation] of running.matchAll(CITATION)) {
    const [page, ...numbers] = citation.split(/(?:,| and)? /);
    const sections = sectionsOf(page!);
    if (sections === undefined) wrong.push(`${path}: there is no ${page}`);
    for (const number of numbers)
      if (sections?.includes(number) === false) wrong.push(`${path}: ${page} has no section ${number}`);
  }
  return wrong;
}

/** The numbers of the headings of a page. */
function sectionsOf(page: string): string[] | undefined {
  const file = join(packageFolder(), page);
  if (!existsSync(file)) return undefined;
  return headings(readFileSync(file, 'utf8')).flatMap((heading) => /^(\d+(?:\.\d+)*)\.? /.exec(heading)?.[1] ?? []);
}

/** Links within the repository whose file or heading is not there. */
function brokenLinks({ path, text }: TextFile): string[] {
  const broken: string[] = [];
  for (const [, target] of withoutCode(text).matchAll(LINK)) {
    if (/^[a-z]+:/.test(target!)) continue;
    const [to, anchor] = target!.split('#');
    const file = to === '' ? join(packageFolder(), path) : join(packageFolder(), dirname(path), to!);
    if (!existsSync(file)) broken.push(`${path}: ${target} is not there`);
    else if (anchor !== undefined && !headings(readFileSync(file, 'utf8')).map(anchorOf).includes(anchor))
      broken.push(`${path}: ${target} is no heading`);
  }
  return broken;
}

function headings(page: string): string[] {
  return Array.from(page.replaceAll(/^```.*?^```/gms, '').matchAll(HEADING), ([, heading]) => heading!);
}

/** The name that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function withoutCode(page: string): string {
  return page.replaceAll(/^ *```.*?^ *```/gms, '').replaceAll(/`[^`\n]*`/g, '');
}

const files = textFiles().filter(({ path }) => path !== 'test/docs/links.test.ts');
const pages = files.filter(({ path }) => path.endsWith('.md'));

describe('citations', () => {
  test('pages and sections are there', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(files.flatMap(wrongCitations)).toEqual([]);
  });

  test('specifications are cited by their pages', () => {
    const names = /\b(?:SPEC|DIALECT|FORMAT|VECTORS|DESIGN)(?:\.md\b| §?\d)/;
    expect(files.filter(({ text }) => names.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test.each([
    ['// As in docs/spec/dsl.md 3.7 and 2.4.', []],
    ['// Source: docs/spec/dialect.md 2, 4.1, 5.', []],
    ['// docs/spec/dsl.md 3.10', ['docs/spec/dsl.md has no section 3.10']],
    ['/**\n * docs/spec/battery.md\n * 5.3, 5.4. */', ['docs/spec/battery.md has no section 5.4']],
    ['Source: docs/spec/none.md 1', ['there is no docs/spec/none.md']],
  ])('%j', (text, expected) => {
    expect(wrongCitations({ path: 'a.ts', text })).toEqual(expected.map((fault) => `a.ts: ${fault}`));
  });
});

describe('links', () => {
  test('all lead somewhere', () => {
    expect(pages.length).toBeGreaterThan(8);
    expect(pages.flatMap(brokenLinks)).toEqual([]);
  });

  test.each([
    ['[a](spec/dsl.md) [b](https://example.org/none)', []],
    ['[a](spec/dsl.md#37-object-detection)', []],
    ['`[a](none.md)`', []],
    ['[a](none.md)', ['none.md is not there']],
    ['[a](spec/dsl.md#none)', ['spec/dsl.md#none is no heading']],
  ])('%j', (text, expected) => {
    expect(brokenLinks({ path: 'docs/a.md', text })).toEqual(expected.map((fault) => `docs/a.md: ${fault}`));
  });
});
