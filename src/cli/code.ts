// Loads the code of the command: one script, and V8's compiled form of it where the build has left one for this Node.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { constants, Script } from 'node:vm';

// V8 compiles anew what has run for some time, and throws it away when other kinds of values come, as they do while program
// after program calls other functions: in a run of a second that took more time than the programs. Told to wait 15 times as
// long, it leaves short runs alone (400 programs on their tasks: 740 ms of CPU become 430) and is no later in long ones
// (40 times as many: 3.7 s become 2.1). The flag's name is V8's own and changed with version 12.
const v8 = Number.parseInt(process.versions.v8, 10);
setFlagsFromString(v8 < 12 ? '--interrupt-budget=1000000' : '--invocation-count-for-turbofan=45000');

/** What `program.ts` exports. */
interface Command {
  readonly main: (args: readonly string[]) => Promise<number>;
}

/** The script of the command, and the name of its compiled form. */
interface Code {
  readonly script: Script;
  readonly command: Command;
  readonly compiled: URL;
}

/**
 * Loads `command.cjs` of a folder. A start that finds its functions compiled takes half as long; another Node, or none
 * compiled, only takes longer.
 * @param folder with a slash at its end
 */
export function loadCode(folder: URL): Code {
  const file = new URL('command.cjs', folder);
  const compiled = new URL(`command-${process.version}-${process.arch}.cache`, folder);
  const cachedData = readIfThere(compiled);
  const script = new Script(readFileSync(file, 'utf8'), {
    filename: file.href,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module, createRequire(file), file.href);
  return { script, command: module.exports as Command, compiled };
}

function readIfThere(file: URL): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
