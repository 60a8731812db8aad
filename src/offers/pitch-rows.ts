import type { PlannedAccount } from "../core/offers/offer.ts";
import { type OfferTotals, totalsOf } from "../core/offers/offer-totals.ts";
import { repKey } from "../core/worker-keys.ts";
import type { OfferMember } from "../store/offers.ts";

/** An account of a wave as lists show it: planned only, or at work. */
export type PitchRow = Pick<
  OfferMember,
  | "accountId"
  | "account"
  | "owner"
  | "wave"
  | "place"
  | "isHoldOut"
  | "status"
  | "holder"
  | "probability"
  | "low"
  | "high"
  | "value"
  | "effortMinutes"
  | "expectedMargin"
  | "reasons"
  | "exclusions"
>;

/** A planned account as it would stand: whoever owns it would hold it. */
export function plannedRow({ candidate, ...planned }: PlannedAccount): PitchRow {
  const { accountId, account, ownerId, owner, exclusions } = candidate;
  const isPitched = !planned.isHoldOut && exclusions.length === 0;
  const holder =
    isPitched && ownerId !== undefined && owner !== undefined
      ? { key: repKey(ownerId), name: owner }
      : undefined;
  return {
    ...planned,
    ...{ accountId, account, owner, exclusions, holder },
    status: holder ? "held" : "open",
  };
}

/** The row as of now: who is held back is expected to bring nothing, however it was planned. */
export function currentRow(row: PitchRow): PitchRow {
  return isHeldBack(row) || row.isHoldOut ? { ...row, expectedMargin: 0, effortMinutes: 0 } : row;
}

/** What holds an account back no longer matters once it has answered or was skipped. */
export function isHeldBack({ status, exclusions }: Pick<PitchRow, "status" | "exclusions">): boolean {
  return exclusions.length > 0 && (status === "open" || status === "held");
}

/** Whether nobody holds it and somebody may. */
export function isClaimable(row: PitchRow): boolean {
  return row.status === "open" && !row.isHoldOut && !isHeldBack(row);
}

/** What rows come to; figures of a wave are exact sums of its rows. */
export function totalsOfRows(rows: readonly PitchRow[]): OfferTotals {
  return totalsOf(
    rows.map((row) => ({ ...row, candidate: { exclusions: isHeldBack(row) ? row.exclusions : [] } })),
  );
}
