// Prints expanded programs, one call a line, as they stand in solver and differ files (docs/spec/battery.md 4).
import type { Ref } from '../battery.ts';
import type { TextMode } from './era.ts';
import type { Trees } from './trees.ts';

export class ExpandedPrinter {
  readonly #trees: Trees;
  readonly #mode: TextMode;
  /** By node: the program that met it last, and as which step. */
  readonly #metBy: Int32Array;
  readonly #steps: Int32Array;
  #program = 0;

  constructor(trees: Trees, mode: TextMode) {
    this.#trees = trees;
    this.#mode = mode;
    this.#metBy = new Int32Array(trees.count);
    this.#steps = new Int32Array(trees.count);
  }

  /**
   * The lines after `def`: `    x1 = …`, …, `    O = …`, `    return O`. For a root that is a name only the last, in which the
   * original puts `O` all the same.
   */
  print(root: Ref): string {
    if (root < 0) return `    return ${this.#mode === 'p4' ? 'O' : this.#word(root)}\n`;
    const { code, at } = this.#trees;
    const metBy = this.#metBy;
    const steps = this.#steps;
    const program = ++this.#program;
    const nodes: number[] = [];
    const items: number[] = [];
    let text = '';
    let count = 0;
    let ref = root;
    for (;;) {
      if (ref >= 0 && metBy[ref] !== program) {
        metBy[ref] = program;
        nodes.push(ref);
        items.push(0);
        ref = code[at[ref]!]!;
        continue;
      }
      // A part is there: the callee is item 0, the arguments follow it, then the call is a step of its own.
      for (;;) {
        if (nodes.length === 0) return `${text}    return O\n`;
        const node = nodes.at(-1)!;
        const item = items.at(-1)!;
        const place = at[node]!;
        if (item < code[place + 1]!) {
          items[items.length - 1] = item + 1;
          ref = code[place + 2 + item]!;
          break;
        }
        steps[node] = ++count;
        text += `    ${node === root ? 'O' : `x${count}`} = ${this.#call(place)}\n`;
        nodes.pop();
        items.pop();
      }
    }
  }

  #call(place: number): string {
    const { code } = this.#trees;
    let text = `${this.#word(code[place]!)}(`;
    const last = place + 1 + code[place + 1]!;
    for (let item = place + 2; item <= last; item++) {
      text += this.#word(code[item]!);
      if (item < last) text += ', ';
    }
    return `${text})`;
  }

  #word(ref: Ref): string {
    return ref >= 0 ? `x${this.#steps[ref]}` : this.#trees.names[~ref]!;
  }
}
