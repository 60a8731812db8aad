import type { Growth } from "../core/growth.ts";
import type { GrowthAccount, GrowthFigures } from "../store/growth.ts";
import type { Snapshot } from "../store/reads.ts";
import { wordPath } from "./growth-words.ts";

/** Exact figures, of which the bridge is the list that can be downloaded. */
export function growthData(
  { before, now, changeShare, retention, steps }: Growth,
  { gained, lost, oldestOn }: GrowthFigures,
  { asOf, currency }: Snapshot,
) {
  const money = (amount: number) => ({ amount, currency });
  const named = ({ accountId, account, ...years }: GrowthAccount) => ({
    ...{ accountId, account, path: years.path },
    yearBefore: money(years.before),
    thisYear: money(years.now),
    difference: money(years.now - years.before),
    reason: wordPath({ accountId, account, ...years }, currency),
  });
  return {
    asOf,
    yearBefore: money(before),
    thisYear: money(now),
    changeShare: changeShare ?? null,
    netRetention: retention?.net ?? null,
    grossRetention: retention?.gross ?? null,
    customersBefore: retention?.accounts ?? 0,
    customersKept: retention?.accountsKept ?? 0,
    oldestOn: oldestOn ?? null,
    gained: gained.map(named),
    lost: lost.map(named),
    rows: steps.map((step) => ({
      path: step.path,
      accounts: step.accounts,
      yearBefore: money(step.before),
      thisYear: money(step.now),
      difference: money(step.difference),
    })),
  };
}
