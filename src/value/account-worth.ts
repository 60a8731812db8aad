import type { Context } from "../command.ts";
import { type RfmScores, type RfmThresholds, scoreRfm } from "../core/rfm.ts";
import type { Range } from "../core/value/simulate-account.ts";
import type { ValueReason } from "../core/value/value-reasons.ts";
import type { Snapshot } from "../store/reads.ts";
import type { ValueBasis, ValuedAccount } from "../store/values.ts";
import { likelyRange } from "./list-by-worth.ts";
import { reasonsOf } from "./value-reasons.ts";

/** Everything that is said of one account's lifetime value. */
export interface AccountWorth {
  readonly basis: ValueBasis;
  readonly account: ValuedAccount;
  readonly range: Range;
  readonly reasons: readonly ValueReason[];
  readonly rfm: { readonly scores: RfmScores; readonly thresholds: RfmThresholds } | undefined;
}

/** Undefined for a prospect, and in snapshots of before there were lifetime values. */
export async function accountWorth(
  snapshot: Snapshot,
  accountId: string,
  { store }: Pick<Context, "store">,
): Promise<AccountWorth | undefined> {
  const [basis, account, thresholds] = await Promise.all([
    store.valueBasis(snapshot),
    store.accountValue(snapshot, accountId),
    store.rfmThresholds(snapshot),
  ]);
  if (!basis || !account) return undefined;
  return {
    basis,
    account,
    range: likelyRange(account, basis, snapshot),
    reasons: reasonsOf(account, basis, snapshot),
    rfm: thresholds && { thresholds, scores: scoreRfm(thresholds, factsOf(account)) },
  };
}

function factsOf({ lastOn, purchaseDays, spend }: ValuedAccount) {
  return { lastOn, frequency: purchaseDays, monetaryMinor: spend };
}
