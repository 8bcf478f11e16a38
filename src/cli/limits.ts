// The limits of `batt run` under one name: what `--limits` stands for.

/** What a candidate may take on a sample: seconds of wall clock, and units of work. */
interface Limits {
  readonly timeout: number;
  readonly budget?: number | undefined;
}

export type LimitsName = 'default' | 'search';

/** Documented in docs/budgets.md. `search` is for many candidates of which most are of no use. */
const NAMED: Readonly<Record<LimitsName, Limits>> = {
  default: { timeout: 10 },
  search: { timeout: 1, budget: 5_000_000 },
};

export const LIMITS_NAMES: readonly string[] = Object.keys(NAMED);

/** The limits that flags ask for: `-t` and `--budget` go before those of the name. */
export function limitsOf(flags: Partial<Limits> & { readonly limits: LimitsName }): Limits {
  const { timeout, budget } = NAMED[flags.limits];
  return { timeout: flags.timeout ?? timeout, budget: flags.budget ?? budget };
}
