// How `--help` is laid out: wrapped at any width, with a note and examples at the end.
import { type Command, Help, type HelpConfiguration } from 'commander';

/** What stands below the options of a command. */
export interface HelpEnd {
  readonly note?: string | undefined;
  /** Command lines. */
  readonly examples: readonly string[];
}

/** Columns for a description beside its term; with less it stands below. */
const BESIDE = 26;
/** Spaces before a description that stands below its term. */
const BELOW = 6;

/** Columns where nobody says how many there are. */
const DEFAULT_WIDTH = 80;

/** Width of the terminal, or `COLUMNS` where stdout is none. */
export function helpWidth(): number {
  const columns = process.stdout.isTTY ? process.stdout.columns : Number(process.env.COLUMNS);
  return columns > 0 ? columns : DEFAULT_WIDTH;
}

/** @param endOf what stands at the end of a command's help */
export function helpConfiguration(endOf: (command: Command) => HelpEnd): HelpConfiguration {
  return {
    minWidthToWrap: 1,
    formatItem(term, termWidth, description, helper) {
      const width = helper.helpWidth ?? DEFAULT_WIDTH;
      if (width - termWidth - 4 >= BESIDE) {
        return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
      }
      const head = indented(helper.boxWrap(term, width - 2), 2);
      return description === '' ? head : `${head}\n${indented(helper.boxWrap(description, width - BELOW), BELOW)}`;
    },
    formatHelp(command, helper) {
      const width = helper.helpWidth ?? DEFAULT_WIDTH;
      const [usage = '', ...rest] = Help.prototype.formatHelp.call(helper, command, helper).split('\n');
      const [first, ...more] = helper.boxWrap(usage, width).split('\n');
      const { note, examples } = endOf(command);
      return [
        first,
        ...more.map((line) => `  ${line}`),
        ...rest,
        ...(note === undefined ? [] : [helper.boxWrap(note, width), '']),
        'Examples:',
        ...examples.map((example) => commandLine(example, helper, width)),
        '',
      ].join('\n');
    },
  };
}

/** A command line that a shell takes as it stands: where it is broken, a backslash ends the line. */
function commandLine(text: string, helper: Help, width: number): string {
  const [first, ...more] = helper.boxWrap(text, width - BELOW).split('\n');
  return [`  ${first}`, ...more.map((line) => `    ${line}`)].join(' \\\n');
}

function indented(text: string, spaces: number): string {
  return text.replace(/^/gm, ' '.repeat(spaces));
}
