import type { Tier } from "../core/tiers.ts";
import type { Range } from "../core/value/simulate-account.ts";
import type { Snapshot } from "../store/reads.ts";
import type { ValuedAccount } from "../store/values.ts";
import type { WorthList } from "./list-by-worth.ts";
import { reasonsOf, wordValueReason } from "./value-reasons.ts";
import { wordTiers } from "./value-words.ts";

/** Exact figures, as a list that can be downloaded; `ranges` by account, undefined where rows have none. */
export function worthData(
  { basis, total, rows, whole }: WorthList,
  about: {
    readonly tier: Tier | undefined;
    readonly snapshot: Snapshot;
    readonly ranges: ReadonlyMap<string, Range> | undefined;
  },
) {
  const { tier, snapshot, ranges } = about;
  const { currency } = snapshot;
  const money = (amount: number) => ({ amount, currency });
  const shareOf = (part: number) => (whole === 0 ? 0 : part / whole);
  return {
    tier: tier ?? null,
    measure: "ltv",
    asOf: snapshot.asOf,
    predictor: basis.fit.predictor,
    terms: basis.terms,
    total: { accounts: total.accounts, value: money(total.worthMinor), share: total.share },
    rows: rows.map((account) => ({
      rank: account.rank ?? null,
      accountId: account.accountId,
      account: account.account,
      owner: account.owner ?? null,
      tier: account.tier ?? null,
      spendTier: account.spendTier,
      flag: flagOf(account) ?? null,
      value: money(account.worthMinor),
      ...(ranges && { range: rangeData(ranges.get(account.accountId), currency) }),
      share: shareOf(account.worthMinor),
      cumulativeShare: shareOf(account.cumulativeWorth ?? 0),
      expected: account.expected,
      alive: account.alive ?? null,
      purchaseDays: account.purchaseDays,
      firstOn: account.firstOn,
      lastOn: account.lastOn,
      reasons: reasonsOf(account, basis, snapshot).map((reason) => ({
        ...reason,
        text: wordValueReason(reason, snapshot),
      })),
    })),
  };
}

/** "C by spend, A by lifetime value"; undefined where tiers agree. */
export function flagOf({ tier, spendTier }: Pick<ValuedAccount, "tier" | "spendTier">): string | undefined {
  return tier === undefined || tier === spendTier ? undefined : wordTiers(spendTier, tier);
}

/** In minor units that are whole. */
export function rangeData(range: Range | undefined, currency: string) {
  if (!range) return null;
  const money = (amount: number) => ({ amount: Math.round(amount), currency });
  return { low: money(range.low), high: money(range.high) };
}
