import type { Day } from "./calendar.ts";
import type { Reason } from "./reasons.ts";
import type { AccountSpend } from "./standings.ts";
import { rankAccounts, type Tier, type TierCuts } from "./tiers.ts";

/** `new` had no tier before, `gone` has none any more. */
export type MoveKind = "rose" | "fell" | "new" | "gone";
export const moveKinds: readonly MoveKind[] = ["rose", "fell", "new", "gone"];

/** An account's tier and value then and now, in minor units. */
export interface Move {
  readonly accountId: string;
  /** Undefined for an account without a standing now. */
  readonly tier: Tier | undefined;
  /** Undefined for an account without a standing then. */
  readonly previousTier: Tier | undefined;
  readonly value: number;
  readonly previousValue: number;
  readonly firstWonOn: Day;
  readonly lastWonOn: Day;
}

/** The one reason that tells most about a move; `from` and `to` are its values then and now. */
export type MoveReason =
  | Extract<
      Reason,
      { code: "override" | "new" | "negative" | "inactive" | "grew" | "shrank" } | { code: "bought" }
    >
  | { readonly code: "gone" }
  /** It fell without spending less, or rose without spending more: others moved. */
  | { readonly code: "overtaken" | "others-fell"; readonly from: number; readonly to: number };

export function moveKind({ tier, previousTier }: Pick<Move, "tier" | "previousTier">): MoveKind {
  if (tier === undefined) return "gone";
  if (previousTier === undefined) return "new";
  return tier < previousTier ? "rose" : "fell";
}

/** Why an account moved. `reasons` are those of its standing now, of which a tier set by hand comes before all. */
export function moveReason(
  move: Move & { readonly wins: number; readonly reasons: readonly Reason[] },
): MoveReason {
  const { value: to, previousValue: from, wins, firstWonOn, lastWonOn } = move;
  const kind = moveKind(move);
  const byHand = move.reasons.find((reason) => reason.code === "override");
  if (kind === "gone") return { code: "gone" };
  if (byHand) return byHand;
  if (kind === "new") return { code: "new", firstWonOn };
  if (to < 0) return { code: "negative" };
  if (kind === "fell") {
    if (wins === 0) return { code: "inactive", lastWonOn };
    return { code: to < from ? "shrank" : "overtaken", from, to };
  }
  if (to <= from) return { code: "others-fell", from, to };
  return from > 0 ? { code: "grew", from, to } : { code: "bought", wins, lastWonOn };
}

/**
 * Moves since an earlier day for which no standings are kept: tiers are cut by the values of both days, among the
 * accounts given. A tier that a person set stays as it is.
 *
 * @param standings what holds now; `isByHand` where a person set the tier.
 * @param spends with `previousValue` of the window that ended on the earlier day.
 */
export function movesSince(
  standings: readonly (Omit<Move, "previousTier" | "previousValue"> & {
    readonly tier: Tier;
    readonly isByHand: boolean;
  })[],
  spends: readonly AccountSpend[],
  { cuts, until }: { readonly cuts: TierCuts; readonly until: Day },
): readonly Move[] {
  const tiersOf = (values: readonly { readonly accountId: string; readonly value: number }[]) =>
    new Map(rankAccounts(values, cuts).map(({ accountId, tier }) => [accountId, tier]));
  const before = spends
    .filter(({ firstWonOn }) => firstWonOn <= until)
    .map((spend) => ({ ...spend, value: spend.previousValue }));
  const [tiers, previousTiers] = [tiersOf(standings), tiersOf(before)];
  // Also of those that had no tier yet: credits may come before the first purchase.
  const previousValues = new Map(spends.map(({ accountId, previousValue }) => [accountId, previousValue]));
  const present = standings.map(({ isByHand, ...standing }) => ({
    ...standing,
    tier: isByHand ? standing.tier : tiers.get(standing.accountId),
    previousTier: previousTiers.get(standing.accountId),
    previousValue: previousValues.get(standing.accountId) ?? 0,
  }));
  const gone = before
    .filter(({ accountId }) => !tiers.has(accountId))
    .map(({ accountId, previousValue, firstWonOn, lastWonOn }) => ({
      ...{ accountId, tier: undefined, previousTier: previousTiers.get(accountId) },
      ...{ value: 0, previousValue, firstWonOn, lastWonOn },
    }));
  return [...present, ...gone].filter(({ tier, previousTier }) => tier !== previousTier);
}
