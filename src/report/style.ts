// Colour and weight of text on a terminal.

/** Ways to set off text; each returns its argument unchanged where there is no colour. */
export interface Style {
  readonly colour: boolean;
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
}

/** Whether to colour what goes to a stream: on a terminal, unless `NO_COLOR` is set to something. */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

export function styleOf(colour: boolean): Style {
  const wrap =
    (on: number, off: number) =>
    (text: string): string =>
      colour ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return { colour, bold: wrap(1, 22), dim: wrap(2, 22), green: wrap(32, 39), red: wrap(31, 39) };
}
