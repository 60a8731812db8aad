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

/**
 * How much of the value hangs on how few accounts, over accounts with a positive value.
 * Undefined when there is none.
 *
 * Gini by the ordered-sum form, Σ(2i − n − 1)·xᵢ ÷ (n·Σx) with x ascending (Sen 1973, eq. 2.8.3).
 *
 * @example
 * concentration([50, 50])?.hhi; // => 5000
 */
export function concentration(values: readonly number[]): Concentration | undefined {
  const descending = values.filter((value) => value > 0).sort((left, right) => right - left);
  const count = descending.length;
  const total = descending.reduce((sum, value) => sum + value, 0);
  if (total === 0) return undefined;
  const topShare = (accounts: number) =>
    descending.slice(0, accounts).reduce((sum, value) => sum + value, 0) / total;
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
  const weighted = descending.reduce((sum, value, index) => sum + (count - 1 - 2 * index) * value, 0);
  return {
    gini: weighted / (count * total),
    hhi: descending.reduce((sum, value) => sum + (value / total) ** 2, 0) * 10_000,
    top1Share: topShare(1),
    top3Share: topShare(3),
    top10Share: topShare(10),
    top20PercentShare: topShare(Math.max(1, Math.round(count / 5))),
    accountsFor80Percent: accountsFor(80),
    accountsFor95Percent: accountsFor(95),
    accountsFor99Percent: accountsFor(99),
  };
}
