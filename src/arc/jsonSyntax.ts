// What JSON.parse does not tell: where a text stops being JSON, and the keys of its outermost object in file order.

/** Where and how a text is not JSON: line and column count from 1. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  /** What was found there and what was expected. */
  readonly problem: string;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// A string up to its closing quote, which may be missing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings may hold no control characters
const OPEN_STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*/y;
const WORD = /true|false|null/y;
const BLANK = /[ \t\r\n]*/y;

/** Finds the first place where `text` is not JSON; null if it is. Slow beside JSON.parse: for a text that this refused. */
export function findJsonProblem(text: string): JsonProblem | null {
  const closers: string[] = [];
  let at = 0;
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at;
    if (!token.test(text)) return false;
    at = token.lastIndex;
    return true;
  };
  const fail = (expected: string): JsonProblem => problemAt(text, at, expected);

  let wanted: 'value' | 'value or ]' | 'key' | 'key or }' | 'after' = 'value';
  for (;;) {
    skip(BLANK);
    const char = text[at];
    const closer = closers.at(-1);
    if (wanted === 'after') {
      if (closer === undefined) return at === text.length ? null : fail('nothing more');
      if (char === ',') {
        at++;
        wanted = closer === '}' ? 'key' : 'value';
      } else if (char === closer) {
        at++;
        closers.pop();
      } else return fail(`"," or "${closer}"`);
    } else if (wanted === 'key' || wanted === 'key or }') {
      if (wanted === 'key or }' && char === '}') {
        at++;
        closers.pop();
        wanted = 'after';
        continue;
      }
      if (!skip(OPEN_STRING))
        return fail(wanted === 'key' ? 'a key in double quotes' : 'a key in double quotes or "}"');
      if (text[at] !== '"') return fail('the rest of the string');
      at++;
      skip(BLANK);
      if (text[at] !== ':') return fail('":"');
      at++;
      wanted = 'value';
    } else if (wanted === 'value or ]' && char === ']') {
      at++;
      closers.pop();
      wanted = 'after';
    } else if (char === '{' || char === '[') {
      at++;
      closers.push(char === '{' ? '}' : ']');
      wanted = char === '{' ? 'key or }' : 'value or ]';
    } else if (skip(OPEN_STRING)) {
      if (text[at] !== '"') return fail('the rest of the string');
      at++;
      wanted = 'after';
    } else if (skip(NUMBER) || skip(WORD)) wanted = 'after';
    else return fail(wanted === 'value' ? 'a value' : 'a value or "]"');
  }
}

function placeAt(text: string, at: number): Pick<JsonProblem, 'line' | 'column'> {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

function problemAt(text: string, at: number, expected: string): JsonProblem {
  const { line, column } = placeAt(text, at);
  if (at >= text.length) {
    return { line, column, problem: `the file ends in the middle (half-written?), expected ${expected}` };
  }
  const found = JSON.stringify(String.fromCodePoint(text.codePointAt(at)!));
  return { line, column, problem: `found ${found}, expected ${expected}` };
}

/** Strings, and where objects begin and end: the rest of a text is passed over quickly. */
const STRING_OR_BRACE = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/g;
const COLON = /[ \t\r\n]*:/y;

/**
 * Finds the first key that an object of a JSON text has had before; null if there is none.
 * @param text JSON that JSON.parse accepted
 */
export function findRepeatedKey(text: string): JsonProblem | null {
  /** The keys of the objects around, from the outermost on. */
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(STRING_OR_BRACE)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else {
      COLON.lastIndex = index + token.length;
      if (!COLON.test(text)) continue;
      const keys = open.at(-1)!;
      const key = JSON.parse(token) as string;
      if (keys.has(key)) return { ...placeAt(text, index), problem: `the key ${token} is in this object twice` };
      keys.add(key);
    }
  }
  return null;
}

/**
 * The keys of the outermost object of a JSON text, in file order, repeated ones included. An object made by JSON.parse
 * knows neither: it keeps one of two equal keys and moves keys such as `22168020`, which look like an index, to the front.
 * @param text JSON that JSON.parse accepted and that is an object
 */
export function outerKeys(text: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  let expectKey = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: {
        const start = i;
        for (i++; text.charCodeAt(i) !== 0x22; i++) if (text.charCodeAt(i) === 0x5c) i++;
        if (depth === 1 && expectKey) {
          keys.push(JSON.parse(text.slice(start, i + 1)) as string);
          expectKey = false;
        }
        break;
      }
      case 0x7b: // {
        depth++;
        expectKey = depth === 1;
        break;
      case 0x5b: // [
        depth++;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        depth--;
        break;
      case 0x2c: // ,
        if (depth === 1) expectKey = true;
        break;
    }
  }
  return keys;
}
