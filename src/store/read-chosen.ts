import { z } from "zod";
import type { Candidate, WaveName } from "../core/offers/offer.ts";
import { type Tier, tiers } from "../core/tiers.ts";
import type { Access } from "./access.ts";
import type { Selection, Snapshot } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, join, rowsOf, type Sql, sql } from "./sql.ts";
import { heldAt, inOrder } from "./standing-places.ts";
import { heldStandings } from "./standing-rows.ts";
import { selectedTotals } from "./stored-totals.ts";
import { visibleAccounts } from "./visibility.ts";

/** An account that an offer could go to, with what its standing says. */
export type Chosen = Pick<Candidate, "accountId" | "tier" | "spend" | "lastBoughtOn" | "usualPurchase">;

type PitchedTier = Exclude<Tier, "D">;
const pitchedTiers = tiers.filter((tier): tier is PitchedTier => tier !== "D");

/** The largest customers of each tier, and prospects like those of tier A; `whole` counts all that there are. */
export async function readChosen(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  selection: Selection,
  most: number,
): Promise<{ readonly chosen: readonly Chosen[]; readonly whole: Readonly<Record<WaveName, number>> }> {
  const wanted = pitchedTiers.filter((tier) => (selection.tier ?? tier) === tier);
  const [customers, counts, prospects] = await Promise.all([
    customersOf(on, access, snapshot, selection, wanted, most),
    countsOf(on, access, snapshot, selection, wanted),
    prospectsOf(on, access, snapshot, selection, most),
  ]);
  return {
    chosen: [...customers, ...prospects.map(({ account_id }) => prospect(account_id))],
    whole: {
      A: counts.get("A") ?? 0,
      B: counts.get("B") ?? 0,
      C: counts.get("C") ?? 0,
      lookalikes: prospects[0]?.whole ?? 0,
    },
  };
}

/** In the order of an index on tier and value, so that only the first of them are looked at. */
async function customersOf(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  { tier: _, ...selection }: Selection,
  wanted: readonly PitchedTier[],
  most: number,
): Promise<readonly Chosen[]> {
  if (wanted.length === 0) return [];
  const ofTier = (tier: Tier) => sql`
    (SELECT s.account_id, s.tier::text, s.value_minor, s.wins, s.last_won_on::text
     FROM account_standing s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
     WHERE s.workspace_id = ${access.workspaceId} AND s.tier = ${tier}::tier AND ${visibleAccounts(access)}
       AND ${heldAt(sql`s`, snapshot.id)} AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}
     ORDER BY ${inOrder} LIMIT ${most})`;
  const rows = await rowsOf(on, customerRow, join(wanted.map(ofTier), " UNION ALL "));
  return rows.map(({ account_id, tier, value_minor: spend, wins, last_won_on }) => ({
    accountId: account_id,
    tier,
    spend,
    lastBoughtOn: last_won_on,
    usualPurchase: wins > 0 && spend > 0 ? Math.round(spend / wins) : undefined,
  }));
}

async function countsOf(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  selection: Selection,
  wanted: readonly PitchedTier[],
): Promise<ReadonlyMap<string, number>> {
  if (snapshot.isPrepared)
    return new Map(
      await Promise.all(
        wanted.map(async (tier) => {
          const { accounts } = await selectedTotals(on, access, snapshot, { ...selection, tier });
          return [tier, accounts] as const;
        }),
      ),
    );
  const rows = await rowsOf(
    on,
    z.object({ tier: z.string(), accounts: bigintNumber }),
    sql`SELECT s.tier::text, COUNT(*) AS accounts FROM (${heldStandings(access, snapshot)}) s
        JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
        WHERE ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))} GROUP BY s.tier`,
  );
  return new Map(rows.map(({ tier, accounts }) => [tier, accounts]));
}

/** Those of the industries and regions that tier A has most come first. */
async function prospectsOf(
  on: Executor,
  access: Access,
  snapshot: Snapshot,
  { ownerIds, industry, region, columns, ...ofCustomers }: Selection,
  most: number,
) {
  // Who never bought has no tier, no purchase and no move to be selected by.
  if (Object.keys(ofCustomers).length > 0) return [];
  const selection: Selection = {
    ...(ownerIds && { ownerIds }),
    ...(industry !== undefined && { industry }),
    ...(region !== undefined && { region }),
    ...(columns && { columns }),
  };
  return rowsOf(
    on,
    z.object({ account_id: z.string(), whole: bigintNumber }),
    sql`WITH likeness AS MATERIALIZED (${likenessOf(access, snapshot)})
        SELECT a.id AS account_id, COUNT(*) OVER () AS whole FROM account a
        LEFT JOIN likeness i ON i.kind = 'industry' AND i.value = a.industry
        LEFT JOIN likeness r ON r.kind = 'region' AND r.value = a.region
        WHERE ${visibleAccounts(access)} AND (i.value IS NOT NULL OR r.value IS NOT NULL)
          AND NOT EXISTS (SELECT FROM account_standing s
            WHERE s.workspace_id = a.workspace_id AND s.account_id = a.id AND ${heldAt(sql`s`, snapshot.id)})
          AND ${allOf(conditionsOf(access, snapshot, selection, snapshot.window))}
        ORDER BY i.accounts DESC NULLS LAST, r.accounts DESC NULLS LAST, a.id LIMIT ${most}`,
  );
}

/** Industries and regions of tier A, with their accounts. */
function likenessOf(access: Access, snapshot: Snapshot): Sql {
  const { workspaceId } = access;
  if (snapshot.isPrepared)
    return sql`SELECT f.kind, f.value, f.accounts FROM standing_figure f
               WHERE f.workspace_id = ${workspaceId} AND f.snapshot_id = ${snapshot.id} AND f.tier = 'A'
                 AND f.kind IN ('industry', 'region') AND f.value <> ''`;
  const by = (kind: Sql, column: Sql) => sql`
    SELECT ${kind} AS kind, ${column} AS value, COUNT(*) AS accounts FROM (${heldStandings(access, snapshot)}) s
    JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
    WHERE s.tier = 'A' AND ${column} <> '' GROUP BY ${column}`;
  return sql`${by(sql`'industry'`, sql`a.industry`)} UNION ALL ${by(sql`'region'`, sql`a.region`)}`;
}

function prospect(accountId: string): Chosen {
  return { accountId, tier: undefined, spend: 0, lastBoughtOn: undefined, usualPurchase: undefined };
}

const customerRow = z.object({
  account_id: z.string(),
  tier: z.enum(["A", "B", "C"]),
  value_minor: bigintNumber,
  wins: z.number(),
  last_won_on: z.string(),
});
