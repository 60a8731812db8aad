/** A is the top of the portfolio; D also holds accounts that bought nothing in the window. */
export type Tier = "A" | "B" | "C" | "D";

export const tiers: readonly Tier[] = ["A", "B", "C", "D"];

/** Where A, B and C end, in thousandths of the cumulative value. */
export interface TierCuts {
  readonly A: number;
  readonly B: number;
  readonly C: number;
}

/** The classic Pareto cuts: 80, 95 and 99 %. */
export const defaultCuts: TierCuts = { A: 800, B: 950, C: 990 };

export interface Valued {
  readonly accountId: string;
  /** Minor units; a safe integer. */
  readonly value: number;
}

export interface Ranked extends Valued {
  /** 1 is the largest. */
  readonly rank: number;
  readonly tier: Tier;
  /** Value ÷ sum of the positive values; 0 where nothing is positive. */
  readonly share: number;
  /** Share of this account and all above it. */
  readonly cumulativeShare: number;
}

/**
 * Ranks accounts and cuts them into tiers by cumulative share of the positive value, largest first.
 * The account that crosses a cut belongs to the higher tier; a value of 0 or less is D.
 * Order: value descending, then account id.
 *
 * @example
 * rankAccounts([{ accountId: "a", value: 90 }, { accountId: "b", value: 10 }], defaultCuts)
 *   .map(({ tier }) => tier); // => ["A", "B"]
 */
export function rankAccounts(accounts: readonly Valued[], cuts: TierCuts): readonly Ranked[] {
  const ordered = [...accounts].sort(byValueThenId);
  const total = positiveTotal(ordered);
  const limits = tierLimits(total, cuts);
  let above = 0;
  return ordered.map(({ accountId, value }, index) => {
    const tier = tierAt(above, value, limits);
    above += Math.max(value, 0);
    return {
      accountId,
      value,
      rank: index + 1,
      tier,
      share: ratio(value, total),
      cumulativeShare: ratio(above, total),
    };
  });
}

export function positiveTotal(accounts: readonly Valued[]): number {
  return accounts.reduce((sum, { value }) => sum + Math.max(value, 0), 0);
}

/** The cumulative values at which tiers end, rounded up, so that comparing integers is exact. */
export function tierLimits(total: number, cuts: TierCuts): TierCuts {
  const limit = (thousandths: number) => Number((BigInt(total) * BigInt(thousandths) + 999n) / 1000n);
  return { A: limit(cuts.A), B: limit(cuts.B), C: limit(cuts.C) };
}

/** The tier of an account with this value when all above it sum to `above`. */
export function tierAt(above: number, value: number, limits: TierCuts): Tier {
  if (value <= 0) return "D";
  if (above < limits.A) return "A";
  if (above < limits.B) return "B";
  if (above < limits.C) return "C";
  return "D";
}

function byValueThenId(left: Valued, right: Valued): number {
  return right.value - left.value || (left.accountId < right.accountId ? -1 : 1);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
