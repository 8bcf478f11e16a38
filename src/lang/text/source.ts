// Rebuilds programs statement by statement: the source form (docs/spec/battery.md 3), and the same with its guards.
import { type Battery, type Body, GUARD_HEAD, GUARD_P4, type Ref } from '../battery.ts';
import { HEAD_ERRORS, P4_ERRORS, WORDS } from '../words.ts';
import { isP4, type TextMode } from './era.ts';

/** What a guard calls, and no other text of a program. */
const GUARD_CALL = '_get_safe_default(';

/** Whether the text of a stored program has guards. */
export function hasGuards(text: string): boolean {
  return text.includes(GUARD_CALL);
}

/** What a mention of `t<number>` anywhere in a companion entry looks like to the original. */
const NUMBER = /t(\d+)/g;

export class SourcePrinter {
  readonly #battery: Battery;
  /** As of `helperCalls`; null if no call is to be garbled. */
  readonly #garbled: Uint8Array | null;
  /** The numbers that the original takes a name for, by name with any (`rot90`: 90); none where the text is to be right. */
  readonly #mentions = new Map<Ref, number[]>();
  /** By call: the program that took it last. */
  readonly #takenBy: Int32Array;
  #program = 0;
  /** The body entered last; whether names are mentions of numbers there; its calls by their numbers, when first asked for. */
  #body: Body | null = null;
  #hasMentions = false;
  #calls: ReadonlyMap<number, Ref> | null = null;

  constructor(battery: Battery, mode: TextMode, garbled: Uint8Array | null) {
    this.#battery = battery;
    this.#garbled = garbled;
    this.#takenBy = new Int32Array(battery.at.length);
    if (mode !== 'p4') return;
    for (const [place, name] of battery.names.entries()) {
      const numbers = Array.from(name.matchAll(NUMBER), ([, digits]) => Number(digits));
      if (numbers.length > 0) this.#mentions.set(~place, numbers);
    }
  }

  /** The lines after `def`, each with its end: the statements that the value needs, and its `return`. */
  print(body: Body, root: Ref, guarded: boolean): string {
    let text = '';
    for (const call of body.numbers.length > 0 ? this.#closure(body, root) : allCalls(body)) {
      const target = this.#word(body, root, call);
      const assignment = `${target} = ${this.#callText(body, root, call)}\n`;
      const errors = guarded ? GUARDS[body.guards[call - body.firstCall]!] : undefined;
      if (errors === undefined) {
        text += `    ${assignment}`;
        continue;
      }
      const callee = this.#word(body, root, this.#battery.code[this.#battery.at[call]!]!);
      text += `    try:\n        ${assignment}    except (${errors}):\n        ${target} = ${GUARD_CALL}${callee})\n`;
    }
    return `${text}    return ${this.#word(body, root, root)}\n`;
  }

  /** A name, `t<k>` as in the battery, or for a solver, whose own variables are forgotten, `O` and `x<k>`. */
  #word(body: Body, root: Ref, ref: Ref): string {
    if (ref < 0) return this.#battery.names[~ref]!;
    if (body.numbers.length > 0) return `t${body.numbers[ref - body.firstCall]}`;
    return ref === root ? 'O' : `x${ref - body.firstCall + 1}`;
  }

  /** A garbled call is its own text, cut at its commas: the first piece becomes what is called. */
  #callText(body: Body, root: Ref, call: Ref): string {
    const { code, at } = this.#battery;
    const from = at[call]!;
    const end = from + 2 + code[from + 1]!;
    let text = `${this.#word(body, root, code[from]!)}(`;
    for (let place = from + 2; place < end; place++) {
      text += this.#word(body, root, code[place]!);
      if (place + 1 < end) text += ', ';
    }
    text += ')';
    if (this.#garbled?.[call] !== 1) return text;
    const [first, ...rest] = text.split(', ');
    return `${first}(${rest.join(', ')})`;
  }

  /** The calls that the call needs and itself, in the order of the text, which is that of their numbers. */
  #closure(body: Body, root: Ref): Ref[] {
    const { code, at } = this.#battery;
    this.#enter(body);
    const program = ++this.#program;
    const calls: Ref[] = [];
    this.#take(root, program, calls);
    for (let next = 0; next < calls.length; next++) {
      const from = at[calls[next]!]!;
      const end = from + 2 + code[from + 1]!;
      for (let place = from; place < end; place++) {
        const ref = code[place]!;
        if (place === from + 1) continue;
        if (ref >= 0) this.#take(ref, program, calls);
        else if (this.#hasMentions) {
          // The original dies of a number that no statement has; here the mention of it is passed over.
          for (const number of this.#mentions.get(ref) ?? []) this.#take(this.#callOf(body, number), program, calls);
        }
      }
    }
    return calls.sort((one, other) => one - other);
  }

  #take(call: Ref | undefined, program: number, calls: Ref[]): void {
    if (call === undefined || this.#takenBy[call] === program) return;
    this.#takenBy[call] = program;
    calls.push(call);
  }

  #enter(body: Body): void {
    if (this.#body === body) return;
    this.#body = body;
    this.#hasMentions = this.#mentions.size > 0 && isP4(body);
    this.#calls = null;
  }

  #callOf(body: Body, number: number): Ref | undefined {
    this.#calls ??= new Map(Array.from(body.numbers, (n, place) => [n, body.firstCall + place]));
    return this.#calls.get(number);
  }
}

/** By `GUARD_*`: the errors that a guard of each era names (section 2). */
const GUARDS: readonly (string | undefined)[] = guardTexts();

function guardTexts(): string[] {
  const texts: string[] = [];
  texts[GUARD_P4] = P4_ERRORS.map((word) => WORDS[word]).join(', ');
  texts[GUARD_HEAD] = HEAD_ERRORS.map((word) => WORDS[word]).join(', ');
  return texts;
}

/** A solver's calls: also those whose value nobody reads, for they may raise. */
function allCalls(body: Body): Ref[] {
  return Array.from({ length: body.callCount }, (_, place) => body.firstCall + place);
}
