// Reads batteries with the names of the DSL at hand.
import type { Battery } from '../lang/battery.ts';
import { readBattery } from '../lang/parse.ts';
import { isKnown } from './dialect.ts';
import { findBatteries } from './findBatteries.ts';

/**
 * Reads the batteries that names stand for, as {@link findBatteries} says.
 * @throws BatteryError for a name that stands for nothing, and for a file that is unreadable as a whole
 */
export function readBatteries(names: readonly string[]): Battery[] {
  return findBatteries(names).map((file) => readBattery(file, { known: isKnown }));
}
