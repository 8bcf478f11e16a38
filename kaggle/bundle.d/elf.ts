// What the dynamic loader reads of a program or library: which versions of symbols it needs of which library.

/** A version of symbols that a file needs. */
interface NeededVersion {
  readonly library: string;
  /** As `GLIBC_2.34`. */
  readonly version: string;
  /** Whether the loader only notes its absence, in place of refusing the file. */
  readonly weak: boolean;
  /** Of the flags, in the file: 16 bits. */
  readonly flagsAt: number;
}

const SHT_GNU_VERNEED = 0x6ffffffe;
const VER_FLG_WEAK = 2;

/** Whether a file is an ELF file of 64 bits, little-endian. */
export function isElf(file: Buffer): boolean {
  return file.length > 64 && file.readUInt32BE(0) === 0x7f454c46 && file[4] === 2 && file[5] === 1;
}

/** The versions that an ELF file needs, in its order. */
export function neededVersions(file: Buffer): NeededVersion[] {
  const found: NeededVersion[] = [];
  const sections = sectionsOf(file);
  for (const { type, at, link, info } of sections) {
    if (type !== SHT_GNU_VERNEED) continue;
    const names = sections[link]!.at;
    let need = at;
    for (let k = 0; k < info; k++) {
      const library = text(file, names + file.readUInt32LE(need + 4));
      let entry = need + file.readUInt32LE(need + 8);
      for (let i = file.readUInt16LE(need + 2); i > 0; i--) {
        const flags = file.readUInt16LE(entry + 4);
        const version = text(file, names + file.readUInt32LE(entry + 8));
        found.push({ library, version, weak: (flags & VER_FLG_WEAK) !== 0, flagsAt: entry + 4 });
        entry += file.readUInt32LE(entry + 12);
      }
      need += file.readUInt32LE(need + 12);
    }
  }
  return found;
}

/**
 * Makes the need of one version a weak one, in place.
 * @throws Error where the file does not need it
 */
export function weakenVersion(file: Buffer, version: string): void {
  const need = neededVersions(file).find((entry) => entry.version === version);
  if (need === undefined) throw new Error(`found no need of ${version}, expected one to weaken`);
  file.writeUInt16LE(file.readUInt16LE(need.flagsAt) | VER_FLG_WEAK, need.flagsAt);
}

interface Section {
  readonly type: number;
  readonly at: number;
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
      link: file.readUInt32LE(header + 40),
      info: file.readUInt32LE(header + 44),
    };
  });
}

function text(file: Buffer, at: number): string {
  return file.toString('latin1', at, file.indexOf(0, at));
}
