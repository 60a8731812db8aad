import { daysBetween, type Window } from "./calendar.ts";
import { type Concentration, concentration } from "./concentration.ts";
import { dominantShare, type Reason, reasonsFor } from "./reasons.ts";
import { positiveTotal, rankAccounts, type Tier, type TierCuts, tiers } from "./tiers.ts";

/** What one account bought, in minor units of one currency. Accounts that never bought are not listed. */
export interface AccountSpend {
  readonly accountId: string;
  /** In the window. */
  readonly value: number;
  /** In the window of the same length that ended earlier. */
  readonly previousValue: number;
  /** Purchases in the window. */
  readonly wins: number;
  readonly firstWonOn: string;
  readonly lastWonOn: string;
}

/** An account's place in the portfolio. */
export interface Standing extends AccountSpend {
  readonly tier: Tier;
  /** The tier by the figures, where a person set another one. */
  readonly computedTier: Tier | undefined;
  /** Undefined when it had not bought yet when the earlier window ended. */
  readonly previousTier: Tier | undefined;
  readonly reasons: readonly Reason[];
}

/** A tier that a person set. */
export interface TierOverride {
  readonly tier: Tier;
  /** The last day on which it holds; undefined for one without an end. */
  readonly until: string | undefined;
}

export interface TierTotal {
  readonly tier: Tier;
  readonly accounts: number;
  readonly value: number;
  readonly share: number;
  /** The value of the last account in it; undefined when it is empty. */
  readonly smallest: number | undefined;
}

export interface PortfolioTotals {
  /** Accounts with a tier: they have bought at least once. */
  readonly accounts: number;
  /** Sum of all values, negative ones included. */
  readonly value: number;
  readonly positiveValue: number;
  readonly tiers: readonly TierTotal[];
  readonly concentration: Concentration | undefined;
  /** Accounts that hold a tenth of the value or more, largest first. */
  readonly dominant: readonly { readonly accountId: string; readonly share: number }[];
}

export interface Portfolio {
  readonly standings: readonly Standing[];
  readonly totals: PortfolioTotals;
}

/**
 * Tiers, moves, reasons and concentration of a portfolio. Order: value descending, then account id.
 * `window` is the one the values are from, `previousUntil` the last day of the earlier one. A tier that a person set,
 * by account id, takes the place of the one by the figures; moves and the other reasons stay those of the figures.
 */
export function computePortfolio(
  spends: readonly AccountSpend[],
  parameters: { readonly cuts: TierCuts; readonly window: Window; readonly previousUntil: string },
  overrides: ReadonlyMap<string, TierOverride> = new Map(),
): Portfolio {
  const { cuts, window, previousUntil } = parameters;
  const byId = new Map(spends.map((spend) => [spend.accountId, spend]));
  const before = spends
    .filter(({ firstWonOn }) => firstWonOn <= previousUntil)
    .map(({ accountId, previousValue }) => ({ accountId, value: previousValue }));
  const previousTiers = new Map(rankAccounts(before, cuts).map(({ accountId, tier }) => [accountId, tier]));

  const ranked = rankAccounts(spends, cuts);
  const standings = ranked.flatMap(({ accountId, tier, share }) => {
    const spend = byId.get(accountId);
    if (!spend) return [];
    const previousTier = previousTiers.get(accountId);
    const quietDays = daysBetween(spend.lastWonOn, window.until);
    const reasons = reasonsFor({ ...spend, tier, previousTier, share, quietDays });
    const standing = { ...spend, tier, computedTier: undefined, previousTier, reasons };
    return [overridden(standing, overrides.get(accountId))];
  });
  return { standings, totals: totalsOf(standings) };
}

/** Totals over accounts with their tiers, ordered by value, largest first; shares are of these accounts. */
function totalsOf(
  ordered: readonly { readonly accountId: string; readonly value: number; readonly tier: Tier }[],
): PortfolioTotals {
  const positiveValue = positiveTotal(ordered);
  const shareOf = (value: number) => (positiveValue === 0 ? 0 : value / positiveValue);
  return {
    accounts: ordered.length,
    value: ordered.reduce((sum, { value }) => sum + value, 0),
    positiveValue,
    tiers: tiers.map((tier) => {
      const own = ordered.filter((account) => account.tier === tier);
      const value = own.reduce((sum, account) => sum + account.value, 0);
      const share = shareOf(positiveTotal(own));
      return { tier, accounts: own.length, value, share, smallest: own.at(-1)?.value };
    }),
    concentration: concentration(ordered.map(({ value }) => value)),
    dominant: ordered
      .map(({ accountId, value }) => ({ accountId, share: shareOf(value) }))
      .filter(({ share }) => share >= dominantShare),
  };
}

function overridden(standing: Standing, override: TierOverride | undefined): Standing {
  if (!override || override.tier === standing.tier) return standing;
  const { tier, until } = override;
  return {
    ...standing,
    tier,
    computedTier: standing.tier,
    reasons: [
      { code: "override", from: standing.tier, ...(until !== undefined && { until }) },
      ...standing.reasons,
    ],
  };
}
