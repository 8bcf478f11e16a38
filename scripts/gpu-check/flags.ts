// The flags of gpu-check.
import { parseArgs } from 'node:util';

export const USAGE = `usage: scripts/gpu-check.sh [--out FILE] [--limit SECONDS] [-b BATTERY] [--data SET] [--quick] [--any-device]
  checks every GPU backend against the plain references, times it, times PyTorch or CuPy of python3 (or $PYTHON) beside it,
  and runs a battery on each backend; prints a table and writes JSON
  --out         the JSON file (default gpu-check.json)
  --limit       seconds for all of it; what does not fit is left out (default 540)
  -b, --data    the battery and the tasks of the runs, as of batt run (default: the bundled ones)
  --quick       fewer repeats, 1,000 and 10,000 comparisons only
  --any-device  take software adapters and CPUs for GPUs: a test of this program, its figures say nothing
exit codes: 0 all done, or left out for a stated reason; 1 a backend failed, or none is there; 2 wrong usage, or there is no GPU`;

export interface Flags {
  readonly out: string;
  readonly limit: number;
  /** Arguments of `batt run`. */
  readonly run: readonly string[];
  readonly quick: boolean;
  readonly anyDevice: boolean;
}

/** The flags, `help`, or what is wrong with them as an Error. */
export function parseFlags(args: readonly string[]): Flags | 'help' | Error {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string', default: 'gpu-check.json' },
        limit: { type: 'string', default: '540' },
        battery: { type: 'string', short: 'b' },
        data: { type: 'string' },
        quick: { type: 'boolean', default: false },
        'any-device': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return 'help';
    const limit = Number(values.limit);
    if (!(limit > 0)) return new Error(`--limit: found "${values.limit}", expected seconds`);
    const run = [
      ...(values.battery === undefined ? [] : ['-b', values.battery]),
      ...(values.data === undefined ? [] : ['--data', values.data]),
    ];
    return { out: values.out, limit, run, quick: values.quick, anyDevice: values['any-device'] };
  } catch (error) {
    return error as Error;
  }
}
