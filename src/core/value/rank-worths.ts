import { type Tier, type TierCuts, tierAt, tierLimits } from "../tiers.ts";

/** Where each account stands by worth; all lists run in step with the worths. */
export interface Places {
  /** 1 is the largest worth. */
  readonly rank: Uint32Array;
  /** The sum of the positive worths before it, in minor units. */
  readonly aboveMinor: Float64Array;
  readonly tierOf: (account: number) => Tier;
}

/**
 * What `rankAccounts` says of so many accounts that no object can be made of each.
 *
 * @param worthMinor whole numbers, in the order of account ids.
 */
export function rankWorths(worthMinor: Float64Array, cuts: TierCuts): Places {
  const worthOf = (account: number) => worthMinor[account] ?? 0;
  const order = Uint32Array.from(worthMinor, (_, account) => account).sort(
    (left, right) => worthOf(right) - worthOf(left) || left - right,
  );
  const rank = new Uint32Array(order.length);
  const aboveMinor = new Float64Array(order.length);
  let above = 0;
  for (const [place, account] of order.entries()) {
    rank[account] = place + 1;
    aboveMinor[account] = above;
    above += Math.max(0, worthOf(account));
  }
  const limits = tierLimits(above, cuts);
  return {
    rank,
    aboveMinor,
    tierOf: (account) => tierAt(aboveMinor[account] ?? 0, worthOf(account), limits),
  };
}
