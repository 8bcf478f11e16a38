// The seal of a line of results: its number in the file, and a checksum that any changed byte betrays.
import { crc32 } from 'node:zlib';

/** The end of a sealed line: `,"n":12,"crc32":"89abcdef"}`. The checksum is that of all bytes before `,"crc32"`. */
const SEAL = /,"n":([1-9]\d{0,15}),"crc32":"([0-9a-f]{8})"\}$/;

/** Bytes of the seal from `,"crc32"` on. */
const CHECKSUM_BYTES = ',"crc32":"89abcdef"}'.length;

/** Bytes at the end of a line in which its seal lies. */
const SEAL_BYTES = CHECKSUM_BYTES + ',"n":'.length + 16;

/** The text of a line, with its line feed. @param number of the line in its file, from 1 */
export function sealed(line: object, number: number): string {
  const text = `${JSON.stringify(line).slice(0, -1)},"n":${number}`;
  return `${text},"crc32":"${checksum(Buffer.from(text))}"}\n`;
}

/** What a seal says. */
export interface Seal {
  /** The number of the line. */
  readonly number: number;
  /** The checksum that the line bears, and the one that its bytes have. */
  readonly stated: string;
  readonly found: string;
  /** The bytes of the line as they were sealed, an object of JSON. */
  readonly body: Buffer;
}

/** The seal of a line, given without its line feed; undefined where there is none. */
export function sealOf(bytes: Buffer): Seal | undefined {
  const tail = bytes.subarray(Math.max(0, bytes.length - SEAL_BYTES)).toString('latin1');
  const match = SEAL.exec(tail);
  if (match === null) return undefined;
  const end = bytes.length - match[0].length;
  return {
    number: Number(match[1]),
    stated: match[2]!,
    found: checksum(bytes.subarray(0, bytes.length - CHECKSUM_BYTES)),
    body: Buffer.concat([bytes.subarray(0, end), Buffer.from('}')]),
  };
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
