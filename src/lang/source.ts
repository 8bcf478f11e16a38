// Gets the bytes of a battery, from a file or from the caller, and refuses what is not UTF-8 text.
import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { CR, LF } from './chars.ts';
import { BatteryError } from './errors.ts';

/**
 * The bytes of a file.
 * @throws BatteryError when it is missing, a folder, a device, not readable or over 2 GiB.
 */
export function readBytes(path: string): Uint8Array {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new BatteryError(path, 0, 0, 'a folder', 'a file');
    if (!stat.isFile() && !stat.isFIFO()) throw new BatteryError(path, 0, 0, 'a device or socket', 'a file');
    return readFileSync(path);
  } catch (error) {
    if (error instanceof BatteryError || !(error instanceof Error && 'code' in error)) throw error;
    throw new BatteryError(path, 0, 0, reasonOf(String(error.code)), 'a battery');
  }
}

function reasonOf(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EACCES' || code === 'EPERM') return 'a file that may not be read';
  if (code === 'ERR_FS_FILE_TOO_LARGE') return 'a file of more than 2 GiB';
  return `an error when reading (${code})`;
}

/**
 * The text as UTF-8 bytes.
 * @throws BatteryError for NUL bytes, UTF-16 or UTF-32, invalid UTF-8 and lone surrogates, with their place.
 */
export function checkedBytes(source: Uint8Array | string, file: string): Uint8Array {
  if (typeof source === 'string') return checkedText(source, file);
  const [first, second] = source;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new BatteryError(file, 1, 1, 'the wrong encoding: a byte order mark of UTF-16 or UTF-32', 'UTF-8');
  }
  if (!isUtf8(source)) {
    const at = firstInvalid(source);
    const byte = `0x${source[at]!.toString(16).toUpperCase().padStart(2, '0')}`;
    throw errorAt(source, at, file, `the wrong encoding: byte ${byte} at offset ${at} is not UTF-8`, 'UTF-8');
  }
  const nul = source.indexOf(0);
  if (nul >= 0) throw errorAt(source, nul, file, 'a NUL byte', 'text');
  return source;
}

/** Where the text begins: after the byte order mark, if there is one. */
export function textStart(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function checkedText(text: string, file: string): Uint8Array {
  const bytes = Buffer.from(text);
  const lone = text.search(/\p{Surrogate}/u);
  if (lone >= 0) throw errorAt(bytes, Buffer.byteLength(text.slice(0, lone)), file, 'a lone surrogate', 'text');
  return checkedBytes(bytes, file);
}

function errorAt(bytes: Uint8Array, at: number, file: string, found: string, expected: string): BatteryError {
  let line = 1;
  let column = 1;
  for (let before = textStart(bytes); before < at; before++) {
    const byte = bytes[before]!;
    if (byte === LF || (byte === CR && bytes[before + 1] !== LF)) {
      line++;
      column = 1;
    } else if ((byte & 0xc0) !== 0x80) column++;
  }
  return new BatteryError(file, line, column, found, expected);
}

/** The offset of the first byte that begins no valid UTF-8 sequence; the text is known to hold one. */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at]!;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    if (length > 1 && !isUtf8(bytes.subarray(at, at + length))) break;
    at += length;
  }
  return at;
}
