// Leaves V8's compiled form of the command beside it: `precompile <folder> <scratch folder>`. The functions that the main commands use are
// in it, because they are run here first.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadCode } from '../src/cli/code.ts';

const [dist = 'dist', scratch = '.'] = process.argv.slice(2);
const folder = pathToFileURL(`${resolve(dist)}/`);
const { script, command, compiled } = loadCode(folder);
for (const options of [[], ['--json']]) await command.main(['run', '--timing', '--out', scratch, ...options]);
process.exitCode = 0;
writeFileSync(compiled, script.createCachedData());
