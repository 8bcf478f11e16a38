// node dist/scripts/backend-conformance.js: holds the backends of this machine against the plain references.
import { openBackend } from '../kernels/open.ts';
import { backendConformance } from './backend-conformance/command.ts';

process.exitCode = await backendConformance(process.argv.slice(2), openBackend, {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
