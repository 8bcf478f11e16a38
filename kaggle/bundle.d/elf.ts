// What the dynamic loader reads of a program or library: which versions of symbols it needs of which library.

/** A version of symbols that a file needs, and where the file says so. */
interface NeededVersion {
  readonly library: string;
  /** As `GLIBC_2.34`. */
  readonly version: string;
  /** By which the symbols name it. */
  readonly index: number;
  /** Of its entry, and of what leads to that: the entry before it, else the library's. */
  readonly at: number;
  readonly before: number;
  readonly isFirst: boolean;
}

const SHT_GNU_VERNEED = 0x6ffffffe;
const SHT_GNU_VERSYM = 0x6fffffff;
/** The index of symbols without a version. */
const VER_NDX_GLOBAL = 1;

/** Whether a file is an ELF file of 64 bits, little-endian. */
export function isElf(file: Buffer): boolean {
  return file.length > 64 && file.readUInt32BE(0) === 0x7f454c46 && file[4] === 2 && file[5] === 1;
}

/** The versions that an ELF file needs, in its order. */
export function neededVersions(file: Buffer): NeededVersion[] {
  const found: NeededVersion[] = [];
  const sections = sectionsOf(file);
  for (const { type, at: start, link, info } of sections) {
    if (type !== SHT_GNU_VERNEED) continue;
    const names = sections[link]!.at;
    let need = start;
    for (let k = 0; k < info; k++) {
      const library = text(file, names + file.readUInt32LE(need + 4));
      let before = need;
      let at = need + file.readUInt32LE(need + 8);
      for (let i = 0; i < file.readUInt16LE(need + 2); i++) {
        const version = text(file, names + file.readUInt32LE(at + 8));
        found.push({ library, version, index: file.readUInt16LE(at + 6), at, before, isFirst: i === 0 });
        before = at;
        at += file.readUInt32LE(at + 12);
      }
      need += file.readUInt32LE(need + 12);
    }
  }
  return found;
}

/**
 * Makes the symbols that a file needs of one version of a library symbols without a version, in place: the loader then does
 * not refuse the file where the version is missing, but looks for the symbols when they are called.
 * @throws Error where the file does not need it, or nothing else of that library
 */
export function dropVersion(file: Buffer, library: string, version: string): void {
  const rest = neededVersions(file).filter((entry) => entry.library === library);
  const need = rest.find((entry) => entry.version === version);
  if (need === undefined || rest.length < 2) {
    throw new Error(`found no need of ${version} of ${library} among others, expected one`);
  }
  const next = file.readUInt32LE(need.at + 12);
  const link = need.isFirst ? need.before + 8 : need.before + 12;
  file.writeUInt32LE(next === 0 ? 0 : need.at + next - need.before, link);
  file.writeUInt16LE(rest.length - 1, rest[0]!.before + 2);
  for (const { type, at, size } of sectionsOf(file)) {
    if (type !== SHT_GNU_VERSYM) continue;
    for (let symbol = at; symbol < at + size; symbol += 2) {
      if (file.readUInt16LE(symbol) === need.index) file.writeUInt16LE(VER_NDX_GLOBAL, symbol);
    }
  }
}

interface Section {
  readonly type: number;
  readonly at: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
}

function sectionsOf(file: Buffer): Section[] {
  const start = Number(file.readBigUInt64LE(40));
  const size = file.readUInt16LE(58);
  return Array.from({ length: file.readUInt16LE(60) }, (_, k) => {
    const header = start + k * size;
    return {
      type: file.readUInt32LE(header + 4),
      at: Number(file.readBigUInt64LE(header + 24)),
      size: Number(file.readBigUInt64LE(header + 32)),
      link: file.readUInt32LE(header + 40),
      info: file.readUInt32LE(header + 44),
    };
  });
}

function text(file: Buffer, at: number): string {
  return file.toString('latin1', at, file.indexOf(0, at));
}
