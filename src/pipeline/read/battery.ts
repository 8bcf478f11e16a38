// Reads batteries with the names of the DSL at hand.

import { isKnown } from '../../dsl/dialects.ts';
import type { Battery, BatteryFile, Dialect } from '../../lang/battery.ts';
import { parseBattery as parse, readBattery as read } from '../../lang/parse.ts';
import { findBatteries } from './findBatteries.ts';

/** How batteries are read. */
export interface BatteryOptions {
  /** Whose names all programs call; left out, that of each program's own form: `sic` of a batt module and of functions with three parameters. */
  readonly dialect?: Dialect | undefined;
}

/**
 * Parses battery text: solver functions or a batt module, UTF-8. What cannot be run is in `invalid` with its reason, a name
 * that the DSL does not have among it.
 * @param options `file` is the name for messages and for the id of a bare `solve`
 * @throws BatteryError when the text as a whole is no battery
 */
export function parseBattery(
  source: Uint8Array | string,
  options: BatteryOptions & { readonly file: string },
): Battery {
  const { file, dialect } = options;
  return inDialect(parse(source, { file, known: knownIn(dialect) }), dialect);
}

/**
 * Reads a battery file, as {@link parseBattery} does.
 * @throws BatteryError for one that is missing, a folder or unreadable, too
 */
export function readBattery(file: string, { dialect }: BatteryOptions = {}): BatteryFile {
  return inDialect(read(file, { known: knownIn(dialect) }), dialect);
}

/**
 * Reads the batteries that names stand for, as {@link findBatteries} says.
 * @throws BatteryError for a name that stands for nothing, and for a file that is unreadable as a whole
 */
export function readBatteries(names: readonly string[], options: BatteryOptions = {}): BatteryFile[] {
  return findBatteries(names).map((file) => readBattery(file, options));
}

function knownIn(forced: Dialect | undefined): (name: string, dialect: Dialect) => boolean {
  return forced === undefined ? isKnown : (name) => isKnown(name, forced);
}

function inDialect<T extends Battery>(battery: T, dialect: Dialect | undefined): T {
  if (dialect === undefined) return battery;
  return { ...battery, dialect, bodies: battery.bodies.map((body) => ({ ...body, dialect })) };
}
