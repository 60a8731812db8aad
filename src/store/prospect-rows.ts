import { z } from "zod";
import { anotherRep } from "../core/access.ts";
import type { Access } from "./access.ts";
import { type PageOf, rowsOfPage } from "./page-of.ts";
import type { PotentialReason } from "./potential-reasons.ts";
import type { ProspectRow } from "./prospects.ts";
import type { Snapshot } from "./reads.ts";
import { joinAccount } from "./sales.ts";
import { bigintNumber, empty, optional, type Sql, sql } from "./sql.ts";
import { isNamed, ownerName, visibleAccounts } from "./visibility.ts";

/** A page of prospects `a` with their potential `p`, by weighted potential; what is beside it is looked up for the page alone. */
export function listedProspects(
  access: Access,
  snapshot: Snapshot,
  { from, where }: { readonly from: Sql; readonly where: Sql },
  page: PageOf,
): Sql {
  const { workspaceId } = access;
  const seesAll = access.owners === "all";
  return sql`WITH page AS MATERIALIZED (
      SELECT a.id AS account_id, a.name AS account, a.owner_record_id AS owner_id, ${ownerName(access)} AS owner,
             p.tier::text, p.potential_minor, p.low_minor, p.high_minor, p.probability, p.low AS chance_low,
             p.high AS chance_high, p.weighted_minor, p.weighted_rank, p.resembles_id, p.reasons,
             ${seesAll ? sql`p.weighted_rank` : sql`seen.place`}::int AS place
      FROM ${from} ${seesAll ? empty : sql`JOIN (${placesAmongSeen(access, snapshot)}) seen ON seen.account_id = p.account_id`}
      WHERE ${where} ORDER BY p.weighted_rank ${rowsOfPage(page)})
    SELECT page.*, alike.id AS alike_id, alike.name AS alike_name, claim.name AS claimed_by,
           COALESCE(deals.open_deals, 0) AS open_deals, deals.closes_on::text, contact.last_on::text
    FROM page
    LEFT JOIN (SELECT a.id, a.name FROM account a WHERE ${visibleAccounts(access)}) alike ON alike.id = page.resembles_id
    LEFT JOIN LATERAL (
      SELECT CASE WHEN ${isNamed(access)} THEN r.name ELSE ${anotherRep} END AS name FROM correction c
      JOIN current_rep_record r ON r.workspace_id = c.workspace_id AND r.source_record_id::text = c.value
      WHERE c.workspace_id = ${workspaceId} AND c.account_id = page.account_id AND c.field = 'owner'
        AND c.ended_at IS NULL AND (c.until IS NULL OR c.until >= CURRENT_DATE) LIMIT 1) claim ON TRUE
    LEFT JOIN LATERAL (
      SELECT COUNT(*) AS open_deals, MIN(o.close_on) AS closes_on FROM current_opportunity o ${joinAccount}
      WHERE o.workspace_id = ${workspaceId} AND m.account_id = page.account_id AND o.status = 'open') deals ON TRUE
    LEFT JOIN LATERAL (
      SELECT MAX(i.on_day) AS last_on FROM interaction i
      WHERE i.workspace_id = ${workspaceId} AND i.account_id = page.account_id AND i.taken_back_at IS NULL) contact ON TRUE
    ORDER BY page.weighted_rank`;
}

/** What others rank by would say how many there are that the viewer does not see. */
function placesAmongSeen(access: Access, { id }: Snapshot): Sql {
  return sql`SELECT p.account_id, ROW_NUMBER() OVER (ORDER BY p.weighted_rank) AS place
    FROM account_potential p JOIN account a ON a.workspace_id = p.workspace_id AND a.id = p.account_id
    WHERE p.snapshot_id = ${id} AND p.weighted_rank IS NOT NULL AND ${visibleAccounts(access)}`;
}

export const prospectRow = z.object({
  account_id: z.string(),
  account: z.string(),
  owner_id: optional(z.string()),
  owner: optional(z.string()),
  tier: z.enum(["A", "B", "C", "D"]),
  potential_minor: bigintNumber,
  low_minor: bigintNumber,
  high_minor: bigintNumber,
  probability: z.number(),
  chance_low: z.number(),
  chance_high: z.number(),
  weighted_minor: bigintNumber,
  place: z.number(),
  reasons: z.array(z.custom<PotentialReason>()),
  alike_id: optional(z.string()),
  alike_name: optional(z.string()),
  claimed_by: optional(z.string()),
  open_deals: bigintNumber,
  closes_on: optional(z.string()),
  last_on: optional(z.string()),
});

export function toProspect(row: z.output<typeof prospectRow>): ProspectRow {
  const { alike_id: alikeId, alike_name: alikeName } = row;
  return {
    ...{ accountId: row.account_id, account: row.account, owner: row.owner, ownerId: row.owner_id },
    ...{ rank: row.place, tier: row.tier, reasons: row.reasons, claimedBy: row.claimed_by },
    ...{ potentialMinor: row.potential_minor, lowMinor: row.low_minor, highMinor: row.high_minor },
    ...{ probability: row.probability, low: row.chance_low, high: row.chance_high },
    weightedMinor: row.weighted_minor,
    resembles:
      alikeId === undefined || alikeName === undefined
        ? undefined
        : { accountId: alikeId, account: alikeName },
    ...{ openDeals: row.open_deals, closesOn: row.closes_on, lastContactOn: row.last_on },
  };
}
