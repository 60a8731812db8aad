import type { OutlookAccount } from "./outlook-input.ts";
import type { SimulatedOutlook } from "./simulate-outlook.ts";

/** An account that may be gone. */
export interface AtRisk {
  readonly account: OutlookAccount;
  /** The chance that it is within twelve months, today included, and within thirty-six. */
  readonly goneIn12Months: number;
  readonly goneIn36Months: number;
  /** What it bought in the last twelve months, times the former: what accounts are ordered by. */
  readonly atRiskMinor: number;
}

/**
 * Accounts with the most to lose in twelve months, at most so many; of a sample only those that stand for themselves.
 *
 * @param without the id of an account that is lost already, if one is.
 */
export function largestAtRisk(
  { gone }: Pick<SimulatedOutlook, "gone">,
  most: number,
  without?: string,
): readonly AtRisk[] {
  return gone
    .filter(({ account }) => account.weight === 1 && account.accountId !== without)
    .map(({ account, in12Months, in36Months }) => ({
      account,
      goneIn12Months: in12Months,
      goneIn36Months: in36Months,
      atRiskMinor: account.yearMinor * in12Months,
    }))
    .filter(({ atRiskMinor }) => atRiskMinor > 0)
    .sort((left, right) => right.atRiskMinor - left.atRiskMinor)
    .slice(0, most);
}
