// The id under which a solver is scored.
import { basename } from 'node:path';

/** `<id>` of `solve_<id>` or `verify_<id>`; the file's stem for a bare `solve`, `verify` or `differ`; else the name. */
export function solverIdOf(name: string, file: string): string {
  if (name === 'solve' || name === 'verify' || name === 'differ') return basename(file, '.py');
  if (name.startsWith('solve_') && name.length > 6) return name.slice(6);
  if (name.startsWith('verify_') && name.length > 7) return name.slice(7);
  return name;
}
