// Walks over the bytes of battery text: lines, indents, names, strings; and says what stands at a bad place.
import {
  BACKSLASH,
  CLASS,
  CR,
  DASH,
  DIGIT,
  DOUBLE_QUOTE,
  FF,
  HASH,
  LETTER,
  LF,
  SINGLE_QUOTE,
  SPACE,
  TAB,
} from './chars.ts';
import { Fault } from './errors.ts';
import { NOT_A_NAME, Symbols } from './symbols.ts';
import { KEYWORD_COUNT } from './words.ts';

/** No name begins here. */
export const NO_NAME = -1;

/** Longer names are refused: no battery has them, and their comparisons would cost more than reading the text. */
const LONGEST_NAME = 1000;
/** A message quotes at most this many characters. */
const CLIP = 40;
const ODD = /[^\p{XID_Continue}]/u;

export class Scanner {
  readonly bytes: Uint8Array;
  readonly end: number;
  readonly symbols: Symbols = new Symbols();
  /** Byte offset of what comes next. */
  pos: number;
  /** 1-based line of `pos`. */
  line = 1;
  /** Byte offset at which the line found by `nextLine` begins, and its indent in columns with tab stops of 8 and of 1. */
  lineStart: number;
  indent = 0;
  narrow = 0;
  readonly #start: number;

  /** `start` skips a byte order mark. */
  constructor(bytes: Uint8Array, start: number) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.pos = start;
    this.lineStart = start;
    this.#start = start;
  }

  /** Goes to the first thing on the next line that holds more than a comment; false at the end of the file. */
  nextLine(): boolean {
    const { bytes, end } = this;
    let at = this.pos;
    for (;;) {
      const start = at;
      while (at < end && bytes[at] === SPACE) at++;
      let indent = at - start;
      let narrow = indent;
      let byte = at < end ? bytes[at]! : LF;
      while (byte === TAB || byte === SPACE || byte === FF) {
        indent = byte === TAB ? (indent | 7) + 1 : byte === FF ? 0 : indent + 1;
        narrow = byte === FF ? 0 : narrow + 1;
        byte = ++at < end ? bytes[at]! : LF;
      }
      if (byte === HASH) {
        while (at < end && bytes[at] !== LF && bytes[at] !== CR) at++;
      } else if (byte !== LF && byte !== CR) {
        this.pos = at;
        this.lineStart = start;
        this.indent = indent;
        this.narrow = narrow;
        return true;
      }
      if (at >= end) {
        this.pos = end;
        this.lineStart = start;
        return false;
      }
      at = this.#afterBreak(at);
    }
  }

  /** Goes to the beginning of the line after the one that `pos` is in. */
  skipLine(): void {
    const { bytes, end } = this;
    let at = this.pos;
    while (at < end && bytes[at] !== LF && bytes[at] !== CR) at++;
    this.pos = at < end ? this.#afterBreak(at) : end;
  }

  /** Skips blanks of the line, and a line break after a backslash. */
  blanks(): void {
    const { bytes, end } = this;
    while (this.pos < end) {
      const byte = bytes[this.pos]!;
      if (byte === SPACE || byte === TAB || byte === FF) this.pos++;
      else if (byte === BACKSLASH && this.#isBreak(this.pos + 1)) this.pos = this.#afterBreak(this.pos + 1);
      else return;
    }
  }

  /** Skips what Python skips between parentheses: blanks, line breaks and comments. */
  gap(): void {
    const { bytes, end } = this;
    for (;;) {
      this.blanks();
      if (this.pos >= end) return;
      const byte = bytes[this.pos]!;
      if (byte === HASH) while (this.pos < end && !this.#isBreak(this.pos)) this.pos++;
      else if (byte === LF || byte === CR) this.pos = this.#afterBreak(this.pos);
      else return;
    }
  }

  /** The byte at `pos`, -1 at the end of the file. */
  peek(): number {
    return this.pos < this.end ? this.bytes[this.pos]! : -1;
  }

  /** Reads the name at `pos` (keywords too) and returns its symbol; `NO_NAME`, and nothing read, if there is none. */
  name(): number {
    const { bytes, end } = this;
    const start = this.pos;
    if (start >= end || CLASS[bytes[start]!]! !== LETTER) return NO_NAME;
    let at = start;
    let hash = this.symbols.seed;
    do hash = Symbols.mix(hash, bytes[at]!);
    while (++at < end && CLASS[bytes[at]!]! !== 0);
    if (at - start > LONGEST_NAME) {
      throw new Fault(start, this.line, `a name of ${at - start} bytes`, `at most ${LONGEST_NAME}`);
    }
    const symbol = this.symbols.intern(bytes, start, at, hash);
    if (symbol === NOT_A_NAME) this.fail(this.#oddCharacter(start, at), 'a name of letters, digits and _');
    this.pos = at;
    return symbol;
  }

  /** Reads a name that is not a keyword. */
  ownName(expected: string): number {
    const start = this.pos;
    const symbol = this.name();
    if (symbol < KEYWORD_COUNT) this.fail(start, expected);
    return symbol;
  }

  /** `name`, answering `NO_NAME` for a name that is none or too long. */
  tryName(): number {
    try {
      return this.name();
    } catch (fault) {
      if (fault instanceof Fault) return NO_NAME;
      throw fault;
    }
  }

  /** Reads just this word. */
  word(symbol: number): void {
    const start = this.pos;
    if (this.name() !== symbol) this.fail(start, `'${this.symbols.text(symbol)}'`);
  }

  /** Skips blanks and reads just this byte. */
  mark(byte: number): void {
    if (this.peek() !== byte) this.blanks();
    if (this.peek() !== byte) this.fail(this.pos, `'${String.fromCharCode(byte)}'`);
    this.pos++;
  }

  /** `mark` between parentheses. */
  innerMark(byte: number): void {
    if (this.peek() !== byte) this.gap();
    this.mark(byte);
  }

  /** Reads the end of a statement: blanks, a comment, the line break. */
  endLine(): void {
    this.blanks();
    const byte = this.peek();
    if (byte === HASH || byte === LF || byte === CR || byte === -1) this.skipLine();
    else this.fail(this.pos, 'the end of the line');
  }

  /** Reads a whole number of at most nine digits. */
  integer(): number {
    const { bytes, pos } = this;
    let at = pos;
    let number = 0;
    for (; at - pos < 9 && at < this.end && CLASS[bytes[at]!] === DIGIT; at++) number = number * 10 + bytes[at]! - 0x30;
    if (at === pos || CLASS[bytes[at] ?? 0] !== 0) this.fail(pos, 'a whole number of at most 9 digits');
    this.pos = at;
    return number;
  }

  /** Reads letters, digits, `_` and `-` between quotes. */
  id(expected: string): string {
    const { bytes } = this;
    const start = this.pos;
    const to = this.#idEnd(start);
    if (to < 0) this.fail(start, expected);
    this.pos = to + 1;
    let hash = this.symbols.seed;
    for (let at = start + 1; at < to; at++) hash = Symbols.mix(hash, bytes[at]!);
    return this.symbols.text(this.symbols.intern(bytes, start + 1, to, hash));
  }

  /** The first id on the rest of the line, empty if there is none; reads nothing. */
  findId(): string {
    for (let at = this.pos; at < this.end && !this.#isBreak(at); at++) {
      if (!isQuote(this.bytes[at])) continue;
      const to = this.#idEnd(at);
      if (to > 0) return Buffer.from(this.bytes.subarray(at + 1, to)).toString();
    }
    return '';
  }

  /** Does this word stand at `pos`? */
  atWord(symbol: number): boolean {
    const { pos } = this;
    const isThere = this.tryName() === symbol;
    this.pos = pos;
    return isThere;
  }

  /** Does a string literal that is no f-string begin here? */
  atString(): boolean {
    const byte = this.peek() | 32;
    const prefixed = byte === 0x72 || byte === 0x75;
    return isQuote(this.bytes[prefixed ? this.pos + 1 : this.pos]);
  }

  /** Reads a string literal, of one line or in triple quotes. */
  skipString(): void {
    const { bytes, end } = this;
    const start = this.pos;
    const startLine = this.line;
    let at = isQuote(bytes[start]) ? start : start + 1;
    const quote = bytes[at]!;
    const long = bytes[at + 1] === quote && bytes[at + 2] === quote;
    at += long ? 3 : 1;
    for (;;) {
      if (at >= end || (!long && this.#isBreak(at))) {
        const mark = String.fromCharCode(quote).repeat(long ? 3 : 1);
        throw new Fault(start, startLine, 'a string without an end', `a closing ${mark}`);
      }
      if (bytes[at] === BACKSLASH && at + 1 < end) at++;
      else if (bytes[at] === quote && (!long || (bytes[at + 1] === quote && bytes[at + 2] === quote))) break;
      at = this.#isBreak(at) ? this.#afterBreak(at) : at + 1;
    }
    this.pos = at + (long ? 3 : 1);
  }

  /** Does the line at `pos`, with nothing before it, begin with `def` and a blank? */
  atDef(): boolean {
    const { bytes, pos } = this;
    const after = bytes[pos + 3];
    return (
      bytes[pos] === 0x64 && bytes[pos + 1] === 0x65 && bytes[pos + 2] === 0x66 && (after === SPACE || after === TAB)
    );
  }

  /** Throws the fault that something else than `expected` stands at byte `at`, which is in the current line. */
  fail(at: number, expected: string): never {
    throw new Fault(at, this.line, this.describe(at), expected);
  }

  /** 1-based column of byte `at`, in characters. */
  column(at: number): number {
    let column = 1;
    for (let before = at - 1; before >= this.#start && !this.#isBreak(before); before--) {
      if ((this.bytes[before]! & 0xc0) !== 0x80) column++;
    }
    return column;
  }

  /** What stands at byte `at`, in words. */
  describe(at: number): string {
    if (at >= this.end) return 'the end of the file';
    const byte = this.bytes[at]!;
    if (byte === LF || byte === CR || byte === HASH) return 'the end of the line';
    if (byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE) return `the string ${this.#clipped(at, this.#stringEnd(at))}`;
    const kind = CLASS[byte]!;
    if (kind === 0) {
      return byte < 32 || byte === 127
        ? `U+${byte.toString(16).padStart(4, '0').toUpperCase()}`
        : `'${String.fromCharCode(byte)}'`;
    }
    const text = this.#clipped(at, this.#nameEnd(at));
    if (kind === DIGIT) return `the number ${text}`;
    const odd = ODD.exec(text)?.[0];
    if (odd !== undefined && odd !== ELLIPSIS)
      return `'${odd}' (U+${odd.codePointAt(0)!.toString(16).padStart(4, '0').toUpperCase()})`;
    const symbol = this.#keyword(text);
    return symbol ? `the keyword '${text}'` : `'${text}'`;
  }

  #keyword(text: string): boolean {
    return !text.endsWith(ELLIPSIS) && this.symbols.internText(text) < KEYWORD_COUNT;
  }

  /** The offset of the first character of `from..to` that can't go on a name; `from` if it only can't begin one. */
  #oddCharacter(from: number, to: number): number {
    const text = Buffer.from(this.bytes.subarray(from, to)).toString();
    const odd = text.search(ODD);
    return odd > 0 ? from + Buffer.byteLength(text.slice(0, odd)) : from;
  }

  #nameEnd(at: number): number {
    let to = at;
    while (to < this.end && to - at <= CLIP * 4 && CLASS[this.bytes[to]!]! !== 0) to++;
    return to;
  }

  /** Where the quote that closes the id at `at` stands, -1 if no id stands there. */
  #idEnd(at: number): number {
    const { bytes } = this;
    const quote = bytes[at];
    if (!isQuote(quote)) return -1;
    let to = at + 1;
    while (to - at <= LONGEST_NAME && to < this.end && isIdByte(bytes[to]!)) to++;
    return to > at + 1 && bytes[to] === quote ? to : -1;
  }

  #stringEnd(at: number): number {
    let to = at + 1;
    while (to < this.end && to - at <= CLIP * 4 && !this.#isBreak(to) && this.bytes[to] !== this.bytes[at]) to++;
    return to < this.end && !this.#isBreak(to) ? to + 1 : to;
  }

  /** The text of bytes `from..to`, cut at a number of characters that a message can bear. */
  #clipped(from: number, to: number): string {
    const characters = [...Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, to - from).toString()];
    return characters.length > CLIP ? characters.slice(0, CLIP).join('') + ELLIPSIS : characters.join('');
  }

  #isBreak(at: number): boolean {
    const byte = this.bytes[at];
    return byte === LF || byte === CR;
  }

  /** The offset after the line break at `at`: LF, CR or both. */
  #afterBreak(at: number): number {
    this.line++;
    return this.bytes[at] === CR && this.bytes[at + 1] === LF ? at + 2 : at + 1;
  }
}

const ELLIPSIS = '…';

function isIdByte(byte: number): boolean {
  return (CLASS[byte] !== 0 && byte < 0x80) || byte === DASH;
}

function isQuote(byte: number | undefined): boolean {
  return byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE;
}
