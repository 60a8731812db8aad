export interface Concentration {
  /** 0 when all accounts are equal, towards 1 when one has everything. */
  readonly gini: number;
  /** Herfindahl–Hirschman index, Σ share² × 10⁴: 10,000 when one account has everything. */
  readonly hhi: number;
  readonly top1Share: number;
  readonly top3Share: number;
  readonly top10Share: number;
  /** Share of the largest fifth of the accounts, rounded to the nearest account, at least one. */
  readonly top20PercentShare: number;
  readonly accountsFor80Percent: number;
  readonly accountsFor95Percent: number;
  readonly accountsFor99Percent: number;
}

/** What concentration is computed from, exact sums over the positive values: a store can add them up where the rows are. */
export interface ConcentrationSums {
  /** How many values are positive. */
  readonly buyers: number;
  readonly total: number;
  /** Σ (n + 1 − 2i)·xᵢ over the n values, the largest being the first. */
  readonly weighted: bigint;
  /** Σ xᵢ². */
  readonly squares: bigint;
  readonly top1: number;
  readonly top3: number;
  readonly top10: number;
  readonly top20Percent: number;
  readonly accountsFor80Percent: number;
  readonly accountsFor95Percent: number;
  readonly accountsFor99Percent: number;
}

/**
 * How much of the value hangs on how few accounts, over accounts with a positive value.
 * Undefined when there is none.
 *
 * @example
 * concentration([50, 50])?.hhi; // => 5000
 */
export function concentration(values: readonly number[]): Concentration | undefined {
  const descending = values.filter((value) => value > 0).sort((left, right) => right - left);
  const buyers = descending.length;
  const total = descending.reduce((sum, value) => sum + value, 0);
  const top = (accounts: number) => descending.slice(0, accounts).reduce((sum, value) => sum + value, 0);
  // `sum * 100 >= percent * total`, without products that large sums would round.
  const remainder = total % 100;
  const hundredth = (total - remainder) / 100;
  const accountsFor = (percent: number) => {
    let sum = 0;
    return (
      descending.findIndex((value) => {
        sum += value;
        return (sum - percent * hundredth) * 100 >= percent * remainder;
      }) + 1
    );
  };
  return concentrationOf({
    buyers,
    total,
    weighted: descending.reduce(
      (sum, value, index) => sum + BigInt(buyers - 1 - 2 * index) * BigInt(value),
      0n,
    ),
    squares: descending.reduce((sum, value) => sum + BigInt(value) ** 2n, 0n),
    top1: top(1),
    top3: top(3),
    top10: top(10),
    top20Percent: top(Math.max(1, Math.round(buyers / 5))),
    accountsFor80Percent: accountsFor(80),
    accountsFor95Percent: accountsFor(95),
    accountsFor99Percent: accountsFor(99),
  });
}

/**
 * The same from its sums. Gini by the ordered-sum form, Σ(2i − n − 1)·xᵢ ÷ (n·Σx) with x ascending (Sen 1973, eq. 2.8.3).
 */
export function concentrationOf(sums: ConcentrationSums): Concentration | undefined {
  const { buyers, total, weighted, squares } = sums;
  if (total === 0) return undefined;
  return {
    gini: Number(weighted) / (buyers * total),
    hhi: (Number(squares) / total / total) * 10_000,
    top1Share: sums.top1 / total,
    top3Share: sums.top3 / total,
    top10Share: sums.top10 / total,
    top20PercentShare: sums.top20Percent / total,
    accountsFor80Percent: sums.accountsFor80Percent,
    accountsFor95Percent: sums.accountsFor95Percent,
    accountsFor99Percent: sums.accountsFor99Percent,
  };
}
