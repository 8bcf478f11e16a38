// What a byte can be in a name, as a table: the scanner looks each byte up once.

export const LETTER = 2;
export const DIGIT = 1;

/** 2 may begin a name, 1 may go on in one, 0 neither. Bytes of other scripts count as letters until their name is checked. */
export const CLASS: Uint8Array = new Uint8Array(256).map((_, byte) => {
  if (byte >= 0x80 || /[A-Za-z_]/.test(String.fromCharCode(byte))) return LETTER;
  return byte >= 0x30 && byte <= 0x39 ? DIGIT : 0;
});

export const TAB = 9;
export const LF = 10;
export const FF = 12;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const SINGLE_QUOTE = 39;
export const OPEN = 40;
export const CLOSE = 41;
export const STAR = 42;
export const COMMA = 44;
export const DASH = 45;
export const DOT = 46;
export const COLON = 58;
export const EQUALS = 61;
export const GREATER = 62;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const BAR = 124;
