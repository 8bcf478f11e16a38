// Reads batteries with the names of the DSL at hand.
import type { Battery } from '../lang/battery.ts';
import { parseBattery as parse, readBattery as read } from '../lang/parse.ts';
import { isKnown } from './dialect.ts';
import { findBatteries } from './findBatteries.ts';

/**
 * Parses battery text: solver functions or a batt module, UTF-8. What cannot be run is in `invalid` with its reason, a name
 * that the DSL does not have among it.
 * @param options `file` is the name for messages and for the id of a bare `solve`
 * @throws BatteryError when the text as a whole is no battery
 */
export function parseBattery(source: Uint8Array | string, options: { readonly file: string }): Battery {
  return parse(source, { file: options.file, known: isKnown });
}

/**
 * Reads a battery file, as {@link parseBattery} does.
 * @throws BatteryError for one that is missing, a folder or unreadable, too
 */
export function readBattery(file: string): Battery {
  return read(file, { known: isKnown });
}

/**
 * Reads the batteries that names stand for, as {@link findBatteries} says.
 * @throws BatteryError for a name that stands for nothing, and for a file that is unreadable as a whole
 */
export function readBatteries(names: readonly string[]): Battery[] {
  return findBatteries(names).map(readBattery);
}
