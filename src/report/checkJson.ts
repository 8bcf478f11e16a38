// The line of `batt doctor --check --json`.
import type { MachineCheck } from '../doctor/check/machineCheck.ts';
import { doctorLine } from './doctorJson.ts';
import { SCHEMA } from './runJson.ts';

/** All that was checked and timed, with what the doctor found; ready for JSON.stringify. */
export function checkLine({ date, complete, quick, anyDevice, run, diagnosis, ...results }: MachineCheck): object {
  return {
    schema: SCHEMA,
    type: 'check',
    date,
    complete,
    quick,
    any_device: anyDevice,
    run,
    doctor: doctorLine(diagnosis),
    ...results,
  };
}
