// The texts of the programs and differs of a battery, in the forms of docs/spec/battery.md 4, and the md5 that names
// them.
import { hash } from 'node:crypto';
import type { Battery, Body, Dialect, Ref } from '../battery.ts';
import { helperCalls, type TextMode } from './era.ts';
import { ExpandedPrinter } from './expanded.ts';
import { InlinedPrinter } from './inlined.ts';
import { SourcePrinter } from './source.ts';
import { Trees } from './trees.ts';

/** Inlined texts of more bytes than this are not made. */
const INLINED_LIMIT = 2 ** 20;

const IMPORTS = 'from dsl import *\nfrom constants import *\n';
const GUARD_IMPORTS = `${IMPORTS}from safe_dsl import _get_safe_default\n`;

/** What is written for one program. */
export interface StoredText {
  /** Of the inlined text; of the source text if the inlined one is too large. */
  readonly md5: string;
  /** `source`: the inlined text is too large. `guarded`: the source form with its `try` and `except`. */
  readonly form: 'expanded' | 'source' | 'guarded';
  /** The whole file. */
  readonly text: string;
}

/**
 * Methods take the body and the result wanted of it (`ref` of an output or differ, any call of the body), and the name that
 * the function gets: `solve` and `differ` in the original. Work is shared over all of them; texts are not kept.
 */
export class ProgramTexts {
  readonly #mode: TextMode;
  readonly #trees: Trees;
  readonly #source: SourcePrinter;
  readonly #inlined: InlinedPrinter;
  readonly #expanded: ExpandedPrinter;

  /** `limit`: the most bytes that an inlined text may have; its size is known before any of it is made. */
  constructor(battery: Battery, mode: TextMode, limit: number = INLINED_LIMIT) {
    const garbled = mode === 'p4' ? helperCalls(battery) : null;
    this.#mode = mode;
    this.#trees = new Trees(battery, garbled);
    this.#source = new SourcePrinter(battery, mode, garbled);
    this.#inlined = new InlinedPrinter(this.#trees, limit);
    this.#expanded = new ExpandedPrinter(this.#trees, mode);
  }

  /** The source form without its `def` line, which the original's filter compares: the statements needed and `return`. */
  bodyText(body: Body, ref: Ref): string {
    return this.#source.print(body, ref, false);
  }

  /** The source form: `t<k>` as in the battery, `x<k>` and `O` for a solver, of which no statement is left out. */
  source(body: Body, ref: Ref, name: string): string {
    return `${head(name, body.dialect)}${this.bodyText(body, ref)}`;
  }

  /** The source form, each guarded statement with its `try` and `except` in the words of the battery's era. */
  guardedSource(body: Body, ref: Ref, name: string): string {
    return `${head(name, body.dialect)}${this.#source.print(body, ref, true)}`;
  }

  /** The inlined form, two lines without a final newline; or the bytes it would have, if over the limit. */
  inlined(body: Body, ref: Ref, name: string): { readonly text: string } | { readonly tooLarge: number } {
    const bytes = this.#inlinedBytes(body, ref, name);
    return typeof bytes === 'number' ? { tooLarge: bytes } : { text: bytes.toString() };
  }

  /** md5 of the inlined text, in hexadecimal; of the source text if the inlined one is too large. */
  md5(body: Body, ref: Ref, name: string): string {
    return this.#named(body, ref, name).md5;
  }

  /** The whole file of the expanded form. */
  expanded(body: Body, ref: Ref, name: string): string {
    return `${IMPORTS}\n${head(name, body.dialect)}${this.#expanded.print(this.#trees.root(ref))}`;
  }

  /** The file to store and its name. `needsGuard`: some sample needs a guard to give what was scored; `p4` does not mind. */
  stored(body: Body, ref: Ref, name: string, needsGuard: boolean): StoredText {
    const { md5, tooLarge } = this.#named(body, ref, name);
    if (needsGuard && this.#mode === 'right') {
      return { md5, form: 'guarded', text: `${GUARD_IMPORTS}\n${this.guardedSource(body, ref, name)}` };
    }
    if (tooLarge) return { md5, form: 'source', text: `${IMPORTS}\n${this.source(body, ref, name)}` };
    return { md5, form: 'expanded', text: this.expanded(body, ref, name) };
  }

  #named(body: Body, ref: Ref, name: string): { md5: string; tooLarge: boolean } {
    const bytes = this.#inlinedBytes(body, ref, name);
    const tooLarge = typeof bytes === 'number';
    return { md5: hash('md5', tooLarge ? this.source(body, ref, name) : bytes), tooLarge };
  }

  #inlinedBytes(body: Body, ref: Ref, name: string): Buffer | number {
    return this.#inlined.print(`${head(name, body.dialect)}    return `, this.#trees.root(ref));
  }
}

function head(name: string, dialect: Dialect): string {
  return `def ${name}(${dialect === 'plain' ? 'I' : 'S, I, C'}):\n`;
}
