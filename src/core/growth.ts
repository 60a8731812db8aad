/**
 * What became of accounts from one year to the next. `kept` to `lost` are those that bought on balance in the year
 * before; `returned` had bought earlier, but nothing on balance in it; `new` bought for the first time this year;
 * `credited` only got money back, or bought for nothing.
 */
export const accountPaths = [
  "kept",
  "expanded",
  "contracted",
  "lost",
  "returned",
  "new",
  "credited",
] as const;
export type AccountPath = (typeof accountPaths)[number];

/** Accounts of one path, with the sums of what they bought in either year, less what went back; in minor units. */
export interface PathSums {
  readonly path: AccountPath;
  readonly accounts: number;
  readonly before: number;
  readonly now: number;
}

export interface Growth {
  /** Everything that was bought in the year before, and in this one. */
  readonly before: number;
  readonly now: number;
  /** Undefined where nothing was bought in the year before, or less. */
  readonly changeShare: number | undefined;
  readonly retention: Retention | undefined;
  /** Every path, also those that nobody took: their differences add up from the year before to this one. */
  readonly steps: readonly GrowthStep[];
}

export interface GrowthStep extends PathSums {
  readonly difference: number;
}

/** Over the accounts that bought in the year before. */
export interface Retention {
  readonly accounts: number;
  readonly before: number;
  /** What they buy now, of what they bought then: above 1 where they grow. */
  readonly net: number;
  /** The same without what any of them buys more than then, and with nothing for those whose credits exceed purchases: never above 1. */
  readonly gross: number;
  /** Of these accounts, those that still buy. */
  readonly accountsKept: number;
}

/** The paths of accounts that bought in the year before. */
const basePaths: ReadonlySet<AccountPath> = new Set(["kept", "expanded", "contracted", "lost"]);

/** What an account did, in minor units. */
export interface AccountYears {
  readonly before: number;
  readonly now: number;
  /** Whether its first purchase ever is in this year. */
  readonly isNew: boolean;
}

export function pathOf({ before, now, isNew }: AccountYears): AccountPath {
  if (before > 0) {
    if (now <= 0) return "lost";
    if (now === before) return "kept";
    return now > before ? "expanded" : "contracted";
  }
  if (isNew) return "new";
  return now > 0 ? "returned" : "credited";
}

/**
 * Growth from the sums of each path. Net and gross retention as subscription companies have them (net: with expansion;
 * gross: each account at most at what it was), over accounts instead of contracts.
 */
export function growthOf(sums: readonly PathSums[]): Growth {
  const steps = accountPaths.map((path): GrowthStep => {
    const { accounts, before, now } = sums.find((own) => own.path === path) ?? nobody;
    return { path, accounts, before, now, difference: now - before };
  });
  const total = (of: readonly GrowthStep[], figure: "accounts" | "before" | "now") =>
    of.reduce((sum, step) => sum + step[figure], 0);
  const [before, now] = [total(steps, "before"), total(steps, "now")];
  return {
    ...{ before, now, steps },
    changeShare: before > 0 ? now / before - 1 : undefined,
    retention: retentionOf(steps.filter(({ path }) => basePaths.has(path))),
  };
}

const nobody = { accounts: 0, before: 0, now: 0 };

function retentionOf(base: readonly GrowthStep[]): Retention | undefined {
  const before = base.reduce((sum, step) => sum + step.before, 0);
  if (before <= 0) return undefined;
  // Those that expanded count with what they were; those that were lost with nothing, whatever went back to them.
  const capped = base.map((step) => (step.path === "lost" ? 0 : Math.min(step.now, step.before)));
  return {
    accounts: base.reduce((sum, step) => sum + step.accounts, 0),
    before,
    net: base.reduce((sum, step) => sum + step.now, 0) / before,
    gross: capped.reduce((sum, value) => sum + value, 0) / before,
    accountsKept: base.reduce((sum, step) => sum + (step.path === "lost" ? 0 : step.accounts), 0),
  };
}
