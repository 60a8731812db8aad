import jStat from "jstat";
import { within } from "./log-odds.ts";
import type { Candidate, PlannedAccount } from "./offer.ts";

/** What a sum needs to know of an account, planned or at work. */
export type Summed = Pick<
  PlannedAccount,
  "isHoldOut" | "probability" | "expectedMargin" | "effortMinutes"
> & {
  readonly candidate: Pick<Candidate, "exclusions">;
};

/** What a plan, or one wave of it, comes to. Money in minor units. */
export interface OfferTotals {
  /** Those that are pitched. */
  readonly accounts: number;
  readonly excluded: number;
  readonly heldOut: number;
  /** The sum of the accounts' own, to the minor unit. */
  readonly expectedMargin: number;
  /** The interval of 80 % around it. */
  readonly low: number;
  readonly high: number;
  readonly effortMinutes: number;
  /** Undefined where no time is planned. */
  readonly marginPerHour: number | undefined;
  readonly expectedWins: number;
}

/**
 * Adds a plan up. The interval takes every pitch as won or lost on its own: the margin of account `i` is `m` with
 * probability `p`, so that the sum varies by Σ m²·p·(1 − p), and a normal distribution with that variance is cut off at
 * nothing sold and at everything sold. An account's own doubt about `p` is in that already, because a win with an
 * uncertain chance varies exactly as one with the mean chance does. What is not in it is a mistake that all accounts share,
 * such as a base that is too high.
 */
export function totalsOf(accounts: readonly Summed[]): OfferTotals {
  const excluded = accounts.filter(isExcluded).length;
  const heldOut = accounts.filter(({ isHoldOut }) => isHoldOut).length;
  const pitched = accounts.filter((account) => !isExcluded(account) && !account.isHoldOut);
  const expectedMargin = sumOf(accounts, (account) => account.expectedMargin);
  const effortMinutes = sumOf(accounts, (account) => account.effortMinutes);
  const everything = sumOf(pitched, marginOfWin);
  const deviation = Math.sqrt(
    sumOf(pitched, (account) => marginOfWin(account) ** 2 * account.probability * (1 - account.probability)),
  );
  const reach = jStat.normal.inv(0.9, 0, 1) * deviation;
  return {
    accounts: pitched.length,
    excluded,
    heldOut,
    expectedMargin,
    low: Math.round(within(expectedMargin - reach, 0, everything)),
    high: Math.round(within(expectedMargin + reach, 0, everything)),
    effortMinutes,
    marginPerHour: effortMinutes === 0 ? undefined : Math.round((expectedMargin * 60) / effortMinutes),
    expectedWins: sumOf(pitched, ({ probability }) => probability),
  };
}

function isExcluded({ candidate }: Summed): boolean {
  return candidate.exclusions.length > 0;
}

/** The margin if it is won, as the rounded expectation implies it. */
function marginOfWin({ expectedMargin, probability }: Summed): number {
  return expectedMargin / probability;
}

function sumOf(accounts: readonly Summed[], part: (account: Summed) => number): number {
  return accounts.reduce((sum, account) => sum + part(account), 0);
}
