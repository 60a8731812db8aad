/** How the renewals at the end of one period went; periods count from 1. */
export interface Renewals {
  /** Customers who could renew. */
  readonly due: number;
  readonly renewed: number;
}

/** One row of a survival table: how many of the customers who began together were left after so many periods. */
export interface Survivors {
  /** From 0 on: all who began. */
  readonly period: number;
  readonly survivors: number;
}

/** One customer's subscription. */
export interface Lifetime {
  /** Periods paid for, at least 1; the last one may be running. */
  readonly periods: number;
  /** Whether the customer left at the end of the last one; else that renewal is yet to come. */
  readonly ended: boolean;
}

/** From a survival table of one cohort, its rows in order. */
export function renewalsOfSurvivors(table: readonly Survivors[]): readonly Renewals[] {
  return table
    .slice(1)
    .map(({ survivors }, index) => ({ due: table[index]?.survivors ?? 0, renewed: survivors }));
}

/** From lifetimes of customers who began at any time: who is still there counts for the renewals that are behind them. */
export function renewalsOfLifetimes(lifetimes: Iterable<Lifetime>): readonly Renewals[] {
  const left: number[] = [];
  const there: number[] = [];
  for (const { periods, ended } of lifetimes) {
    const counts = ended ? left : there;
    counts[periods] = (counts[periods] ?? 0) + 1;
  }
  const renewals: Renewals[] = [];
  let renewed = 0;
  for (let period = Math.max(left.length, there.length) - 1; period >= 1; period -= 1) {
    const due = renewed + (left[period] ?? 0);
    if (due > 0) renewals.unshift({ due, renewed });
    renewed = due + (there[period] ?? 0);
  }
  return renewals;
}
