// Programs that take long: what one costs grows with the grid.

const COLOURS = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'];

const HEAD = `    d1 = multiply(TEN, TEN)
    d2 = multiply(d1, NINE)
    d3 = height(I)
    d4 = multiply(d3, TEN)
    d5 = astuple(d4, d4)
`;

/**
 * The calls that a program pays for: a canvas, ten times as high as the grid, is looked at 900 times by a function.
 * @returns the name of a variable that is what `before` is, too
 */
function costlyCalls(look: string, colour: number, before: string): { readonly lines: string; readonly last: string } {
  const k = `${look}${colour}`;
  const lines = `    f_${k} = fork(astuple, ${look}, identity)
    g_${k} = compose(last, f_${k})
    p_${k} = power(g_${k}, d2)
    c_${k} = canvas(${COLOURS[colour]}, d5)
    x_${k} = p_${k}(c_${k})
    t_${k} = astuple(x_${k}, ${before})
    l_${k} = last(t_${k})
`;
  return { lines, last: `l_${k}` };
}

/** Programs that each pay for one costly value of their own, and return the grid. */
export function costlyPrograms(looks: readonly string[]): string {
  return looks
    .flatMap((look) =>
      COLOURS.map((_, colour) => {
        const { lines, last } = costlyCalls(look, colour, 'I');
        return `def solve_${look}${colour}(I):\n${HEAD}${lines}    return ${last}\n`;
      }),
    )
    .join('\n');
}
