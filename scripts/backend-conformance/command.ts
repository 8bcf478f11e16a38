// The conformance command for backends: one line a case and backend, then the sum.
import { parseArgs } from 'node:util';
import { type Backend, BackendAbsentError, type BackendName } from '../../kernels/backend.ts';
import { BACKENDS, type openBackend } from '../../kernels/open.ts';
import type { Case, RealSample } from '../../kernels/suite/case.ts';
import { conformanceCases, realSamples } from '../../kernels/suite/cases.ts';
import { DataNotFoundError, findData } from '../../src/arc/find.ts';
import { readTasks } from '../../src/arc/read.ts';
import type { Console } from '../conformance/command.ts';
import { type CaseResult, type Printer, printJson, printText } from './print.ts';

const USAGE = `usage: node dist/scripts/backend-conformance.js [--backend NAME]... [--gpus N] [--json]
  --backend  ${BACKENDS.join(', ')}; default all that are there
  --gpus     of backends that spread over GPUs: how many
  --json     JSON Lines: one a case, and a summary`;

interface Flags {
  readonly backends: readonly BackendName[];
  readonly gpus: number | undefined;
  readonly json: boolean;
}

/**
 * Runs the command. Real grids are those of the training set where it is found, see `findData`.
 *
 * @returns its exit code: 0, 1 a case failed, 2 wrong usage or a backend was named that is absent
 */
export async function backendConformance(
  args: readonly string[],
  open: typeof openBackend,
  console: Console,
): Promise<0 | 1 | 2> {
  const flags = parse(args);
  if (typeof flags === 'string') {
    console.err(`${flags}\n${USAGE}`);
    return 2;
  }
  const printer = flags.json ? printJson(console.out) : printText(console.out);
  const cases = conformanceCases(realGrids(printer));
  let absent = false;
  for (const name of flags.backends.length > 0 ? flags.backends : BACKENDS) {
    try {
      const backend = await open(name, flags.gpus === undefined ? {} : { gpus: flags.gpus });
      await runCases(cases, backend, printer);
    } catch (error) {
      if (!(error instanceof BackendAbsentError)) {
        printer.backend(name, 'a device that does not open');
        printer.result({ backend: name, name: 'opens', seconds: 0, reason: reasonOf(error) });
      } else if (flags.backends.length > 0) {
        console.err(error.message);
        absent = true;
      } else printer.leftOut(error.message);
    }
  }
  const failed = printer.end();
  if (absent) return 2;
  return failed > 0 ? 1 : 0;
}

/** The flags, or what is wrong with them. */
function parse(args: readonly string[]): Flags | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        backend: { type: 'string', multiple: true, default: [] },
        gpus: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const unknown = values.backend.find((name) => !BACKENDS.some((known) => known === name));
    if (unknown !== undefined) return `--backend: no backend is called "${unknown}"`;
    const gpus = values.gpus === undefined ? undefined : Number(values.gpus);
    if (gpus !== undefined && !(Number.isInteger(gpus) && gpus > 0))
      return `--gpus: "${values.gpus}" is no number of GPUs`;
    return { backends: values.backend as BackendName[], gpus, json: values.json };
  } catch (error) {
    return (error as Error).message;
  }
}

function realGrids(printer: Printer): RealSample[] | undefined {
  try {
    return realSamples(readTasks(findData('train').parts));
  } catch (error) {
    if (!(error instanceof DataNotFoundError)) throw error;
    printer.leftOut('gridMatch: real grids (no ARC data; set ARC_DATA)');
    return undefined;
  }
}

async function runCases(cases: readonly Case[], backend: Backend, printer: Printer): Promise<void> {
  printer.backend(backend.name, backend.device);
  const closing: Case = { name: 'closes', run: (opened) => opened.close() };
  for (const each of [...cases, closing]) printer.result(await runCase(each, backend));
}

async function runCase({ name, run }: Case, backend: Backend): Promise<CaseResult> {
  const started = performance.now();
  const result = (reason?: string) => {
    const seconds = (performance.now() - started) / 1000;
    return { backend: backend.name, name, seconds, ...(reason === undefined ? {} : { reason }) };
  };
  try {
    await run(backend);
    return result();
  } catch (error) {
    return result(reasonOf(error));
  }
}

/** In one line; the cause of a random case's failure is what the case says. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.split(/\s*\n\s*/).join('; ');
  return error.cause === undefined ? message : `${message}: ${reasonOf(error.cause)}`;
}
