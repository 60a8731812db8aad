import { z } from "zod";
import { dayIn } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import type { Moment } from "./offer-exclusions.ts";
import { joinVisible } from "./offer-waves.ts";
import type { Offer } from "./offers.ts";
import { readSnapshots } from "./read-snapshots.ts";
import { salesOf } from "./sales.ts";
import { bigintNumber, type Executor, rowOf, sql } from "./sql.ts";
import { visibleMemberships } from "./visibility.ts";

/** How many of the accounts that were pitched, and of those held out, bought since the offer was made, by what was imported. */
export async function readOutcomes(
  on: Executor,
  access: Access,
  { timeZone }: Moment,
  offer: { readonly id: number; readonly createdAt: Date; readonly productIds: readonly string[] },
): Promise<Pick<Offer, "holdOut" | "pitched">> {
  const { workspaceId } = access;
  const snapshot = await readSnapshots(on, access).snapshot();
  const ofOffer = sql`m.account_id IN (SELECT account_id FROM offer_account
    WHERE workspace_id = ${workspaceId} AND offer_id = ${offer.id}) AND ${visibleMemberships(access)}`;
  const isWanted =
    offer.productIds.length === 0
      ? sql`TRUE`
      : sql`sale.product_record_id = ANY(${offer.productIds}::uuid[])`;
  const buyers = snapshot
    ? sql`SELECT DISTINCT sale.account_id FROM (${salesOf(workspaceId, snapshot.basis, snapshot.asOf, ofOffer)}) sale
          WHERE sale.on_day >= ${dayIn(offer.createdAt, timeZone)}::date AND ${isWanted}`
    : sql`SELECT NULL::uuid AS account_id WHERE FALSE`;
  const isAnswered = sql`NOT m.is_hold_out AND m.status IN ('won', 'lost', 'no-reply')`;
  const row = await rowOf(
    on,
    z.object({
      heldOut: bigintNumber,
      heldOutBought: bigintNumber,
      pitched: bigintNumber,
      bought: bigintNumber,
    }),
    sql`SELECT COUNT(*) FILTER (WHERE m.is_hold_out) AS "heldOut",
               COUNT(b.account_id) FILTER (WHERE m.is_hold_out) AS "heldOutBought",
               COUNT(*) FILTER (WHERE ${isAnswered}) AS pitched,
               COUNT(b.account_id) FILTER (WHERE ${isAnswered}) AS bought
        FROM offer_account m ${joinVisible(access)} LEFT JOIN (${buyers}) b ON b.account_id = m.account_id
        WHERE m.workspace_id = ${workspaceId} AND m.offer_id = ${offer.id}`,
  );
  return {
    holdOut: { accounts: row.heldOut, bought: row.heldOutBought },
    pitched: { accounts: row.pitched, bought: row.bought },
  };
}
